// Finding messages, the newest first: what is not in the index yet from the chains themselves, the rest from the index, until a page is sure.
// The index says only where a word once stood; what a message says now decides.
import { decodeEvent } from '../../core/event/codec.ts'
import { hlcPerMs } from '../../core/event/clock.ts'
import { lanes, type SignedEvent } from '../../core/event/event.ts'
import type { ConversationId, DeviceId, EventId, IdentityId } from '../../core/ids.ts'
import { compareOrder } from '../../core/log/chains.ts'
import { excerptOf } from '../../core/search/excerpt.ts'
import type { DocRef } from '../../core/search/doc-block.ts'
import { createBucketing } from '../../core/search/segment.ts'
import type { Span } from '../../core/search/spans.ts'
import { holds, isTooShort, marks, termsOf, type Term } from '../../core/search/terms.ts'
import { msPerDay } from '../../core/time.ts'
import { timelineBucket } from '../../core/timeline/bucket.ts'
import type { MessageRow } from '../../core/timeline/row.ts'
import { seenMessage } from '../../core/timeline/seen.ts'
import type { SearchHit, SearchView, SearchWish } from '../../ports/queries.ts'
import type { Entry, StoreReader } from '../../ports/store.ts'
import type { ConversationRecord, PersonNote, ProfileRecord } from '../../ports/tables.ts'
import { documentOf, eventsBeyond } from '../search/documents.ts'
import { createKnownParts, type KnownParts } from '../search/known-parts.ts'
import { newestDocuments, type Clauses, type Portion } from '../search/newest-documents.ts'
import { isHidden } from './hidden.ts'
import { conversationOf } from './marked.ts'
import { notesOf, ownerOf, peopleOf } from './people.ts'

/** Messages that are read side by side to see whether they still say it: about a page of results. */
const rowsAtOnce = 32
/** Messages that are looked at in vain at most, so that no wish takes for ever. */
const mostLooks = 4_000
/** Events that are looked through beyond the index at most: of a conversation that is just being caught up with, the index has the rest. */
const mostBeyond = 6_000

/** Milliseconds by which the clock of a conversation may be ahead of its author's, because somebody else's is. */
const aheadMs = msPerDay

/** What was found, with its place in the order. */
interface Hit {
  readonly id: EventId
  readonly hlc: number
  readonly hit: SearchHit
}

interface Context {
  readonly wish: SearchWish
  readonly terms: readonly Term[]
  readonly clauses: Clauses
  readonly within: Span
  readonly profile: ProfileRecord
  readonly notes: ReadonlyMap<IdentityId, PersonNote>
  readonly records: ReadonlyMap<ConversationId, ConversationRecord>
}

/** `known` is of searches before. */
export const readSearch = async (
  reader: StoreReader,
  wish: SearchWish,
  limit: number,
  known: KnownParts = createKnownParts(),
): Promise<SearchView> => {
  const [context, index] = await Promise.all([contextOf(reader, wish), stateOf(reader, wish)])
  if (context === undefined || (context.clauses.length === 0 && wish.after === undefined)) return { hits: [], more: false }
  const portions = newestDocuments((key) => known.read(reader, key), index.segments, index.bucketing, context.clauses, context.within)
  const seen = new Set<EventId>()
  let hits: readonly Hit[] = []
  let looks = 0
  /** As far as none of what is to come can be newer; what is left waits. Some are read side by side: a read for each would be a row of waits. */
  const look = async (refs: readonly DocRef[], rest: number): Promise<readonly DocRef[]> => {
    let waiting = refs
    for (let next = newestOf(waiting); looks < mostLooks && next >= rest && !isSure(hits, limit, next); next = newestOf(waiting)) {
      // Each message once, though its edits lead to it too.
      const fresh = waiting.slice(0, rowsAtOnce).filter(([, id]) => !seen.has(id) && seen.add(id))
      waiting = waiting.slice(rowsAtOnce)
      looks += fresh.length
      const found = await Promise.all(fresh.map((ref) => hitOf(reader, context, ref)))
      hits = [...hits, ...found.flatMap((hit) => hit ?? [])].toSorted((a, b) => compareOrder(b, a))
    }
    return waiting
  }
  const [beyond, first] = await Promise.all([beyondIndex(reader, context, index), portions.next()])
  let waiting = beyond
  for (let portion = first; ; portion = await portions.next()) {
    const { refs, rest } = portion.done === true ? nothingMore : portion.value
    waiting = await look(
      [...waiting, ...refs].toSorted((a, b) => b[2] - a[2]),
      rest,
    )
    if (portion.done === true || looks >= mostLooks || isSure(hits, limit, Math.max(rest, newestOf(waiting)))) break
  }
  return { hits: hits.slice(0, limit).map(({ hit }) => hit), more: hits.length > limit }
}

/** The clock of the first of them, newest first. */
const newestOf = ([first]: readonly DocRef[]): number => first?.[2] ?? -Infinity

const nothingMore: Portion = { refs: [], rest: -Infinity }

/** Whether one more than is wanted is there, newest first, of which none is older than all that may come. */
const isSure = (hits: readonly Hit[], limit: number, rest: number): boolean => (hits[limit]?.hlc ?? -Infinity) >= rest

