// Rows as they are seen: a message with its author, its quote, who reacted, who has it and who replied in its thread; a line between messages
// with whom it is about. What is needed for all rows of a conversation is read once.
import { carriersOf, type Handed } from '../../core/courier/carriers.ts'
import type { ConversationId, DeviceId, EventId, IdentityId } from '../../core/ids.ts'
import { deliveryByPerson, type Acknowledged } from '../../core/outbox/delivery.ts'
import { timelineBucket } from '../../core/timeline/bucket.ts'
import { callsPerson } from '../../core/timeline/mention.ts'
import type { MessageRow, Notice, NoticeRow, PollOffer, TimelineRow } from '../../core/timeline/row.ts'
import { seenMessage } from '../../core/timeline/seen.ts'
import type { Tally } from '../../core/timeline/tally.ts'
import { threadOf } from '../../core/timeline/thread.ts'
import type {
  Delivery,
  DeliveryView,
  MessageView,
  NoticeView,
  PersonView,
  PollView,
  QuoteView,
  RepliesView,
  TimelineItem,
} from '../../ports/queries.ts'
import type { StoreReader } from '../../ports/store.ts'
import type { ConversationRecord, DraftRecord, PersonNote, ProfileRecord } from '../../ports/tables.ts'
import { privacyOf } from '../privacy.ts'
import { acknowledgedOf } from '../room.ts'
import { isHidden } from './hidden.ts'
import { notesOf, peopleOf } from './people.ts'

/** What is known of a conversation for the sake of its rows. */
export interface Context {
  readonly id: ConversationId
  readonly record: ConversationRecord
  readonly profile: ProfileRecord
  readonly person: (identity: MessageRow['author']) => PersonView
  readonly acknowledged: ReadonlyMap<DeviceId, Acknowledged>
  readonly notes: ReadonlyMap<IdentityId, PersonNote>
  readonly handed: readonly Handed[]
  readonly starred: ReadonlySet<EventId>
  readonly now: number
}

export const contextOf = async (reader: StoreReader, id: ConversationId, now: number): Promise<Context | undefined> => {
  const [profile, record, told, notes, entrusted, stars] = await Promise.all([
    reader.get('profile', ['me']),
    reader.get('conversations', [id]),
    reader.list('acknowledged', [id]),
    notesOf(reader),
    reader.list('entrusted', [id]),
    reader.list('stars', [id]),
  ])
  if (profile === undefined || record === undefined) return undefined
  // Who does not say what they have read is not told what others have.
  const isTold = privacyOf(profile).receipts
  const acknowledged = new Map(told.map(({ key, value }) => [key[1], acknowledgedOf(isTold ? value : { ...value, readHlc: 0 })]))
  const handed = entrusted.map(({ key, value }): Handed => ({ recipient: key[1], ...value }))
  const starred = new Set(stars.map(({ key }) => key[1]))
  return { id, record, profile, person: peopleOf(record, profile, notes), acknowledged, notes, handed, starred, now }
}

/** `gone`: the event is held, and its message has disappeared. */
type RowsById = ReadonlyMap<EventId, TimelineRow | 'gone' | undefined>

/** What stands elsewhere and is shown with a row: the messages that they reply to, and the threads under them. */
export interface Related {
  readonly quoted: RowsById
  readonly replies: ReadonlyMap<EventId, RepliesView>
}

/** The rows that others reply to: most are among those shown, the rest is looked up. */
export const quotedRows = async (reader: StoreReader, { id }: Context, shown: readonly TimelineRow[]): Promise<RowsById> => {
  const rows = new Map<EventId, TimelineRow | 'gone' | undefined>(shown.map((row) => [row.id, row]))
  const wanted = shown.flatMap((row) => (row.kind === 'message' && row.replyTo !== null ? [row.replyTo.id] : []))
  const absent = [...new Set(wanted)].filter((quoted) => !rows.has(quoted))
  const found = await Promise.all(absent.map((quoted) => rowAt(reader, id, quoted)))
  absent.forEach((quoted, index) => rows.set(quoted, found[index]))
  return rows
}

export const itemOf = (context: Context, related: Related, row: TimelineRow): readonly TimelineItem[] => {
  if (row.kind === 'awaited') return []
  if (context.record.as === 'group' && isHidden(context, row.author)) return []
  switch (row.kind) {
    case 'message':
      // Until its words are erased a moment may pass.
      return row.fades !== undefined && row.fades.at <= context.now ? [] : [messageView(context, related, row)]
    case 'notice':
      return [noticeView(context, row)]
  }
}

const noticeView = (context: Context, { id, wall, author, notice }: NoticeRow): NoticeView => {
  const person =
    'person' in notice ? { ...context.person(notice.person), ...(notice.kind === 'joined' ? { name: notice.name } : {}) } : undefined
  const alarm = alarmOf(context, author, notice)
  return {
    kind: 'notice',
    id,
    at: wall,
    author: context.person(author),
    notice,
    ...(person === undefined ? {} : { person }),
    ...(alarm === undefined ? {} : { alarm }),
  }
}

const alarmOf = ({ notes, person }: Context, author: IdentityId, notice: Notice): PersonView | undefined => {
  switch (notice.kind) {
    case 'forked':
      return person(author)
    case 'device-added':
    case 'device-removed':
      return notes.get(author)?.changed === true ? person(author) : undefined
    case 'joined':
      return isNamesake(notes, notice) ? person(notice.person) : undefined
    default:
      return undefined
  }
}

