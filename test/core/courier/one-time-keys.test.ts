import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accept, faded, handOut, nameOneTimeKey, stale, usable, type PublicKey } from '../../../src/core/courier/one-time-keys.ts'
import { bytesFor } from '../cast.ts'

const dayMs = 86_400_000
const now = 20_000 * dayMs
const keyOf = (n: number): Uint8Array => bytesFor(`one-time key ${n}`)
const pool = (count: number, at = now): readonly PublicKey[] =>
  Array.from({ length: count }, (_, n) => ({ name: nameOneTimeKey(keyOf(n)), key: keyOf(n), at }))

describe('a pool of one-time keys', () => {
  test('is filled up when few are left, and left alone otherwise', () => {
    expect(handOut(0)).toBe(16)
    expect(handOut(9)).toBe(7)
    expect(handOut(10)).toBe(0)
    expect(handOut(Number.MAX_SAFE_INTEGER)).toBe(0)
  })

  test('takes each key once, however often it is given', () => {
    const given = [keyOf(1), keyOf(2), keyOf(1)]
    const first = accept([], given, now)
    expect(first).toHaveLength(2)
    expect(accept(first, given, now)).toEqual([])
  })

  test('never grows without end, whatever is given', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(200), { maxLength: 32 }), { maxLength: 20 }), (batches) => {
        const held: PublicKey[] = []
        for (const batch of batches) held.push(...accept(held, batch.map(keyOf), now))
        expect(held.length).toBeLessThanOrEqual(32)
        expect(new Set(held.map(({ name }) => name)).size).toBe(held.length)
      }),
    )
  })

  test('gives the oldest first, and none that is older than two weeks', () => {
    const [young, old, over] = [pool(1)[0]!, { ...pool(2)[1]!, at: now - dayMs }, { ...pool(3)[2]!, at: now - 14 * dayMs }]
    expect(usable([young, old, over], now)).toEqual([old, young])
    expect(stale([young, old, over], now)).toEqual([over.name])
  })

  test('loses nothing by a clock that was set back', () => {
    expect(usable(pool(3), now - 400 * dayMs)).toHaveLength(3)
    expect(faded(pool(3), 0, now - 400 * dayMs)).toEqual([])
  })
})

describe('private halves', () => {
  test('are kept longer than anything that is sealed to them is carried', () => {
    // A public key is used for 14 days, and what was sealed on the last of them is carried for up to 15.
    expect(faded(pool(3, now - 29 * dayMs), 0, now)).toEqual([])
    expect(faded(pool(3, now - 30 * dayMs), 0, now)).toHaveLength(3)
  })

  test('make room for new ones: the oldest of more than 64 go', () => {
    const mine = pool(60).map((key, n) => ({ ...key, at: now - n }))
    const gone = faded(mine, 16, now)
    expect(gone).toHaveLength(12)
    expect(gone).toContain(mine[59]!.name)
    expect(gone).not.toContain(mine[0]!.name)
  })

  test('never number more than 64 for one device, however often it asks', () => {
    let mine: readonly PublicKey[] = []
    for (let round = 0; round < 30; round++) {
      const count = handOut(0)
      const gone = new Set(faded(mine, count, now + round))
      const fresh = Array.from({ length: count }, (_, n) => keyOf(1_000 * round + n))
      mine = [...mine.filter(({ name }) => !gone.has(name)), ...fresh.map((key) => ({ name: nameOneTimeKey(key), key, at: now + round }))]
      expect(mine.length).toBeLessThanOrEqual(64)
    }
  })
})
