// Writing the index: documents into a new segment, and neighbours of a size into a larger one.
import {
  bucketsOf,
  bucketsOnShelf,
  dueForMerge,
  mergeBuckets,
  shelfCount,
  type Bucket,
  type Bucketing,
  type Segment,
} from '../../core/search/segment.ts'
import type { StoreDep } from '../../ports/store.ts'
import type { Store, Write } from '../../ports/store.ts'
import type { SearchRecord } from '../../ports/tables.ts'
import { concatBytes } from '../../core/codec/bytes.ts'
import { blockSize, packBlock, type DocRef } from '../../core/search/doc-block.ts'
import { packSpans, spanAround } from '../../core/search/spans.ts'
import type { Document } from './documents.ts'

/** Documents of the largest segment: beyond, larger ones save little and take long to make. */
const largestSegment = 300_000
/** Bytes of merged words after which others have their turn: some milliseconds of work. */
const mergedAtOnce = 64 * 1024
/** Records removed in one commit. */
const removedAtOnce = 1_000

type WordsKey = readonly ['words', shelf: number, page: number, segment: number]
type TimesKey = readonly ['times', segment: number]

const isWordsKey = (key: readonly unknown[]): key is WordsKey => key[0] === 'words'
const isTimesKey = (key: readonly unknown[]): key is TimesKey => key[0] === 'times'

/** Where the words of a bucket stand in a segment. */
export const wordsKey = (bucket: number, segment: number): WordsKey => [
  'words',
  Math.floor(bucket / bucketsOnShelf),
  bucket % bucketsOnShelf,
  segment,
]

interface Manifest {
  readonly segments: readonly Segment[]
  /** The number of the next segment. */
  readonly next: number
}

export const readManifest = async (store: Pick<Store, 'read'>): Promise<Manifest> => {
  const record = await store.read((reader) => reader.get('search', ['segments']), ['search'])
  return record?.kind === 'segments' ? record : { segments: [], next: 0 }
}

const manifestWrite = ({ segments, next }: Manifest): Write => ({
  kind: 'put',
  table: 'search',
  key: ['segments'],
  value: { kind: 'segments', segments, next },
})

/** `packSpans` of a segment's blocks; of one whose record is damaged, none stands elsewhere than all of it. */
export const timesOf = ({ count, oldest, newest }: Segment, record: SearchRecord | undefined): Uint8Array =>
  record?.kind === 'times' ? record.spans : packSpans(Array.from({ length: Math.ceil(count / blockSize) }, () => ({ oldest, newest })))

const timesWrite = (segment: number, spans: Uint8Array): Write => ({
  kind: 'put',
  table: 'search',
  key: ['times', segment],
  value: { kind: 'times', spans },
})

/** Adds documents behind those that are there; `along` is committed with them. */
export const addSegment = async (
  { store }: StoreDep,
  { bucketOf }: Pick<Bucketing, 'bucketOf'>,
  documents: readonly Document[],
  along: readonly Write[],
): Promise<void> => {
  if (documents.length === 0) return store.commit(along, 'relaxed')
  const manifest = await readManifest(store)
  const last = manifest.segments.at(-1)
  // Every segment begins a block, so that no block is written twice.
  const from = last === undefined ? 0 : Math.ceil((last.from + last.count) / blockSize) * blockSize
  const refs = documents.map(({ conversation, message }): DocRef => [conversation, message.id, message.hlc])
  const blocks = Array.from({ length: Math.ceil(refs.length / blockSize) }, (_, i) => refs.slice(i * blockSize, (i + 1) * blockSize))
  const spans = blocks.map((block) => spanAround(block.map(([, , hlc]) => ({ oldest: hlc, newest: hlc }))))
  const segment: Segment = { id: manifest.next, from, count: documents.length, ...spanAround(spans) }
  const buckets = bucketsOf(
    documents.map(({ words }) => words),
    bucketOf,
  )
  await store.commit(
    [
      ...[...buckets].map(([bucket, content]): Write => ({
        kind: 'put',
        table: 'search',
        key: wordsKey(bucket, segment.id),
        value: { kind: 'words', ...content },
      })),
      ...blocks.map((block, i): Write => ({
        kind: 'put',
        table: 'search',
        key: ['docs', from / blockSize + i],
        value: { kind: 'docs', ...packBlock(block) },
      })),
      timesWrite(segment.id, packSpans(spans)),
      manifestWrite({ segments: [...manifest.segments, segment], next: manifest.next + 1 }),
      ...along,
    ],
    'relaxed',
  )
}

