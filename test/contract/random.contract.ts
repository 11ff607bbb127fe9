// What every source of dice promises (src/ports/clock.ts).
import { describe, expect, test } from 'vitest'
import type { Random } from '../../src/ports/clock.ts'

export const randomContract = (name: string, create: () => Random): void => {
  describe(`random contract: ${name}`, () => {
    test('gives as many bytes as asked for, also none and also more than a browser gives at once', () => {
      const random = create()
      for (const length of [0, 1, 12, 24, 32, 65_536, 65_537, 200_000]) expect(random.bytes(length)).toHaveLength(length)
    })

    test('two answers differ, and each is the own copy of who asked', () => {
      const random = create()
      const first = random.bytes(32)
      const kept = Uint8Array.from(first)
      const second = random.bytes(32)
      expect(second).not.toEqual(first)
      second.fill(0)
      expect(first).toEqual(kept)
      expect(first.buffer.byteLength).toBe(32)
    })

    test('every part of a long answer is filled, and about half of its bits are set', () => {
      const bytes = create().bytes(200_000)
      for (let at = 0; at < bytes.length; at += 50_000) {
        const part = bytes.subarray(at, at + 50_000)
        // 400,000 fair bits: 10 standard deviations are 3,162.
        const ones = part.reduce((sum, byte) => sum + bitsOf(byte), 0)
        expect(Math.abs(ones - 200_000)).toBeLessThan(3_162)
        expect(new Set(part).size).toBe(256)
      }
    })
  })
}

const bitsOf = (byte: number): number => {
  let count = 0
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1
  return count
}
