// Words, numbers and segments of the search index.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ConversationId, EventId } from '../../../src/core/ids.ts'
import { docIn, packBlock, type DocRef } from '../../../src/core/search/doc-block.ts'
import { excerptOf } from '../../../src/core/search/excerpt.ts'
import { inEvery, packNumbers, unpackNumbers } from '../../../src/core/search/postings.ts'
import {
  bucketsOf,
  bucketsOnShelf,
  createBucketing,
  dueForMerge,
  entriesOf,
  listsOf,
  mergeBuckets,
  shelfCount,
  type Segment,
} from '../../../src/core/search/segment.ts'
import { meets, packSpans, spanAround, spanIn } from '../../../src/core/search/spans.ts'
import { headOf, holds, isTooShort, marks, termsOf, wordsOf } from '../../../src/core/search/terms.ts'

describe('words', () => {
  test.each([
    ['Grüße aus Zürich!', ['grusse', 'aus', 'zurich']],
    ['Ελλάδα, Москва', ['ελλαδα', 'москва']],
    ['see https://example.org/Trail-17', ['see', 'https', 'example', 'org', 'trail', '17']],
    ['水果店', ['水果', '果店', '店']],
    ['नमस्ते दुनिया', ['नमस्ते', 'दुनिया']],
    ['مَرحَبا', ['مرحبا']],
    ['   !?…', []],
  ])('of %j are %j', (text, words) => {
    expect([...wordsOf(text)].map((word) => word.replace('ß', 'ss'))).toEqual(words)
  })

  test.each([
    ['Hello world', 'wor hel', true],
    ['Hello world', 'orld', false],
    ['ÉCOLE', 'ecole', true],
    ['水果店', '果店', true],
    ['水果店', '果', true],
    ['水果店', '店果', false],
    ['Trail 17', '17 trail', true],
  ])('%j holds %j: %s', (text, typed, is) => {
    expect(holds(text, termsOf(typed))).toBe(is)
  })

  test('a text holds each of its own words and their beginnings', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        for (const word of wordsOf(text)) expect(holds(text, [{ word, open: false }])).toBe(true)
        expect(holds(text, termsOf(text))).toBe(true)
      }),
    )
  })

  test('a wall of text does not fill the index', () => {
    expect(wordsOf(Array.from({ length: 5_000 }, (_, i) => `w${i}`).join(' ')).size).toBeLessThanOrEqual(400)
  })

  test('a single letter is too short to be looked up, a single sign of a script without spaces is not', () => {
    expect(termsOf('a 水').map(isTooShort)).toEqual([true, false])
  })

  test('no text holds a mark', () => {
    fc.assert(fc.property(fc.string(), (text) => [...wordsOf(`${text} ${marks.link}`)].every((word) => word !== marks.link)))
  })
})

describe('numbers', () => {
  const ascending = fc.uniqueArray(fc.nat(2 ** 40), { maxLength: 50 }).map((list) => list.toSorted((a, b) => a - b))

  test('are the same after they were packed', () => {
    fc.assert(
      fc.property(ascending, (numbers) => {
        expect(unpackNumbers(packNumbers(numbers))).toEqual(numbers)
      }),
    )
  })

  test('that stand in some list of every choice are what sets would say', () => {
    const list = fc.uniqueArray(fc.nat(299)).map((numbers) => numbers.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(fc.array(fc.array(list, { maxLength: 4 }), { minLength: 1, maxLength: 4 }), (choices) => {
        const packed = choices.map((lists) => lists.map((numbers) => packNumbers(numbers)))
        const wanted = Array.from({ length: 300 }, (_, n) => n).filter((n) => choices.every((lists) => lists.some((l) => l.includes(n))))
        expect(inEvery(packed, 300)).toEqual(wanted)
      }),
    )
  })
})

