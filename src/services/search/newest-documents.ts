// Documents of the index that may be what somebody looks for, the newest first, in portions: a search takes as many of them as it needs.
// The newest segments are opened before the others, and of those that are open the newest blocks are read, wherever they stand: history
// that came late lies among what was said today.
import { blockSize, docIn, type DocRef } from '../../core/search/doc-block.ts'
import { inEvery } from '../../core/search/postings.ts'
import { listsOf, type Bucketing, type Segment } from '../../core/search/segment.ts'
import { meets, spanIn, type Span } from '../../core/search/spans.ts'
import type { Term } from '../../core/search/terms.ts'
import type { SearchRecord } from '../../ports/tables.ts'
import type { PartKey } from './known-parts.ts'
import { timesOf, wordsKey } from './write-segment.ts'

/** Segments whose words are read side by side: few at first, since what many say is in the newest; the rest soon, for what few say. */
const segmentsAtOnce = [3, 12] as const
/** Documents of a portion, or a block more: about a page of results. */
const portionSize = 32

/** What the index is asked: every one of these, each a choice of terms. Without any, all that was said within the span. */
export type Clauses = readonly (readonly Term[])[]

/** Gives a part of the index, as it stands in the store. */
export type ReadPart = (key: PartKey) => Promise<SearchRecord | undefined>

export interface Portion {
  /** Newest first. */
  readonly refs: readonly DocRef[]
  /** The clock that no document of a later portion is above. */
  readonly rest: number
}

/** Documents of one block that every clause names. */
interface Found extends Span {
  readonly block: number
  readonly numbers: readonly number[]
}

export async function* newestDocuments(
  read: ReadPart,
  segments: readonly Segment[],
  bucketing: Bucketing,
  clauses: Clauses,
  within: Span,
): AsyncGenerator<Portion, void> {
  const unopened = segments.filter((segment) => meets(segment, within)).toSorted(newestFirst)
  const counts: number[] = [...segmentsAtOnce]
  let found: readonly Found[] = []
  for (;;) {
    const unknown = unopened[0]?.newest ?? -Infinity
    const portion = firstOf(found, unknown)
    if (portion.length > 0) {
      found = found.slice(portion.length)
      const refs = (await docsIn(read, portion)).filter(([, , hlc]) => hlc >= within.oldest && hlc <= within.newest)
      yield { refs: refs.toSorted((a, b) => b[2] - a[2]), rest: Math.max(found[0]?.newest ?? -Infinity, unknown) }
    } else if (unopened.length > 0) {
      const opened = unopened.splice(0, counts.shift() ?? unopened.length)
      const blocks = await Promise.all(opened.map((segment) => blocksIn(read, segment, bucketing, clauses)))
      found = [...found, ...blocks.flat().filter((block) => meets(block, within))].toSorted(newestFirst)
    } else return
  }
}

const newestFirst = (a: Span, b: Span): number => b.newest - a.newest

/** Whole blocks, as many as a portion needs, of those that are surely the next. */
const firstOf = (found: readonly Found[], unknown: number): readonly Found[] => {
  let size = 0
  const end = found.findIndex(({ newest, numbers }) => {
    const isEnough = newest < unknown || size >= portionSize
    size += numbers.length
    return isEnough
  })
  return end < 0 ? found : found.slice(0, end)
}

/** The blocks of a segment in which every clause names something. */
const blocksIn = async (read: ReadPart, segment: Segment, { bucketsFor }: Bucketing, clauses: Clauses): Promise<readonly Found[]> => {
  const listsFor = async (term: Term): Promise<readonly Uint8Array[]> => {
    const records = await Promise.all(bucketsFor(term).map((bucket) => read(wordsKey(bucket, segment.id))))
    return records.flatMap((record) => (record?.kind === 'words' ? listsOf(record, term) : []))
  }
  const [times, ...choices] = await Promise.all([
    read(['times', segment.id]),
    ...clauses.map(async (clause) => (await Promise.all(clause.map(listsFor))).flat()),
  ])
  const numbers = clauses.length === 0 ? Array.from({ length: segment.count }, (_, i) => i) : inEvery(choices, segment.count)
  const spans = timesOf(segment, times)
  const blocks: Found[] = []
  for (let at = 0, next; at < numbers.length; at = next) {
    const block = Math.floor(numbers[at]! / blockSize)
    next = at + 1
    while (next < numbers.length && numbers[next]! < (block + 1) * blockSize) next += 1
    blocks.push({ block: segment.from / blockSize + block, numbers: numbers.slice(at, next), ...(spanIn(spans, block) ?? segment) })
  }
  return blocks
}

const docsIn = async (read: ReadPart, portion: readonly Found[]): Promise<readonly DocRef[]> => {
  const records = await Promise.all(portion.map(({ block }) => read(['docs', block])))
  return portion.flatMap(({ numbers }, i) => {
    const record = records[i]
    if (record?.kind !== 'docs') return []
    return numbers.flatMap((number) => {
      const doc = docIn(record, number % blockSize)
      return doc ? [doc] : []
    })
  })
}
