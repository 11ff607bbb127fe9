// The search index in pieces: a segment holds the words of a run of documents, spread over buckets. A document is a message in the order
// in which this device came to know it. Which bucket a word is in depends on a key and on its first letters alone: a thief with the disk
// sees numbers of buckets and sizes, and whoever types three letters of a word looks into one bucket, or with two into one shelf. Pure.
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '../codec/bytes.ts'
import { packNumbers, unpackNumbers } from './postings.ts'
import type { Span } from './spans.ts'
import { hasHead, headOf, type Term } from './terms.ts'

/** Words with the same two letters in front stand on one shelf, those with the same three in one bucket of it. */
export const shelfCount = 512
export const bucketsOnShelf = 16
const bucketLetters = 3

/** Words with the numbers of the documents that hold them, counted from the segment's first; made to be looked into without unpacking. */
export interface Bucket {
  /** In order, each between two line ends. */
  readonly words: string
  /** Where each word's numbers end in `numbers`, as `packNumbers`. */
  readonly ends: Uint8Array
  /** For each word the bytes of `packNumbers`, one after the other. */
  readonly numbers: Uint8Array
}

/** With the clocks between which its documents stand. */
export interface Segment extends Span {
  readonly id: number
  /** The number of its first document, and how many there are. */
  readonly from: number
  readonly count: number
}

export interface Bucketing {
  /** Shelf by shelf: 0 to `shelfCount * bucketsOnShelf - 1`. */
  bucketOf(word: string): number
  /** Where words may be that a term finds. */
  bucketsFor(term: Term): readonly number[]
}

/** Which bucket a word is in. `key` is 32 bytes of this device. */
export const createBucketing = (key: Uint8Array): Bucketing => {
  const numberByHead = new Map<string, number>()
  const numberOf = (head: string): number => {
    const known = numberByHead.get(head)
    if (known !== undefined) return known
    const [high = 0, low = 0] = hmac(sha256, key, utf8ToBytes(head))
    const number = high * 256 + low
    numberByHead.set(head, number)
    return number
  }
  const shelfOf = (word: string): number => (numberOf(headOf(word)) % shelfCount) * bucketsOnShelf
  const bucketOf = (word: string): number => shelfOf(word) + (numberOf(`${headOf(word, bucketLetters)}/`) % bucketsOnShelf)
  return {
    bucketOf,
    bucketsFor: (term) =>
      hasHead(term, bucketLetters) ? [bucketOf(term.word)] : Array.from({ length: bucketsOnShelf }, (_, i) => shelfOf(term.word) + i),
  }
}

/** Buckets of documents in their order, given by their words. Buckets without a word are left out. */
export const bucketsOf = (documents: readonly ReadonlySet<string>[], bucketOf: Bucketing['bucketOf']): ReadonlyMap<number, Bucket> => {
  const numbersByWord = new Map<string, number[]>()
  documents.forEach((words, number) => {
    for (const word of words) {
      const numbers = numbersByWord.get(word)
      if (numbers) numbers.push(number)
      else numbersByWord.set(word, [number])
    }
  })
  const byBucket = Map.groupBy(numbersByWord, ([word]) => bucketOf(word))
  return new Map([...byBucket].map(([bucket, entries]) => [bucket, bucketWith(entries)]))
}

const bucketWith = (entries: readonly (readonly [word: string, numbers: readonly number[]])[]): Bucket => {
  const inOrder = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  const packed = inOrder.map(([, numbers]) => packNumbers(numbers))
  let end = 0
  const ends = packed.map(({ length }) => (end += length))
  return { words: `\n${inOrder.map(([word]) => word).join('\n')}\n`, ends: packNumbers(ends), numbers: concatBytes(...packed) }
}

/** The words of a bucket with their numbers. */
export const entriesOf = ({ words, ends, numbers }: Bucket): readonly (readonly [word: string, numbers: number[]])[] => {
  const places = unpackNumbers(ends)
  return words
    .slice(1, -1)
    .split('\n')
    .map((word, i) => [word, unpackNumbers(numbers.subarray(places[i - 1] ?? 0, places[i]))])
}

/** Neighbouring segments' buckets of one number as one; `offset` says where each begins in the new segment. */
export const mergeBuckets = (parts: readonly { readonly bucket: Bucket; readonly offset: number }[]): Bucket => {
  const numbersByWord = new Map<string, number[]>()
  for (const { bucket, offset } of parts)
    for (const [word, found] of entriesOf(bucket)) {
      const numbers = numbersByWord.get(word) ?? []
      for (const number of found) numbers.push(number + offset)
      numbersByWord.set(word, numbers)
    }
  return bucketWith([...numbersByWord])
}

/** The numbers of a term's documents within a segment, packed: one list for each word that fits. */
export const listsOf = ({ words, ends, numbers }: Bucket, { word, open }: Term): readonly Uint8Array[] => {
  const wanted = open ? `\n${word}` : `\n${word}\n`
  const at = words.indexOf(wanted)
  if (at < 0) return []
  const places = unpackNumbers(ends)
  let i = 0
  for (let line = words.indexOf('\n', 1); line <= at && line > 0; line = words.indexOf('\n', line + 1)) i += 1
  const lists: Uint8Array[] = []
  // Words that begin alike stand together.
  for (let from = at; words.startsWith(wanted, from); from = words.indexOf('\n', from + 1)) {
    lists.push(numbers.subarray(places[i - 1] ?? 0, places[i]))
    i += 1
    if (!open) break
  }
  return lists
}

/** How many segments of about one size make a larger one. */
const fanOut = 8

/** Neighbours of a size that should become one; undefined while there are none. Sizes count in powers of `fanOut`. */
export const dueForMerge = (segments: readonly Segment[], largest: number): readonly Segment[] | undefined => {
  const levelOf = ({ count }: Segment): number => Math.floor(Math.log(count) / Math.log(fanOut))
  for (let at = 0; at + fanOut <= segments.length; at += 1) {
    const run = segments.slice(at, at + fanOut)
    const level = levelOf(run[0]!)
    if (run.every((segment) => levelOf(segment) <= level) && run.reduce((sum, { count }) => sum + count, 0) <= largest) return run
  }
  return undefined
}
