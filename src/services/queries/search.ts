// Finding messages: what is not in the index yet from the chains themselves, the rest from the index, segment by segment, newest first.
// The index says only where a word once stood; what a message says now decides.
import { decodeEvent } from '../../core/event/codec.ts'
import { lanes, type SignedEvent } from '../../core/event/event.ts'
import type { ConversationId, EventId, IdentityId } from '../../core/ids.ts'
import { excerptOf } from '../../core/search/excerpt.ts'
import { intersect, union } from '../../core/search/postings.ts'
import { createBucketing, numbersOf, type Segment } from '../../core/search/segment.ts'
import { holds, isTooShort, marks, monthMs, termsOf, type Term } from '../../core/search/terms.ts'
import { timelineBucket } from '../../core/timeline/bucket.ts'
import type { MessageRow } from '../../core/timeline/row.ts'
import { seenMessage } from '../../core/timeline/seen.ts'
import type { SearchHit, SearchView, SearchWish } from '../../ports/queries.ts'
import type { StoreReader } from '../../ports/store.ts'
import type { ConversationRecord, PersonNote, ProfileRecord } from '../../ports/tables.ts'
import { documentOf, eventsBeyond, readHave, type DocRef } from '../search/documents.ts'
import { blockSize } from '../search/write-segment.ts'
import { isHidden } from './hidden.ts'
import { conversationOf } from './marked.ts'
import { notesOf, peopleOf } from './people.ts'

/** Segments whose words are read side by side. */
const segmentsAtOnce = 8
/** Messages that are read side by side to see whether they still say it. */
const rowsAtOnce = 64
/** Messages that are looked at in vain at most, so that no wish takes for ever. */
const mostLooks = 4_000
/** Events that are looked through beyond the index at most: of a conversation that is just being caught up with, the index has the rest. */
const mostBeyond = 6_000

/** What the index is asked: every one of these, each a choice of terms. */
type Clauses = readonly (readonly Term[])[]

interface Context {
  readonly wish: SearchWish
  readonly terms: readonly Term[]
  readonly clauses: Clauses
  readonly profile: ProfileRecord
  readonly notes: ReadonlyMap<IdentityId, PersonNote>
  readonly records: ReadonlyMap<ConversationId, ConversationRecord>
}

export const readSearch = async (reader: StoreReader, wish: SearchWish, limit: number): Promise<SearchView> => {
  const context = await contextOf(reader, wish)
  if (context === undefined || context.clauses.length === 0) return { hits: [], more: false }
  const seen = new Set<EventId>()
  const hits: SearchHit[] = []
  let looks = 0
  const look = async (refs: readonly DocRef[]): Promise<void> => {
    for (let at = 0; at < refs.length && hits.length <= limit && looks < mostLooks; at += rowsAtOnce) {
      // Each message once, though its edits lead to it too.
      const fresh = refs.slice(at, at + rowsAtOnce).filter(([, id]) => !seen.has(id) && seen.add(id))
      looks += fresh.length
      const found = await Promise.all(fresh.map((ref) => hitOf(reader, context, ref)))
      hits.push(...found.flatMap((hit) => hit ?? []))
    }
  }
  await look(await beyondIndex(reader, context))
  await inIndex(reader, context, look, () => hits.length <= limit && looks < mostLooks)
  const shown = hits.toSorted((a, b) => b.at - a.at).slice(0, limit)
  return { hits: shown, more: hits.length > limit }
}

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
    profile,
    notes,
    records: new Map(records.map(({ key, value }) => [key[0], value])),
  }
}

const clausesOf = ({ conversation, person, after, before, hasLink }: SearchWish, terms: readonly Term[]): Clauses => {
  const mark = (word: string): Term => ({ word, open: false })
  return [
    ...terms.map((term) => [term]),
    ...(conversation === undefined ? [] : [[mark(marks.conversation(conversation))]]),
    ...(person === undefined ? [] : [[mark(marks.author(person))]]),
    ...(hasLink === true ? [[mark(marks.link)]] : []),
    ...(after === undefined || before === undefined ? [] : [monthsBetween(after, before).map(mark)]),
  ]
}

/** At most ten years: who asks for more is answered by looking at the messages themselves. */
const monthsBetween = (after: number, before: number): readonly string[] => {
  const count = Math.floor(before / monthMs) - Math.floor(after / monthMs) + 1
  return Array.from({ length: Math.min(Math.max(count, 0), 122) }, (_, i) => marks.month((Math.floor(after / monthMs) + i) * monthMs))
}