describe('a segment', () => {
  const { bucketOf, bucketsFor } = createBucketing(new Uint8Array(32).fill(7))
  const texts = fc.array(fc.lorem({ maxCount: 6 }), { minLength: 1, maxLength: 30 })
  const find = (buckets: ReadonlyMap<number, Parameters<typeof listsOf>[0]>, typed: string, count: number): readonly number[] => {
    const [term] = termsOf(typed)
    if (term === undefined) return []
    const lists = bucketsFor(term).flatMap((number) => {
      const bucket = buckets.get(number)
      return bucket ? listsOf(bucket, term) : []
    })
    return inEvery([lists], count)
  }

  test('finds every text by the beginning of any of its words, and no other', () => {
    fc.assert(
      fc.property(texts, (all) => {
        const buckets = bucketsOf(all.map(wordsOf), bucketOf)
        for (const word of wordsOf(all.join(' '))) {
          for (const typed of [word.slice(0, 2), word.slice(0, 3), word]) {
            if (typed.length < 2) continue
            const expected = all.flatMap((text, i) => (holds(text, termsOf(typed)) ? [i] : []))
            expect(find(buckets, typed, all.length)).toEqual(expected)
          }
        }
      }),
      { numRuns: 40 },
    )
  })

  test('of two is the one that both make', () => {
    fc.assert(
      fc.property(texts, texts, (first, second) => {
        const [a, b, both] = [first, second, [...first, ...second]].map((all) => bucketsOf(all.map(wordsOf), bucketOf))
        for (const [number, bucket] of both ?? []) {
          const parts = [
            { bucket: a?.get(number), offset: 0 },
            { bucket: b?.get(number), offset: first.length },
          ].flatMap(({ bucket, offset }) => (bucket ? [{ bucket, offset }] : []))
          const merged = mergeBuckets(parts)
          const contents = (content: typeof merged) => new Map(entriesOf(content))
          expect(contents(merged)).toEqual(contents(bucket))
        }
      }),
      { numRuns: 40 },
    )
  })

  test('puts words with three letters in front in one bucket, with two on one shelf, and another device puts them elsewhere', () => {
    expect(bucketOf('hello')).toBe(bucketOf('help'))
    expect(Math.floor(bucketOf('hello') / bucketsOnShelf)).toBe(Math.floor(bucketOf('heart') / bucketsOnShelf))
    expect(bucketsFor({ word: 'he', open: true })).toContain(bucketOf('heart'))
    expect(bucketsFor({ word: 'hel', open: true })).toEqual([bucketOf('hello')])
    expect(headOf(marks.conversation('ab'.repeat(32)))).toBe(marks.conversation('ab'.repeat(32)))
    const other = createBucketing(new Uint8Array(32).fill(8))
    const words = ['hello', 'world', 'train', 'morning', 'platform', 'seven']
    expect(words.map(other.bucketOf)).not.toEqual(words.map(bucketOf))
    expect(Math.max(...words.map(bucketOf))).toBeLessThan(shelfCount * bucketsOnShelf)
  })

  test('of scripts without spaces is looked into by a single sign, on its shelf, and by two in one bucket', () => {
    expect(bucketsFor({ word: '水', open: true })).toContain(bucketOf('水果'))
    expect(bucketsFor({ word: '水果', open: false })).toEqual([bucketOf('水果')])
  })

  test('becomes a larger one with seven neighbours of its size, so that there are never many', () => {
    let segments: Segment[] = []
    let next = 0
    for (let from = 0; from < 400_000; from += 512) {
      segments.push({ id: next++, from, count: 512, oldest: 0, newest: 0 })
      for (let due = dueForMerge(segments, 40_000); due; due = dueForMerge(segments, 40_000)) {
        const [first] = due
        const last = due.at(-1)
        if (!first || !last) break
        segments = segments.toSpliced(segments.indexOf(first), due.length, {
          id: next++,
          from: first.from,
          count: last.from + last.count - first.from,
          oldest: 0,
          newest: 0,
        })
      }
    }
    expect(segments.length).toBeLessThan(32)
    expect(segments.reduce((sum, { count }) => sum + count, 0)).toBe(400_384)
  })
})

describe('a block of documents', () => {
  test('gives each back as it was, and nothing beyond', () => {
    const id = (letter: string) => letter.repeat(64) as EventId
    const docs: readonly DocRef[] = [
      ['a'.repeat(32) as ConversationId, id('1'), 7],
      ['b'.repeat(32) as ConversationId, id('2'), 2 ** 50],
      ['a'.repeat(32) as ConversationId, id('3'), 0],
    ]
    const block = packBlock(docs)
    expect(docs.map((_, i) => docIn(block, i))).toEqual(docs)
    expect(docIn(block, docs.length)).toBeUndefined()
    expect(block.conversations).toHaveLength(2)
  })
})

describe('spans of clocks', () => {
  const span = fc.tuple(fc.nat(2 ** 51), fc.nat(2 ** 51)).map(([a, b]) => ({ oldest: Math.min(a, b), newest: Math.max(a, b) }))

  test('are the same after they were packed, also those of neighbours side by side and at any place in other bytes', () => {
    fc.assert(
      fc.property(fc.array(span), fc.array(span), fc.nat(9), (first, second, before) => {
        const bytes = Uint8Array.of(...new Uint8Array(before), ...packSpans(first), ...packSpans(second))
        const all = [...first, ...second]
        expect(all.map((_, i) => spanIn(bytes.subarray(before), i))).toEqual(all)
        expect(spanIn(bytes.subarray(before), all.length)).toBeUndefined()
      }),
    )
  })

  test('lie within the one around them, and meet what has a clock in common', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1 }), fc.nat(2 ** 51), (spans, clock) => {
        const around = spanAround(spans)
        const at = { oldest: clock, newest: clock }
        expect(spans.every((each) => meets(each, around))).toBe(true)
        for (const each of spans) expect(meets(each, at)).toBe(each.oldest <= clock && clock <= each.newest)
        expect(spans.some(({ oldest }) => oldest === around.oldest) && spans.some(({ newest }) => newest === around.newest)).toBe(true)
      }),
    )
  })
})

describe('an excerpt', () => {
  test('is the text around what was found, with that marked', () => {
    const text = `${'long ago '.repeat(20)}we met at the station and went to the lake${' and on'.repeat(40)}`
    const parts = excerptOf(text, termsOf('station'))
    expect(parts.filter(({ found }) => found).map((part) => part.text)).toEqual(['station'])
    const whole = parts.map((part) => part.text).join('')
    expect(whole.startsWith('… ')).toBe(true)
    expect(whole.endsWith('…')).toBe(true)
    expect(whole.length).toBeLessThan(200)
  })

  test('is a part of the text as it stands, and all of it when it is short', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 12 }), fc.lorem({ maxCount: 1 }), (text, typed) => {
        const whole = excerptOf(text, termsOf(typed))
          .map((part) => part.text)
          .join('')
        expect(text).toContain(whole.replace(/^… |…$/g, ''))
        if (text.length <= 40) expect(whole).toBe(text)
      }),
    )
  })
})
