import { describe, expect, test } from 'vitest'
import { domain, equalBytes, hash, slice, uint32, utf8Length } from '../../../src/core/codec/bytes.ts'
import { toHex } from '../../../src/core/ids.ts'

const of = (...bytes: readonly number[]) => Uint8Array.from(bytes)

describe('bytes', () => {
  test('are the same when all of them are, and a beginning is not the whole', () => {
    expect(equalBytes(of(1, 2), of(1, 2))).toBe(true)
    expect(equalBytes(of(), of())).toBe(true)
    for (const [a, b] of [
      [of(1, 2), of(1, 2, 3)],
      [of(1, 2, 3), of(1, 2)],
      [of(), of(0)],
      [of(0, 2), of(1, 2)],
      [of(1, 2), of(1, 3)],
    ] as const) {
      expect(equalBytes(a, b)).toBe(false)
    }
  })

  test('of a purpose end in a zero, so that no purpose begins like another, and are always the same', () => {
    expect(new TextDecoder().decode(domain('event/1'))).toBe('parley/event/1\0')
    expect(domain('event/1')).toBe(domain('event/1'))
    expect(domain('event-id/1')).not.toEqual(domain('event/1'))
  })

  test('are hashed as what they are for, one part after the other', () => {
    // SHA-256 of "parley/test/1", a zero and 1 2 3.
    expect(toHex(hash('test/1', of(1), of(2, 3)))).toBe('9441c62448cb54a1ca5dc1eb95485f4521f86ece0016aed5277532e4dc6854ea')
    expect(hash('test/1', of(1, 2), of(3))).toEqual(hash('test/1', of(1), of(2, 3)))
    expect(hash('test/2', of(1, 2, 3))).not.toEqual(hash('test/1', of(1, 2, 3)))
  })

  test('of a number are four, the largest first', () => {
    expect(uint32(0x01020304)).toEqual(of(1, 2, 3, 4))
    expect(uint32(0xffff_ffff)).toEqual(of(255, 255, 255, 255))
  })

  test('of a text are counted as they travel', () => {
    expect([utf8Length(''), utf8Length('a'), utf8Length('é'), utf8Length('👩')]).toEqual([0, 1, 2, 4])
  })

  test('that were cut out do not change with those they were cut from', () => {
    const whole = of(1, 2, 3, 4)
    const [middle, end] = [slice(whole, 1, 3), slice(whole, 2)]
    whole.fill(9)
    expect([middle, end]).toEqual([of(2, 3), of(3, 4)])
    expect(middle.buffer.byteLength).toBe(2)
  })
})
