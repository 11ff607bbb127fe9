import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beginsWith, compareKeys, copyKey, type RecordKey } from '../../../src/core/record/key.ts'
import { copyPlain } from '../../../src/core/record/plain.ts'
import { withStillInputs } from '../still.ts'

const part = fc.oneof(fc.constantFrom('', 'a', 'b', 'ab', 'é', '🌱'), fc.constantFrom(-1, 0, 1, 10, 2.5, Infinity))
const key: fc.Arbitrary<RecordKey> = fc.array(part, { maxLength: 3 })

describe('keys of records', () => {
  test('stand in one order: part by part, numbers before texts, shorter before longer', () => {
    fc.assert(
      fc.property(key, key, key, (a, b, c) => {
        const ab = withStillInputs([a, b] as const, compareKeys)
        expect(Math.sign(ab)).toBe(0 - Math.sign(compareKeys(b, a)) + 0)
        expect(ab === 0).toBe(JSON.stringify(a) === JSON.stringify(b) && a.length === b.length && a.every((each, at) => each === b[at]))
        if (ab <= 0 && compareKeys(b, c) <= 0) expect(compareKeys(a, c)).toBeLessThanOrEqual(0)
        if (beginsWith(a, b)) expect(compareKeys(b, a)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 1_000 },
    )
    expect(compareKeys([2], [10])).toBeLessThan(0)
    expect(compareKeys(['2'], ['10'])).toBeGreaterThan(0)
    expect(compareKeys([9], ['1'])).toBeLessThan(0)
    expect(compareKeys(['a'], ['a', 0])).toBeLessThan(0)
  })

  test('begin with a prefix exactly when all of its parts stand first', () => {
    expect(beginsWith(['a', 1, 'b'], ['a', 1])).toBe(true)
    expect(beginsWith(['a', 1], ['a', 1])).toBe(true)
    expect(beginsWith(['a'], ['a', 1])).toBe(false)
    expect(beginsWith(['ab'], ['a'])).toBe(false)
    expect(beginsWith([], [])).toBe(true)
  })

  test('are copied, with one spelling for zero, and only if they have a place in the order', () => {
    expect(Object.is(copyKey([-0])[0], 0)).toBe(true)
    expect(() => copyKey([Number.NaN])).toThrow(TypeError)
    expect(() => copyKey([{} as never])).toThrow(TypeError)
    const original: RecordKey = ['a', 1]
    expect(copyKey(original)).not.toBe(original)
  })
})

describe('plain data', () => {
  test('is copied to the last byte, and the copy is nobody else’s', () => {
    const plain = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.uint8Array({ maxLength: 5 }),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor')), tie('value'), {
          maxKeys: 4,
          noNullPrototype: true,
        }),
      ),
    })).value
    fc.assert(
      fc.property(plain, (value) => {
        const copy = withStillInputs([value], copyPlain)
        expect(copy).toEqual(value)
        if (typeof value === 'object' && value !== null) expect(copy).not.toBe(value)
      }),
    )
  })

  test('shares no memory, also when it came as a Buffer', () => {
    const bytes = Buffer.from([1, 2, 3])
    const copy = copyPlain({ bytes }) as { bytes: Uint8Array }
    bytes[0] = 9
    expect([...copy.bytes]).toEqual([1, 2, 3])
  })

  test('does not change what an object is, whatever its names are', () => {
    const value: unknown = JSON.parse('{"__proto__": {"isAdmin": true}}')
    const copy = copyPlain(value) as Record<string, unknown>
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
    expect(Object.hasOwn(copy, '__proto__')).toBe(true)
    expect(copy['isAdmin']).toBeUndefined()
  })

  test.each([
    ['undefined', undefined],
    ['a function', () => 0],
    ['a symbol', Symbol('s')],
    ['a bigint', 1n],
    ['a Map', new Map()],
    ['a Date', new Date(0)],
    ['something deep inside', { list: [1, { map: new Set() }] }],
  ])('is not %s', (_, value) => {
    expect(() => copyPlain(value)).toThrow(TypeError)
  })
})
