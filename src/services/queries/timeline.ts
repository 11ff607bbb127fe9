// What a person reads: rows in their order, with who has each own message.
import type { ConversationId, DeviceId, EventId, IdentityId } from '../../core/ids.ts'
import { hlcPerMs } from '../../core/event/clock.ts'
import { carriersOf, type Handed } from '../../core/courier/carriers.ts'
import { deliveryByPerson, type Acknowledged } from '../../core/outbox/delivery.ts'
import type { MessageRow, Notice, NoticeRow, TimelineRow } from '../../core/timeline/row.ts'
import { seenMessage, versionsOf, type SeenMessage } from '../../core/timeline/seen.ts'
import { timelineBucket } from '../../core/timeline/bucket.ts'
import type {
  Delivery,
  DeliveryView,
  MessageDetailsView,
  MessageView,
  NoticeView,
  PersonView,
  PollView,
  QuoteView,
  TimelineItem,
  TimelineView,
} from '../../ports/queries.ts'
import type { Entry, StoreReader } from '../../ports/store.ts'
import type { ConversationRecord, JoinRecord, LiveRecord, PersonNote, ProfileRecord } from '../../ports/tables.ts'
import { acknowledgedOf } from '../room.ts'
import { privacyOf } from '../privacy.ts'
import { isHidden } from './hidden.ts'
import { createKnownClocks, inOrder, newestRows, type KnownClocks } from './newest.ts'
import { notesOf, peopleOf } from './people.ts'

