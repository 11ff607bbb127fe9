// Writing the index: documents into a new segment, and neighbours of a size into a larger one.
import { bucketCount, bucketsOf, dueForMerge, mergeBuckets, type Segment } from '../../core/search/segment.ts'
import type { StoreDep } from '../../ports/store.ts'
import type { Store, Write } from '../../ports/store.ts'
import type { Document, DocRef } from './documents.ts'

/** Documents in one record. */
export const blockSize = 64
/** Documents of the largest segment: beyond, larger ones save little and take long to make. */
const largestSegment = 40_000
/** Buckets that are merged at once: a few milliseconds of work. */
const mergedAtOnce = 16

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

/** Adds documents behind those that are there; `along` is committed with them. */
export const addSegment = async (
  { store }: StoreDep,
  bucketOf: (word: string) => number,
  documents: readonly Document[],
  along: readonly Write[],
): Promise<void> => {
  if (documents.length === 0) return store.commit(along, 'relaxed')
  const manifest = await readManifest(store)
  const last = manifest.segments.at(-1)
  // Every segment begins a block, so that no block is written twice.
  const from = last === undefined ? 0 : Math.ceil((last.from + last.count) / blockSize) * blockSize
  const segment: Segment = { id: manifest.next, from, count: documents.length }
  const buckets = bucketsOf(
    documents.map(({ words }) => words),
    bucketOf,
  )
  const refs = documents.map(({ conversation, message }): DocRef => [conversation, message.id, message.hlc])
  await store.commit(
    [
      ...[...buckets].map(([bucket, content]): Write => ({
        kind: 'put',
        table: 'search',
        key: ['words', bucket, segment.id],
        value: { kind: 'words', ...content },
      })),
      ...Array.from({ length: Math.ceil(refs.length / blockSize) }, (_, i): Write => ({
        kind: 'put',
        table: 'search',
        key: ['docs', from / blockSize + i],
        value: { kind: 'docs', docs: refs.slice(i * blockSize, (i + 1) * blockSize) },
      })),
      manifestWrite({ segments: [...manifest.segments, segment], next: manifest.next + 1 }),
      ...along,
    ],
    'relaxed',
  )
}

/**
 * Makes one larger segment of neighbours, if some are due; says whether it did. It goes in steps with `pause` in between; what a crash
 * leaves behind is written over by the next attempt.
 */
export const mergeOnce = async ({ store }: StoreDep, pause: () => Promise<void>): Promise<boolean> => {
  const manifest = await readManifest(store)
  const parts = dueForMerge(manifest.segments, largestSegment)
  const [first] = parts ?? []
  if (parts === undefined || first === undefined) return false
  const { from } = first
  for (let start = 0; start < bucketCount; start += mergedAtOnce) {
    const writes: Write[] = []
    for (let bucket = start; bucket < Math.min(start + mergedAtOnce, bucketCount); bucket += 1) {
      const found = await store.read(
        (reader) => Promise.all(parts.map(({ id }) => reader.get('search', ['words', bucket, id]))),
        ['search'],
      )
      const buckets = parts.flatMap((part, i) => {
        const record = found[i]
        return record?.kind === 'words' ? [{ bucket: record, offset: part.from - from }] : []
      })
      if (buckets.length === 0) continue
      const value = { kind: 'words', ...mergeBuckets(buckets) } as const
      writes.push({ kind: 'put', table: 'search', key: ['words', bucket, manifest.next], value })
    }
    await store.commit(writes, 'relaxed')
    await pause()
  }
  const last = parts.at(-1) ?? first
  const merged: Segment = { id: manifest.next, from, count: last.from + last.count - from }
  const at = manifest.segments.indexOf(first)
  const segments = manifest.segments.toSpliced(at, parts.length, merged)
  const gone = parts.flatMap(({ id }) =>
    Array.from({ length: bucketCount }, (_, bucket): Write => ({ kind: 'delete', table: 'search', key: ['words', bucket, id] })),
  )
  await store.commit([manifestWrite({ segments, next: manifest.next + 1 }), ...gone], 'relaxed')
  return true
}
