// What a person reads: rows in their order, with who has each own message; the newest, or those around a place.
import { hlcPerMs } from '../../core/event/clock.ts'
import type { ConversationId, EventId } from '../../core/ids.ts'
import { timelineBucket } from '../../core/timeline/bucket.ts'
import type { TimelineRow } from '../../core/timeline/row.ts'
import type { MessageView, TimelineItem, TimelineView } from '../../ports/queries.ts'
import type { Entry, StoreReader } from '../../ports/store.ts'
import type { JoinRecord, LiveRecord } from '../../ports/tables.ts'
import { unsentId } from '../unsent.ts'
import { isHidden } from './hidden.ts'
import { laterItems } from './later.ts'
import { createKnownClocks, inOrder, newestRows, type KnownClocks } from './newest.ts'
import { contextOf, itemOf, quotedRows, type Context } from './row-views.ts'
import { repliesUnder } from './thread.ts'

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
  const [quoted, replies] = await Promise.all([quotedRows(reader, context, rows), repliesUnder(reader, context, rows)])
  const items = rows.flatMap((row) => itemOf(context, { quoted, replies }, row))
  return {
    items: newer ? items : [...items, ...gapItems(context, live), ...unsentItems(context, unsent, join), ...laterItems(context, later)],
    more,
    newer,
  }
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

/** What was typed before anybody let us in, and why nobody did. */
const unsentItems = (context: Context, typed: readonly Entry<'unsent'>[], join: JoinRecord | undefined): readonly TimelineItem[] => {
  const me = context.person(context.profile.identity)
  const unsent = typed.map(({ key, value }): MessageView => ({
    kind: 'message',
    id: unsentId(key[1]),
    author: me,
    text: value.text,
    at: value.at,
    edited: false,
    deleted: false,
    reactions: [],
    delivery: { state: 'waiting', have: 0, of: 0 },
    late: false,
  }))
  if (join?.refused === undefined || join.isOff === true) return unsent
  return [
    ...unsent,
    {
      kind: 'notice',
      id: 'refused' as EventId,
      at: context.record.at,
      author: me,
      // That it ran out is certain by the own clock alone; anything else is somebody's word.
      notice: { kind: 'refused', reason: join.expiresAt < context.now && join.refused !== 'approval' ? 'ran-out' : join.refused },
    },
  ]
}