interface Context {
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

/** The newest `limit` items, or about as many around a message or a moment; `now` in milliseconds since 1970, `known` of reads before. */
export const readTimeline = async (
  reader: StoreReader,
  id: ConversationId,
  limit: number,
  now: number,
  around?: EventId | number,
  known: KnownClocks = createKnownClocks(),
): Promise<TimelineView> => {
  // Side by side, because this runs anew after every commit, and somebody looks at the screen.
  const [context, span, unsent, join, live, later] = await Promise.all([
    contextOf(reader, id, now),
    around === undefined ? newestSpan(reader, id, limit, known) : spanAround(reader, id, limit, known, around),
    reader.list('unsent', [id]),
    reader.get('joins', [id]),
    reader.get('live', ['consistency', id]),
    reader.list('later', [id]),
  ])
  if (context === undefined) return { items: [], more: false, newer: false }
  const { rows, more, newer } = span
  const quoted = await quotedRows(reader, context, rows)
  const items = rows.flatMap((row) => itemOf(context, quoted, row))
  return {
    items: newer ? items : [...items, ...gapItems(context, live), ...unsentItems(context, unsent, join), ...laterItems(context, later)],
    more,
    newer,
  }
}

export const readMessageDetails = async (
  reader: StoreReader,
  id: ConversationId,
  message: EventId,
  now: number,
): Promise<MessageDetailsView | undefined> => {
  const [context, row] = await Promise.all([contextOf(reader, id, now), rowAt(reader, id, message)])
  if (context === undefined || row === 'gone' || row?.kind !== 'message') return undefined
  const people = row.author === context.profile.identity ? deliveryOf(context, row) : []
  return {
    message: messageView(context, await quotedRows(reader, context, [row]), row),
    versions: versionsOf(row)
      .slice(0, -1)
      .map(({ text, hlc }) => ({ text, at: Math.floor(hlc / hlcPerMs) })),
    people: people.map(({ identity, state, carriers }) => ({
      person: context.person(identity),
      state,
      ...(carriers.length === 0 ? {} : { carriers: carriers.length }),
    })),
  }
}

const contextOf = async (reader: StoreReader, id: ConversationId, now: number): Promise<Context | undefined> => {
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
  return { id, record, profile, person: peopleOf(record, profile), acknowledged, notes, handed, starred, now }
}

/** Rows in their order, and whether there are others before and behind. */
interface Span {
  readonly rows: readonly TimelineRow[]
  readonly more: boolean
  readonly newer: boolean
}

const newestSpan = async (reader: StoreReader, id: ConversationId, limit: number, known: KnownClocks): Promise<Span> => {
  const rows = await newestRows(reader, id, limit, known)
  return { rows: rows.slice(-limit), more: rows.length > limit, newer: false }
}

/** Half of them before the end of the quarter of an hour that is asked for, half behind. */
const spanAround = async (
  reader: StoreReader,
  id: ConversationId,
  limit: number,
  known: KnownClocks,
  around: EventId | number,
): Promise<Span> => {
  const hlc = typeof around === 'number' ? around * hlcPerMs : (await reader.get('places', [id, around]))?.hlc
  if (hlc === undefined) return newestSpan(reader, id, limit, known)
  const edge = [id, timelineBucket(hlc) + 1] as const
  const half = Math.ceil(limit / 2)
  const [older, newer] = await Promise.all([rowsFrom(reader, id, edge, half, true), rowsFrom(reader, id, edge, half, false)])
  return { rows: inOrder([...older.entries, ...newer.entries]), more: older.more, newer: newer.more }
}

/** At least `count` rows from a place on if there are so many, whole buckets of them, since only rows know their exact order. */
const rowsFrom = async (
  reader: StoreReader,
  id: ConversationId,
  after: readonly [ConversationId, number],
  count: number,
  reverse: boolean,
) => {
  const found = await reader.list('timeline', [id], { reverse, limit: count, after })
  const last = found.length < count ? undefined : found.at(-1)
  if (last === undefined) return { entries: found, more: false }
  const bucket = last.key[1]
  const [rest, [beyond]] = await Promise.all([
    reader.list('timeline', [id, bucket], { reverse, after: last.key }),
    reader.list('timeline', [id], { reverse, limit: 1, after: [id, reverse ? bucket : bucket + 1] }),
  ])
  return { entries: [...found, ...rest], more: beyond !== undefined }
}

/** `gone`: the event is held, and its message has disappeared. */
type RowsById = ReadonlyMap<EventId, TimelineRow | 'gone' | undefined>

/** The rows that others reply to: most are among those shown, the rest is looked up. */
const quotedRows = async (reader: StoreReader, { id }: Context, shown: readonly TimelineRow[]): Promise<RowsById> => {
  const rows = new Map<EventId, TimelineRow | 'gone' | undefined>(shown.map((row) => [row.id, row]))
  const wanted = shown.flatMap((row) => (row.kind === 'message' && row.replyTo !== null ? [row.replyTo.id] : []))
  const absent = [...new Set(wanted)].filter((quoted) => !rows.has(quoted))
  const found = await Promise.all(absent.map((quoted) => rowAt(reader, id, quoted)))
  absent.forEach((quoted, index) => rows.set(quoted, found[index]))
  return rows
}

const itemOf = (context: Context, quoted: RowsById, row: TimelineRow): readonly TimelineItem[] => {
  if (row.kind === 'awaited') return []
  if (context.record.as === 'group' && isHidden(context, row.author)) return []
  switch (row.kind) {
    case 'message':
      // Until its words are erased a moment may pass.
      return row.fades !== undefined && row.fades.at <= context.now ? [] : [messageView(context, quoted, row)]
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
  [...notes].some(([identity, note]) => identity !== person && note.verified && note.name.toLowerCase() === name.toLowerCase())

const messageView = (context: Context, quoted: RowsById, row: MessageRow): MessageView => {
  const { text, edited, deleted, reactions, pinned, votes } = seenMessage(row)
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
    ...(quote === undefined ? {} : { replyTo: quote }),
    reactions: reactions.flatMap(({ emoji, by }) => {
      const seen = by.filter((identity) => !isHidden(context, identity))
      return seen.length === 0
        ? []
        : [{ emoji, by: seen.map((identity) => context.person(identity).name), mine: seen.includes(context.profile.identity) }]
    }),
    ...(isMine ? { delivery: deliveryState(deliveryOf(context, row)) } : {}),
    late: row.late,
    ...(pinned ? { pinned } : {}),
    ...(row.fades === undefined ? {} : { fades: row.fades }),
    ...(row.poll && votes ? { poll: pollView(context, row.poll.multiple, votes) } : {}),
    ...(context.starred.has(row.id) ? { starred: true } : {}),
  }
}

const pollView = (context: Context, multiple: boolean, votes: NonNullable<SeenMessage['votes']>): PollView => {
  const seen = votes.map(({ option, by }) => ({ option, by: by.filter((identity) => !isHidden(context, identity)) }))
  return {
    multiple,
    options: seen.map(({ option, by }) => ({
      text: option,
      by: by.map((identity) => context.person(identity).name),
      mine: by.includes(context.profile.identity),
    })),
    voters: new Set(seen.flatMap(({ by }) => by)).size,
  }
}

const quoteOf = (context: Context, id: EventId, row: TimelineRow | 'gone' | undefined): QuoteView => {
  if (row === 'gone') return { id, author: '', text: '', gone: true }
  if (row?.kind !== 'message' || isHidden(context, row.author)) return { id, author: '', text: '' }
  return { id, author: context.person(row.author).name, text: seenMessage(row).text.slice(0, 200) }
}

const rowAt = async (reader: StoreReader, id: ConversationId, message: EventId): Promise<TimelineRow | 'gone' | undefined> => {
  const place = await reader.get('places', [id, message])
  return place && ((await reader.get('timeline', [id, timelineBucket(place.hlc), message])) ?? 'gone')
}

interface Reached {
  readonly identity: IdentityId
  readonly state: Delivery
  /** Who carries it to them, while they do not have it. */
  readonly carriers: readonly DeviceId[]
}

const deliveryOf = ({ record, profile, acknowledged, handed, now }: Context, row: MessageRow): readonly Reached[] =>
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

/** Where messages are missing: a line each, which goes when they have come. */
const gapItems = (context: Context, live: LiveRecord | undefined): readonly TimelineItem[] => {
  const missing = live?.kind === 'consistency' ? (live.missing ?? []) : []
  return missing.flatMap(({ author, count }) =>
    isHidden(context, author)
      ? []
      : [
          {
            kind: 'notice',
            id: `missing-${author}` as EventId,
            at: context.record.at,
            author: context.person(author),
            notice: { kind: 'missing', count },
          },
        ],
  )
}

/** What waits on this device to be said. */
const laterItems = (context: Context, rows: readonly Entry<'later'>[]): readonly MessageView[] =>
  rows.map(({ key: [, n], value: { text, at, when } }) => ({
    kind: 'message',
    id: `later-${n}` as EventId,
    author: context.person(context.profile.identity),
    text,
    at,
    edited: false,
    deleted: false,
    reactions: [],
    late: false,
    later: { n, when },
  }))

/** What was typed before anybody let us in, and why nobody did. */
const unsentItems = (context: Context, typed: readonly Entry<'unsent'>[], join: JoinRecord | undefined): readonly TimelineItem[] => {
  const me = context.person(context.profile.identity)
  const unsent = typed.map(({ key, value }): MessageView => ({
    kind: 'message',
    id: `unsent-${key[1]}` as EventId,
    author: me,
    text: value.text,
    at: value.at,
    edited: false,
    deleted: false,
    reactions: [],
    delivery: { state: 'waiting', have: 0, of: 0 },
    late: false,
  }))
  if (join?.refused === undefined) return unsent
  return [
    ...unsent,
    {
      kind: 'notice',
      id: 'refused' as EventId,
      at: context.record.at,
      author: me,
      // That it ran out is certain by the own clock alone; anything else is somebody's word.
      notice: { kind: 'refused', reason: join.expiresAt < context.now ? 'ran-out' : join.refused },
    },
  ]
}
