import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeCbor, encodeCbor, maxDepth, maxItems } from '../../../src/core/codec/cbor.ts'
import { fromHex } from '../../../src/core/ids.ts'
import { withStillInputs } from '../still.ts'

const decode = (bytes: Uint8Array) => decodeCbor(bytes, 100_000, 'thing')

/** What formats are made of: integers, texts, byte strings, lists, maps, true, false and null. */
const plain: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 40 }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(fc.string({ unit: 'binary', maxLength: 8 }), tie('value'), { maxKeys: 6, noNullPrototype: true }),
  ),
})).value

describe('deterministic CBOR', () => {
  test('gives back what was encoded', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(decode(withStillInputs([value], encodeCbor))).toEqual({ ok: true, value })
      }),
    )
  })

  test('has one spelling for a value: what is read is written the same', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const read = withStillInputs([bytes], decode)
        if (read.ok) expect(encodeCbor(read.value)).toEqual(bytes)
      }),
      { numRuns: 5_000 },
    )
  })

  test('is not read after a change of a byte, unless it says something else', () => {
    fc.assert(
      fc.property(plain, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, at, change) => {
        const bytes = encodeCbor(value)
        bytes[at % bytes.length]! ^= change
        const read = decode(bytes)
        if (read.ok) expect(encodeCbor(read.value)).toEqual(bytes)
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ['a map whose keys are out of order', 'a2616201616101'],
    ['a key that comes twice', 'a2616101616102'],
    ['a number in more bytes than it needs', '1800'],
    ['a length in more bytes than it needs', '5800'],
    ['a whole number as a float', 'f93c00'],
    ['a float in more bytes than it needs', 'fa3fc00000'],
    ['minus zero', 'f98000'],
    ['an indefinite length', '5f41004100ff'],
    ['a tag', 'c000'],
    ['undefined', 'f7'],
    ['a number that no double holds', '1b0020000000000001'],
    ['a number beyond the safe ones', '1b0020000000000000'],
    ['a text that is no UTF-8', '62c328'],
    ['half a surrogate pair', '63eda080'],
    ['bytes after the end', '0000'],
    ['nothing at all', ''],
    ['a list that promises four thousand million things', '9affffffff'],
    ['a byte string that is longer than the world', '5bffffffffffffffff'],
  ])('does not read %s', (_, hex) => {
    expect(decode(fromHex(hex))).toMatchObject({ ok: false, error: { kind: 'malformed' } })
  })

  test('says what could not be read: to whom it came, and to whoever sent it', () => {
    const read = decodeCbor(new Uint8Array(0), 99, 'letter')
    expect(read.ok ? [] : [read.error.here, read.error.there]).toEqual([
      'Something unreadable arrived and was dropped (letter).',
      'The letter could not be read.',
    ])
  })

  test('does not read more bytes than it was told to', () => {
    expect(decodeCbor(encodeCbor(new Uint8Array(97)), 99, 'thing')).toMatchObject({ ok: true })
    expect(decodeCbor(encodeCbor(new Uint8Array(98)), 99, 'thing')).toMatchObject({ ok: false })
  })

  test('reads nesting to the same depth on every device, however large its stack is', () => {
    const nested = (depth: number, end: unknown): unknown => (depth === 0 ? end : [nested(depth - 1, end)])
    expect(decode(encodeCbor(nested(maxDepth, 0)))).toMatchObject({ ok: true })
    expect(decode(encodeCbor(nested(maxDepth + 1, 0)))).toMatchObject({ ok: false })
    expect(decode(encodeCbor(nested(maxDepth, { deeper: 0 })))).toMatchObject({ ok: false })
    expect(decode(new Uint8Array(60_000).fill(0x81))).toMatchObject({ ok: false })
    const bomb = new Uint8Array(2_001).fill(0x81)
    bomb[2_000] = 0
    expect(decode(bomb)).toMatchObject({ ok: false })
  })

  test('reads no more values than a page has memory for, whatever they are and however long their heads', () => {
    const read = (value: unknown) => decodeCbor(encodeCbor(value), 4_000_000, 'thing')
    for (const kind of [0, 1_000, -70_000, 2 ** 40, '', 'a text', new Uint8Array(3), [], {}, null, true]) {
      const most = Array.from({ length: maxItems - 1 }, () => kind)
      expect(read(most)).toMatchObject({ ok: true })
      expect(read([...most, kind])).toMatchObject({ ok: false })
    }
    // What looks like values within a text or bytes is none.
    expect(read('\0'.repeat(maxItems + 1))).toMatchObject({ ok: true })
    expect(read(new Uint8Array(maxItems + 1))).toMatchObject({ ok: true })
  })

  test('keeps names that mean something to the language as mere names', () => {
    const bytes = fromHex('a1695f5f70726f746f5f5fa1616101')
    const read = decode(bytes)
    expect(read.ok && Object.getPrototypeOf(read.value)).toBe(Object.prototype)
  })
})
