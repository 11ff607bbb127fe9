// One event into the row that it concerns. Stepwise or at once, in any order, the rows come out the same.
import type { DeviceId, IdentityId } from '../ids.ts'
import type { EventRef, SignedEvent, VerifiedEvent } from '../event/event.ts'
import { nameContact } from '../contact/contact-name.ts'
import { decodeContactLink } from '../invite/link.ts'
import { compareOrder } from '../log/chains.ts'
import type { DeviceCard } from '../members/card.ts'
import { digitsOf } from './place.ts'
import { nothingSaid, type About, type Notice, type Remark, type TimelineRow, type Vote } from './row.ts'

/** The row that an event changes: its own, or that of the message it speaks of. `undefined` when nobody sees it. */
export const rowOf = (event: SignedEvent): EventRef | undefined => {
  switch (event.body.kind) {
    case 'edit':
    case 'delete':
    case 'reaction':
    case 'pin':
    case 'vote':
    case 'close':
      return event.body.target
    case 'epoch':
    case 'invite':
    // Who asks is for those who decide, and stands beside the messages.
    case 'apply':
    case 'dismiss':
      return undefined
    case 'gone':
      // An edit whose words are gone changes nothing.
      return event.body.target === null ? { id: event.id, hlc: event.hlc } : undefined
    case 'picture':
      return event.body.of === 'self' ? undefined : { id: event.id, hlc: event.hlc }
    case 'device':
      return isOwnCard(event.device, event.body.device) ? undefined : { id: event.id, hlc: event.hlc }
    default:
      return { id: event.id, hlc: event.hlc }
  }
}

/** A device that announces new keys of its own, as all do every week, is no other device. */
const isOwnCard = (author: DeviceId, { device }: DeviceCard): boolean => device === author

/**
 * The row after the event; `late` says that later ones had been shown before it came, `isVoid` that it does not count, `fadesAt` when it
 * disappears from this device (milliseconds since 1970).
 */
export const foldRow = (
  row: TimelineRow | undefined,
  event: VerifiedEvent,
  author: IdentityId,
  late: boolean,
  isVoid = false,
  fadesAt?: number,
): TimelineRow | undefined => {
  const folded = fading(fold(row, event, author, late), event, fadesAt)
  return folded !== undefined && isVoid ? markVoid(folded, event, true) : folded
}

const fading = (row: TimelineRow | undefined, event: VerifiedEvent, at: number | undefined): TimelineRow | undefined =>
  row?.kind === 'message' && row.id === event.id && event.fading !== undefined && at !== undefined
    ? { ...row, fades: { lifetime: event.fading.lifetime, at } }
    : row

const fold = (row: TimelineRow | undefined, event: VerifiedEvent, author: IdentityId, late: boolean): TimelineRow | undefined => {
  const target = rowOf(event)
  if (target === undefined) return row
  const about = row !== undefined && row.kind !== 'notice' ? row.about : nothingSaid
  const place: EventRef = { id: event.id, hlc: event.hlc }
  const { body } = event
  switch (body.kind) {
    case 'text': {
      const thread = body.thread === undefined ? {} : { thread: body.thread }
      return { ...said(event, author, late), text: body.text, replyTo: body.replyTo, ...thread, about }
    }
    case 'poll': {
      const { options, multiple, closesAt } = body
      const poll = { options, multiple, ...(closesAt === undefined ? {} : { closesAt }) }
      return { ...said(event, author, late), text: body.question, poll, about }
    }
    case 'place': {
      const { latitude, longitude, accuracy } = body
      return { ...said(event, author, late), text: `📍 ${digitsOf(body)}`, place: { latitude, longitude, accuracy }, about }
    }
    case 'card': {
      const link = decodeContactLink(body.link)
      // Nobody gives away the card of somebody else: it would be their word for where they live.
      const isOwn = link !== undefined && link.contact === nameContact(author)
      return { ...said(event, author, late), text: `👤 ${link?.name ?? ''}`, ...(isOwn ? { card: body.link } : {}), about }
    }
    case 'gone':
      // A message that has disappeared has no row, nor anything that was said about it.
      return undefined
    case 'vote':
      return withAbout(row, target, {
        ...about,
        votes: lastVotes(insert(about.votes ?? [], { ...place, by: author, choices: body.choices, wall: event.wall })),
      })
    case 'close':
      return withAbout(row, target, { ...about, closings: insert(about.closings ?? [], { ...place, by: author, votes: body.votes }) })
    case 'edit':
      return withAbout(row, target, { ...about, edits: insert(about.edits, { ...place, by: author, text: body.text }) })
    case 'delete':
      return withAbout(row, target, { ...about, deletions: insert(about.deletions, { ...place, by: author }) })
    case 'reaction':
      return withAbout(row, target, {
        ...about,
        reactions: lastWords(about.reactions, { ...place, by: author, emoji: body.emoji, on: body.on }, (a, b) => a.emoji === b.emoji),
      })
    case 'pin':
      return withAbout(row, target, { ...about, pins: lastWords(about.pins ?? [], { ...place, by: author, on: body.on }) })
    default: {
      const notice = noticeOf(event)
      return notice && { kind: 'notice', ...place, wall: event.wall, author, notice }
    }
  }
}