const contextOf = async (reader: StoreReader, wish: SearchWish): Promise<Context | undefined> => {
  const [profile, notes, records] = await Promise.all([reader.get('profile', ['me']), notesOf(reader), reader.list('conversations', [])])
  if (profile === undefined) return undefined
  const terms = termsOf(wish.text)
  return {
    wish,
    terms,
    clauses: clausesOf(
      wish,
      terms.filter((term) => !isTooShort(term)),
    ),
    within: { oldest: (wish.after ?? -Infinity) * hlcPerMs, newest: ((wish.before ?? Infinity) + aheadMs) * hlcPerMs },
    profile,
    notes,
    records: new Map(records.map(({ key, value }) => [key[0], value])),
  }
}

const clausesOf = ({ conversation, people, hasLink }: SearchWish, terms: readonly Term[]): Clauses => {
  const mark = (word: string): Term => ({ word, open: false })
  return [
    ...terms.map((term) => [term]),
    ...(conversation === undefined ? [] : [[mark(marks.conversation(conversation))]]),
    ...(people === undefined ? [] : [people.map((person) => mark(marks.author(person)))]),
    ...(hasLink === true ? [[mark(marks.link)]] : []),
  ]
}

/** What the index has taken in, what it never will, and where it stands: read in one look with whatever else is wanted first. */
const stateOf = async (reader: StoreReader, { conversation }: SearchWish) => {
  const place = conversation === undefined ? [] : [conversation]
  const [progress, fading, key, manifest] = await Promise.all([
    reader.list('search', ['have', ...place]),
    reader.list('fading', place, { reverse: true, limit: mostBeyond }),
    reader.get('search', ['key']),
    reader.get('search', ['segments']),
  ])
  return {
    taken: new Map(progress.flatMap(({ key: [, id], value }) => (value.kind === 'have' ? [[id, value] as const] : []))),
    fading,
    bucketing: createBucketing(key?.kind === 'key' ? key.key : new Uint8Array()),
    // Nothing is found without its key.
    segments: key?.kind === 'key' && manifest?.kind === 'segments' ? manifest.segments : [],
  }
}

type IndexState = Awaited<ReturnType<typeof stateOf>>

/** What is newer than the index, and what disappears, newest first. */
const beyondIndex = async (reader: StoreReader, context: Context, { taken, fading }: IndexState): Promise<readonly DocRef[]> => {
  const { clauses, within, wish, records } = context
  const newer = [...records].map(async ([id, { contentHeads }]) => {
    const have = taken.get(id)
    const isElsewhere = wish.conversation !== undefined && wish.conversation !== id
    if (isElsewhere || (have?.heads.length === contentHeads.length && contentHeads.every((head) => have.heads.includes(head.id)))) return []
    const chains = await reader.list('chains', [id, lanes.content])
    const ends = new Map(chains.map(({ value }) => [value.device, value.seq]))
    return (await eventsBeyond(reader, id, ends, new Map(have?.have), mostBeyond)).events
  })
  const passing = [...Map.groupBy(fading, ({ key: [id] }) => id)].map(([id, entries]) => eventsAt(reader, id, entries))
  const events = (await Promise.all([...newer, ...passing])).flat()
  const found = events.flatMap((event): readonly DocRef[] => {
    // Whose a device of a former member was is decided when its message is looked at.
    const document = documentOf(event, (device) => ownerIn(records.get(event.conversation), device) ?? wish.people?.[0])
    const { hlc } = document?.message ?? event
    const isWithin = hlc >= within.oldest && hlc <= within.newest
    return document && isWithin && clauses.every((clause) => clause.some((term) => isIn(document.words, term)))
      ? [[event.conversation, document.message.id, document.message.hlc]]
      : []
  })
  return found.toSorted((a, b) => b[2] - a[2])
}

const ownerIn = (record: ConversationRecord | undefined, device: DeviceId): IdentityId | undefined =>
  record && ownerOf(record.people, device)?.identity

/** What disappears never comes into the index. */
const eventsAt = async (reader: StoreReader, id: ConversationId, fading: readonly Entry<'fading'>[]): Promise<readonly SignedEvent[]> => {
  const records = await Promise.all(fading.map(({ value: { device, seq } }) => reader.get('events', [id, lanes.content, device, seq])))
  return records.flatMap((record) => {
    const event = record && decodeEvent(record.bytes)
    return event?.ok === true ? [event.value] : []
  })
}

const isIn = (words: ReadonlySet<string>, { word, open }: Term): boolean =>
  words.has(word) || (open && [...words].some((candidate) => candidate.startsWith(word)))

const hitOf = async (reader: StoreReader, context: Context, [id, message, hlc]: DocRef): Promise<Hit | undefined> => {
  const { wish, terms, profile, notes, records } = context
  const record = records.get(id)
  if (record === undefined) return undefined
  const row = await reader.get('timeline', [id, timelineBucket(hlc), message])
  if (row?.kind !== 'message' || row.isVoid === true || isHidden(context, row.author)) return undefined
  const { text, deleted } = seenMessage(row)
  if (deleted || !fits(wish, id, row) || !holds(text, terms)) return undefined
  const hit: SearchHit = {
    ...conversationOf(id, record, profile, notes),
    message,
    author: peopleOf(record, profile, notes)(row.author),
    at: row.wall,
    parts: excerptOf(text, terms),
  }
  return { id: message, hlc: row.hlc, hit }
}

const fits = ({ conversation, people, after, before }: SearchWish, id: ConversationId, { author, wall }: MessageRow): boolean =>
  (conversation === undefined || conversation === id) &&
  (people === undefined || people.includes(author)) &&
  (after === undefined || wall >= after) &&
  (before === undefined || wall <= before)