/** What is newer than the index, and what disappears, newest first. */
const beyondIndex = async (reader: StoreReader, { clauses, wish, records }: Context): Promise<readonly DocRef[]> => {
  const found: DocRef[] = []
  const places = wish.conversation === undefined ? [...records.keys()] : [wish.conversation]
  const heads = await Promise.all(places.map((id) => reader.list('chains', [id, lanes.content])))
  const have = await Promise.all(places.map((id) => readHave(reader, id)))
  for (const [i, id] of places.entries()) {
    const ends = new Map(heads[i]?.map(({ value }) => [value.device, value.seq]))
    const owners = new Map(records.get(id)?.people.flatMap(({ identity, devices }) => devices.map((device) => [device, identity] as const)))
    const { events } = await eventsBeyond(reader, id, ends, have[i] ?? new Map(), mostBeyond)
    for (const event of [...events, ...(await fadingEvents(reader, id))]) {
      // Whose a device of a former member was is decided when its message is looked at.
      const document = documentOf(event, (device) => owners.get(device) ?? wish.person)
      if (document && clauses.every((clause) => clause.some((term) => isIn(document.words, term))))
        found.push([id, document.message.id, document.message.hlc])
    }
  }
  return found.toSorted((a, b) => b[2] - a[2])
}

/** What disappears never comes into the index. */
const fadingEvents = async (reader: StoreReader, id: ConversationId): Promise<readonly SignedEvent[]> => {
  const fading = await reader.list('fading', [id], { reverse: true, limit: mostBeyond })
  const records = await Promise.all(fading.map(({ value: { device, seq } }) => reader.get('events', [id, lanes.content, device, seq])))
  return records.flatMap((record) => {
    const event = record && decodeEvent(record.bytes)
    return event?.ok === true ? [event.value] : []
  })
}

const isIn = (words: ReadonlySet<string>, { word, open }: Term): boolean =>
  words.has(word) || (open && [...words].some((candidate) => candidate.startsWith(word)))

const inIndex = async (
  reader: StoreReader,
  { clauses }: Context,
  look: (refs: readonly DocRef[]) => Promise<void>,
  wantsMore: () => boolean,
): Promise<void> => {
  const [key, manifest] = await Promise.all([reader.get('search', ['key']), reader.get('search', ['segments'])])
  if (key?.kind !== 'key' || manifest?.kind !== 'segments') return
  const bucketOf = createBucketing(key.key)
  const newestFirst = manifest.segments.toReversed()
  for (let at = 0; at < newestFirst.length && wantsMore(); at += segmentsAtOnce) {
    const batch = newestFirst.slice(at, at + segmentsAtOnce)
    const numbers = await Promise.all(batch.map((segment) => numbersIn(reader, segment, clauses, bucketOf)))
    for (const [i, segment] of batch.entries()) {
      const newest = (numbers[i] ?? []).toReversed()
      for (let n = 0; n < newest.length && wantsMore(); n += rowsAtOnce)
        await look(
          await docsAt(
            reader,
            newest.slice(n, n + rowsAtOnce).map((number) => segment.from + number),
          ),
        )
    }
  }
}

/** Documents of a segment that every clause names, ascending. */
const numbersIn = async (
  reader: StoreReader,
  { id }: Segment,
  clauses: Clauses,
  bucketOf: (word: string) => number,
): Promise<readonly number[]> => {
  const lists = await Promise.all(
    clauses.map(async (clause) => {
      const found = await Promise.all(
        clause.map(async (term) => {
          const record = await reader.get('search', ['words', bucketOf(term.word), id])
          return record?.kind === 'words' ? numbersOf(record, term) : []
        }),
      )
      return union(found.flat())
    }),
  )
  return intersect(lists)
}

const docsAt = async (reader: StoreReader, numbers: readonly number[]): Promise<readonly DocRef[]> => {
  const blocks = [...new Set(numbers.map((number) => Math.floor(number / blockSize)))]
  const found = await Promise.all(blocks.map((block) => reader.get('search', ['docs', block])))
  return numbers.flatMap((number) => {
    const block = found[blocks.indexOf(Math.floor(number / blockSize))]
    const doc = block?.kind === 'docs' ? block.docs[number % blockSize] : undefined
    return doc ? [doc] : []
  })
}

const hitOf = async (reader: StoreReader, context: Context, [id, message, hlc]: DocRef): Promise<SearchHit | undefined> => {
  const { wish, terms, profile, notes, records } = context
  const record = records.get(id)
  if (record === undefined) return undefined
  const row = await reader.get('timeline', [id, timelineBucket(hlc), message])
  if (row?.kind !== 'message' || row.isVoid === true || isHidden(context, row.author)) return undefined
  const { text, deleted } = seenMessage(row)
  if (deleted || !fits(wish, id, row) || !holds(text, terms)) return undefined
  return {
    ...conversationOf(id, record, profile, notes),
    message,
    author: peopleOf(record, profile, notes)(row.author),
    at: row.wall,
    parts: excerptOf(text, terms),
  }
}

const fits = ({ conversation, person, after, before }: SearchWish, id: ConversationId, { author, wall }: MessageRow): boolean =>
  (conversation === undefined || conversation === id) &&
  (person === undefined || person === author) &&
  (after === undefined || wall >= after) &&
  (before === undefined || wall <= before)
