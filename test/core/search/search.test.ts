// Words, numbers and segments of the search index.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { excerptOf } from '../../../src/core/search/excerpt.ts'
import { intersect, packNumbers, union, unpackNumbers } from '../../../src/core/search/postings.ts'
import {
  bucketCount,
  bucketsOf,
  createBucketing,
  dueForMerge,
  entriesOf,
  mergeBuckets,
  numbersOf,
  type Segment,
} from '../../../src/core/search/segment.ts'
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

  test('that stand in all lists, or in any, are what sets would say', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.uniqueArray(fc.nat(30)).map((list) => list.toSorted((a, b) => a - b)),
          { minLength: 1, maxLength: 4 },
        ),
        (lists) => {
          const all = [...new Set(lists.flat())].toSorted((a, b) => a - b)
          expect(union(lists)).toEqual(all)
          expect(intersect(lists)).toEqual(all.filter((number) => lists.every((list) => list.includes(number))))
        },
      ),
    )
  })
})

describe('a segment', () => {
  const bucketOf = createBucketing(new Uint8Array(32).fill(7))
  const texts = fc.array(fc.lorem({ maxCount: 6 }), { minLength: 1, maxLength: 30 })
  const find = (buckets: ReadonlyMap<number, Parameters<typeof numbersOf>[0]>, typed: string): readonly number[] => {
    const [term] = termsOf(typed)
    const bucket = term && buckets.get(bucketOf(term.word))
    return term && bucket ? union(numbersOf(bucket, term)) : []
  }

  test('finds every text by the beginning of any of its words, and no other', () => {
    fc.assert(
      fc.property(texts, (all) => {
        const buckets = bucketsOf(all.map(wordsOf), bucketOf)
        for (const word of wordsOf(all.join(' '))) {
          const typed = word.slice(0, 3)
          if (typed.length < 2) continue
          const expected = all.flatMap((text, i) => (holds(text, termsOf(typed)) ? [i] : []))
          expect(find(buckets, typed)).toEqual(expected)
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

  test('puts words with one beginning in one bucket, and another device puts them elsewhere', () => {
    expect(bucketOf('hello')).toBe(bucketOf('help'))
    expect(headOf(marks.conversation('ab'.repeat(32)))).toBe(marks.conversation('ab'.repeat(32)))
    const other = createBucketing(new Uint8Array(32).fill(8))
    const words = ['hello', 'world', 'train', 'morning', 'platform', 'seven']
    expect(words.map(other)).not.toEqual(words.map(bucketOf))
    expect(Math.max(...words.map(bucketOf))).toBeLessThan(bucketCount)
  })

  test('becomes a larger one with seven neighbours of its size, so that there are never many', () => {
    let segments: Segment[] = []
    let next = 0
    for (let from = 0; from < 400_000; from += 512) {
      segments.push({ id: next++, from, count: 512 })
      for (let due = dueForMerge(segments, 40_000); due; due = dueForMerge(segments, 40_000)) {
        const [first] = due
        const last = due.at(-1)
        if (!first || !last) break
        segments = segments.toSpliced(segments.indexOf(first), due.length, {
          id: next++,
          from: first.from,
          count: last.from + last.count - first.from,
        })
      }
    }
    expect(segments.length).toBeLessThan(32)
    expect(segments.reduce((sum, { count }) => sum + count, 0)).toBe(400_384)
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
