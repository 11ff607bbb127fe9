// Which commits concern a watch of the real store: the quick answer is the plain one.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changesOf, concerns, createLooks } from '../../src/adapters/store-indexeddb/spans.ts'
import { beginsWith } from '../../src/core/record/key.ts'
import type { Key } from '../../src/ports/store.ts'

const spansOf = (looks: readonly (readonly [table: string, key: Key, exact: boolean])[]) => {
  const all = createLooks()
  for (const look of looks) all.add(...look)
  return all.spans()
}
const one = (...key: Key) => changesOf([{ table: 'one', key }])

describe('what a watch looked at, and what a commit changed', () => {
  test('one key is itself alone, a prefix is all that begins with it', () => {
    const spans = spansOf([
      ['one', ['a'], true],
      ['one', ['b'], false],
    ])
    expect([one('a'), one('b'), one('b', 1)].map((changes) => concerns(spans, changes))).toEqual([true, true, true])
    expect([one('a', 1), one('bb'), one('c'), one()].map((changes) => concerns(spans, changes))).toEqual([false, false, false, false])
  })

  test('the empty prefix is the whole table, and no other', () => {
    const spans = spansOf([['one', [], false]])
    expect(concerns(spans, one('a', 1))).toBe(true)
    expect(concerns(spans, changesOf([{ table: 'two', key: ['a'] }]))).toBe(false)
  })

  test('what lies in a prefix that was looked at is not kept', () => {
    const spans = spansOf([
      ['one', ['a', 2], true],
      ['one', ['a'], true],
      ['one', ['a'], false],
      ['one', ['a', 1], false],
    ])
    expect(spans.get('one')).toEqual([{ key: ['a'], exact: false }])
  })

  test('any looks and changes meet exactly when a changed key was looked at', () => {
    const part = fc.constantFrom<string | number>(-1, 0, 2, '', 'a', 'b')
    const key = fc.array(part, { maxLength: 3 })
    const table = fc.constantFrom('one', 'two')
    const sides = fc.property(
      fc.array(fc.tuple(table, key, fc.boolean()), { maxLength: 12 }),
      fc.array(fc.record({ table, key }), { maxLength: 4 }),
      (looks, writes) => {
        const plainly = writes.some((write) =>
          looks.some(
            ([lookedIn, looked, exact]) =>
              lookedIn === write.table && beginsWith(write.key, looked) && (!exact || looked.length === write.key.length),
          ),
        )
        return concerns(spansOf(looks), changesOf(writes)) === plainly
      },
    )
    expect(() => fc.assert(sides, { numRuns: 5_000 })).not.toThrow()
  })
})