/** What all messages have. */
const said = ({ id, hlc, device, seq, wall }: VerifiedEvent, author: IdentityId, late: boolean) =>
  ({ kind: 'message', id, hlc, author, device, seq, wall, replyTo: null, late }) as const

const withAbout = (row: TimelineRow | undefined, target: EventRef, about: About): TimelineRow => {
  if (row === undefined) return { kind: 'awaited', ...target, about }
  return row.kind === 'notice' ? row : { ...row, about }
}

/** The row without an edit whose words are gone. */
export const withoutEdit = (row: TimelineRow, edit: EventRef['id']): TimelineRow =>
  row.kind === 'message' || row.kind === 'awaited'
    ? { ...row, about: { ...row.about, edits: row.about.edits.filter(({ id }) => id !== edit) } }
    : row

const insert = <T extends EventRef>(list: readonly T[], item: T): readonly T[] =>
  list.some((other) => other.id === item.id) ? list : [...list, item].toSorted(compareOrder)

/** Of each person the last word on the same counts. */
const lastWords = <T extends Remark>(list: readonly T[], item: T, isSame: (a: T, b: T) => boolean = () => true): readonly T[] => {
  const same = (other: T) => other.by === item.by && isSame(other, item)
  const known = list.find(same)
  if (known !== undefined && compareOrder(known, item) >= 0) return list
  return [...list.filter((other) => !same(other)), item].toSorted(compareOrder)
}

/** Votes of one person that are kept: whoever changes their mind more often cannot fill rows with it. */
const maxVotes = 16

const lastVotes = (votes: readonly Vote[]): readonly Vote[] => {
  if (votes.length <= maxVotes) return votes
  const byPerson = Map.groupBy(votes, ({ by }) => by)
  const kept = new Set([...byPerson.values()].flatMap((own) => own.slice(-maxVotes)))
  return votes.filter((vote) => kept.has(vote))
}

const noticeOf = (event: VerifiedEvent): Notice | undefined => {
  const { body } = event
  switch (body.kind) {
    case 'create':
      return { kind: 'created', name: body.name }
    case 'add':
      return { kind: 'joined', person: body.person.identity, name: body.person.name }
    case 'remove':
      return { kind: 'removed', person: body.identity }
    case 'role':
      return { kind: 'role', person: body.identity, role: body.role }
    case 'policy':
      return { kind: 'policy', policy: body.policy }
    case 'leave':
      return { kind: 'left' }
    case 'name':
      return { kind: 'named', name: body.name }
    case 'timer':
      return { kind: 'timer', seconds: body.seconds }
    case 'slow':
      return { kind: 'slow', seconds: body.seconds }
    case 'approval':
      return { kind: 'approval', on: body.on }
    case 'withdraw':
      return { kind: 'withdrawn' }
    case 'profile':
      return { kind: 'renamed', name: body.name }
    case 'picture':
      return { kind: 'pictured' }
    case 'device':
      return { kind: 'device-added' }
    case 'revoke':
      return { kind: 'device-removed' }
    case 'unknown':
      return { kind: 'newer-version' }
    default:
      return undefined
  }
}

/** The row with a remark, or the row itself, counting or not. */
export const markVoid = (row: TimelineRow, event: EventRef, isVoid: boolean): TimelineRow => {
  if (row.id === event.id) return row.kind === 'awaited' ? row : mark(row, isVoid)
  if (row.kind === 'notice') return row
  const marked = <T extends Remark>(remarks: readonly T[]) =>
    remarks.map((remark) => (remark.id === event.id ? mark(remark, isVoid) : remark))
  const { edits, deletions, reactions, pins, votes, closings } = row.about
  return {
    ...row,
    about: {
      edits: marked(edits),
      deletions: marked(deletions),
      reactions: marked(reactions),
      ...(pins === undefined ? {} : { pins: marked(pins) }),
      ...(votes === undefined ? {} : { votes: marked(votes) }),
      ...(closings === undefined ? {} : { closings: marked(closings) }),
    },
  }
}

/** The row with a deletion that counts whoever wrote the message. */
export const markForAll = (row: TimelineRow, deletion: EventRef['id']): TimelineRow =>
  row.kind === 'notice'
    ? row
    : {
        ...row,
        about: {
          ...row.about,
          deletions: row.about.deletions.map((other) => (other.id === deletion ? { ...other, forAll: true } : other)),
        },
      }

const mark = <T extends { readonly isVoid?: true }>(item: T, isVoid: boolean): T => {
  const { isVoid: _, ...rest } = item
  return (isVoid ? { ...rest, isVoid: true } : rest) as T
}