/** Called like somebody who was verified here, and somebody else. */
const isNamesake = (notes: Context['notes'], { person, name }: Extract<Notice, { kind: 'joined' }>): boolean =>
  [...notes].some(
    ([identity, note]) =>
      identity !== person && note.verified && [note.name, note.nickname].some((known) => known?.toLowerCase() === name.toLowerCase()),
  )

export const messageView = (context: Context, { quoted, replies }: Related, row: MessageRow): MessageView => {
  const under = replies.get(row.id)
  const { text, edited, deleted, deletedBy, reactions, pinned, poll } = seenMessage(row)
  const quote = row.replyTo === null ? undefined : quoteOf(context, row.replyTo.id, quoted.get(row.replyTo.id))
  const isMine = row.author === context.profile.identity
  return {
    kind: 'message',
    id: row.id,
    author: context.person(row.author),
    text,
    at: row.wall,
    edited,
    deleted,
    ...(deletedBy === undefined ? {} : { deletedBy: context.person(deletedBy) }),
    ...(quote === undefined ? {} : { replyTo: quote }),
    reactions: reactions.flatMap(({ emoji, by }) => {
      const seen = by.filter((identity) => !isHidden(context, identity))
      return seen.length === 0
        ? []
        : [{ emoji, by: seen.map((identity) => context.person(identity).name), mine: seen.includes(context.profile.identity) }]
    }),
    ...(isMine && !isAloneIn(context.record, context.profile.identity) ? { delivery: deliveryState(deliveryOf(context, row)) } : {}),
    late: row.late,
    ...(pinned ? { pinned } : {}),
    ...(row.fades === undefined ? {} : { fades: row.fades }),
    ...(row.poll && poll ? { poll: pollView(context, row.poll, poll) } : {}),
    ...(context.starred.has(row.id) ? { starred: true } : {}),
    ...(row.place === undefined || deleted ? {} : { place: row.place }),
    ...(row.card === undefined || deleted ? {} : { card: row.card }),
    ...(!isMine && !deleted && (row.callsEverybody || callsPerson(text, context.profile.name)) ? { callsMe: true } : {}),
    thread: threadOf(row) ?? { id: row.id, hlc: row.hlc },
    ...(under === undefined ? {} : { replies: under }),
  }
}

const pollView = (context: Context, { multiple, closesAt }: PollOffer, { votes, closed, tooLate }: Tally): PollView => {
  const isShown = (identity: IdentityId): boolean => !isHidden(context, identity)
  const seen = votes.map(({ option, by }) => ({ option, by: by.filter(isShown) }))
  return {
    multiple,
    options: seen.map(({ option, by }) => ({
      text: option,
      by: by.map((identity) => context.person(identity).name),
      mine: by.includes(context.profile.identity),
    })),
    voters: new Set(seen.flatMap(({ by }) => by)).size,
    closed,
    tooLate: tooLate.filter(isShown).length,
    ...(closesAt === undefined ? {} : { closesAt }),
  }
}

const quoteOf = (context: Context, id: EventId, row: TimelineRow | 'gone' | undefined): QuoteView => {
  if (row === 'gone') return { id, author: '', text: '', gone: true }
  if (row?.kind !== 'message' || isHidden(context, row.author)) return { id, author: '', text: '' }
  return { id, author: context.person(row.author).name, text: seenMessage(row).text.slice(0, 200) }
}

/** What a draft answers: nothing where that has gone or is hidden. */
export const draftReplyOf = async (
  reader: StoreReader,
  context: Context | undefined,
  draft: DraftRecord | undefined,
): Promise<{ readonly draftReply?: QuoteView }> => {
  if (context === undefined || draft?.replyTo === undefined) return {}
  const row = await rowAt(reader, context.id, draft.replyTo)
  return row === undefined || row === 'gone' ? {} : { draftReply: quoteOf(context, draft.replyTo, row) }
}

export const rowAt = async (reader: StoreReader, id: ConversationId, message: EventId): Promise<TimelineRow | 'gone' | undefined> => {
  const place = await reader.get('places', [id, message])
  return place && ((await reader.get('timeline', [id, timelineBucket(place.hlc), message])) ?? 'gone')
}

/** In a group in which nobody else is (yet): nothing waits there for anybody. */
export const isAloneIn = (record: ConversationRecord, me: IdentityId): boolean =>
  record.as === 'group' && record.standing === 'member' && record.people.every(({ identity }) => identity === me)

interface Reached {
  readonly identity: IdentityId
  readonly state: Delivery
  /** Who carries it to them, while they do not have it. */
  readonly carriers: readonly DeviceId[]
}

export const deliveryOf = ({ record, profile, acknowledged, handed, now }: Context, row: MessageRow): readonly Reached[] =>
  deliveryByPerson(record.people, profile.identity, acknowledged, row).map(({ identity, state }) => {
    const devices = record.people.find((person) => person.identity === identity)?.devices ?? []
    const isEntrusted = state === 'waiting' && row.device === profile.device
    const carriers = isEntrusted ? carriersOf(handed, devices, row.seq, now) : []
    return { identity, state: carriers.length > 0 ? 'carried' : state, carriers }
  })

const deliveryState = (people: readonly Reached[]): DeliveryView => {
  const have = people.filter(({ state }) => state === 'delivered' || state === 'read').length
  const carriers = new Set(people.flatMap((person) => person.carriers)).size
  const every = (...states: readonly Delivery[]) => people.length > 0 && people.every(({ state }) => states.includes(state))
  const state = every('read')
    ? 'read'
    : every('read', 'delivered')
      ? 'delivered'
      : every('read', 'delivered', 'carried')
        ? 'carried'
        : 'waiting'
  return { state, have, of: people.length, ...(carriers === 0 ? {} : { carriers }) }
}