/**
 * Makes one larger segment of neighbours, if some are due; says whether it did. It goes in steps with `pause` in between; what a crash
 * leaves behind belongs to no segment, and the next attempt removes it.
 */
export const mergeOnce = async ({ store }: StoreDep, pause: () => Promise<void>): Promise<boolean> => {
  const { segments, next: id } = await readManifest(store)
  const parts = dueForMerge(segments, largestSegment)
  const [first, last] = [parts?.[0], parts?.at(-1)]
  if (parts === undefined || first === undefined || last === undefined) return false
  // The number is taken before anything stands under it.
  await store.commit([manifestWrite({ segments, next: id + 1 })], 'relaxed')
  const others = new Set(segments.filter((segment) => !parts.includes(segment)).map((segment) => segment.id))
  const gone: (WordsKey | TimesKey)[] = []
  let writes: Write[] = []
  let size = 0
  for (let shelf = 0; shelf < shelfCount; shelf += 1) {
    const keys = (await store.read((reader) => reader.keys('search', ['words', shelf]), ['search'])).filter(isWordsKey)
    gone.push(...keys.filter(([, , , segment]) => !others.has(segment)))
    for (const [page, content] of await mergeShelf(store, keys, parts)) {
      writes.push({ kind: 'put', table: 'search', key: ['words', shelf, page, id], value: { kind: 'words', ...content } })
      size += content.words.length + content.numbers.length
    }
    if (size < mergedAtOnce && shelf < shelfCount - 1) continue
    await store.commit(writes, 'relaxed')
    writes = []
    size = 0
    await pause()
  }
  const [kept, times] = await store.read(
    (reader) =>
      Promise.all([
        reader.keys('search', ['times']),
        Promise.all(parts.map(async (part) => timesOf(part, await reader.get('search', ['times', part.id])))),
      ]),
    ['search'],
  )
  gone.push(...kept.filter(isTimesKey).filter(([, segment]) => !others.has(segment)))
  const merged: Segment = { id, from: first.from, count: last.from + last.count - first.from, ...spanAround(parts) }
  await store.commit(
    [
      // Each part begins a block, so that their blocks follow each other.
      timesWrite(id, concatBytes(...times)),
      manifestWrite({ segments: segments.toSpliced(segments.indexOf(first), parts.length, merged), next: id + 1 }),
    ],
    'relaxed',
  )
  for (let at = 0; at < gone.length; at += removedAtOnce) {
    await store.commit(
      gone.slice(at, at + removedAtOnce).map((key) => ({ kind: 'delete', table: 'search', key })),
      'relaxed',
    )
    await pause()
  }
  return true
}

/** The buckets of a shelf as they are in all of these segments together; `keys` are those of the shelf. */
const mergeShelf = async (
  store: Pick<Store, 'read'>,
  keys: readonly WordsKey[],
  parts: readonly Segment[],
): Promise<readonly (readonly [page: number, Bucket])[]> => {
  const offsets = new Map(parts.map(({ id, from }) => [id, from - (parts[0]?.from ?? 0)]))
  const wanted = keys.filter(([, , , segment]) => offsets.has(segment))
  const found = await store.read((reader) => Promise.all(wanted.map((key) => reader.get('search', key))), ['search'])
  const buckets = wanted.flatMap(([, , page, segment], i) => {
    const record = found[i]
    return record?.kind === 'words' ? [{ page, bucket: record, offset: offsets.get(segment) ?? 0 }] : []
  })
  // By their place in the segment, so that each word's numbers ascend.
  const inOrder = buckets.toSorted((a, b) => a.offset - b.offset)
  return [...Map.groupBy(inOrder, ({ page }) => page)].map(([page, group]) => [page, mergeBuckets(group)])
}
