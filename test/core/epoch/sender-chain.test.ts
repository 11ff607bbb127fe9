import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fade, keyAt, startChain, useKey, type SenderChain } from '../../../src/core/epoch/sender-chain.ts'
import { eventId, toHex } from '../../../src/core/ids.ts'
import { maxSkippedKeys, skippedKeyDays } from '../../../src/core/limits.ts'
import { alice, bob, bytesFor } from '../cast.ts'
import { withStillInputs } from '../still.ts'

const epoch = eventId(bytesFor('epoch'))
const start = (): SenderChain => startChain(bytesFor('secret'), epoch, alice.device)
const hexAt = (chain: SenderChain, index: number): string | undefined => {
  const key = keyAt(chain, index)
  return key && toHex(key)
}
const day = 86_400_000

describe("a sender's chain", () => {
  test('gives both sides the same key at every index, in whatever order messages come', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 60 }), { maxLength: 30 }), (indexes) => {
        let sender = start()
        const keys = Array.from({ length: 61 }, (_, index) => {
          const key = hexAt(sender, index)
          sender = useKey(sender, index, 0)
          return key
        })
        expect(new Set(keys).size).toBe(61)
        let receiver = start()
        for (const index of indexes) {
          expect(hexAt(receiver, index)).toBe(keys[index])
          receiver = withStillInputs([receiver, index, 0] as const, useKey)
        }
      }),
    )
  })

  test('never gives a used key again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { maxLength: 30 }), (indexes) => {
        let chain = start()
        const used = new Set<number>()
        for (const index of indexes) {
          expect(keyAt(chain, index) === undefined).toBe(used.has(index))
          chain = useKey(chain, index, 0)
          used.add(index)
          for (const each of used) expect(keyAt(chain, each)).toBeUndefined()
        }
        expect(chain.next).toBe(indexes.length === 0 ? 0 : Math.max(...indexes) + 1)
      }),
    )
  })

  test('holds nothing from which an earlier key could be made', () => {
    // Whatever is left after use is only later keys: none of the bytes in the state is a used key, nor the chain key that leads to one.
    let chain = start()
    const past: string[] = []
    for (let index = 0; index < 20; index++) {
      past.push(toHex(chain.key), hexAt(chain, index)!)
      chain = useKey(chain, index, 0)
      const held = [chain.key, ...chain.skipped.map((skipped) => skipped.key)].map(toHex)
      expect(held.some((hex) => past.includes(hex))).toBe(false)
      // From the state alone, only what lies ahead can be had.
      const ahead = Array.from({ length: 30 }, (_, at) => hexAt(chain, at))
      expect(ahead.some((hex) => hex !== undefined && past.includes(hex))).toBe(false)
    }
  })

  test('is another for each sender, each epoch and each secret', () => {
    const others = [
      start(),
      startChain(bytesFor('secret'), epoch, bob.device),
      startChain(bytesFor('secret'), eventId(bytesFor('another epoch')), alice.device),
      startChain(bytesFor('another secret'), epoch, alice.device),
    ]
    expect(new Set(others.map((chain) => hexAt(chain, 0))).size).toBe(others.length)
  })

  test('goes at most 2,000 keys ahead, and keeps at most 2,000 skipped ones', () => {
    const chain = start()
    expect(keyAt(chain, maxSkippedKeys)).toBeDefined()
    expect(keyAt(chain, maxSkippedKeys + 1)).toBeUndefined()
    expect(useKey(chain, maxSkippedKeys + 1, 0)).toEqual(chain)
    const far = useKey(chain, maxSkippedKeys, 0)
    expect(far.skipped).toHaveLength(maxSkippedKeys)
    const farther = useKey(far, far.next + 5, 0)
    expect(farther.skipped).toHaveLength(maxSkippedKeys)
    expect(farther.skipped[0]!.index).toBe(5)
    expect(keyAt(farther, 4)).toBeUndefined()
    expect(hexAt(farther, 5)).toBe(hexAt(chain, 5))
  })

  test('begins with nothing skipped, and goes as far ahead from wherever it stands', () => {
    expect(start().skipped).toEqual([])
    const later = useKey(start(), maxSkippedKeys, 0)
    expect(keyAt(later, later.next + maxSkippedKeys)).toBeDefined()
    expect(keyAt(later, later.next + maxSkippedKeys + 1)).toBeUndefined()
  })

  test('forgets skipped keys after 30 days, and keeps them when the clock jumps back', () => {
    const skipped = useKey(start(), 3, 100 * day)
    expect(skipped.skipped.map((key) => key.index)).toEqual([0, 1, 2])
    expect(useKey(skipped, 4, 100 * day + skippedKeyDays * day - 1).skipped).toHaveLength(3)
    expect(useKey(skipped, 4, 100 * day + skippedKeyDays * day).skipped).toHaveLength(0)
    expect(useKey(skipped, 4, 1).skipped).toHaveLength(3)
  })

  test('forgets skipped keys by time alone', () => {
    const skipped = useKey(start(), 3, 100 * day)
    expect(fade(skipped, 100 * day + skippedKeyDays * day - 1)).toBe(skipped)
    expect(fade(skipped, 100 * day + skippedKeyDays * day)).toEqual({ ...skipped, skipped: [] })
  })

  test('loses the key of a message that came another way', () => {
    const chain = useKey(start(), 2, 0)
    const after = useKey(chain, 1, 0)
    expect(keyAt(after, 1)).toBeUndefined()
    expect(hexAt(after, 0)).toBe(hexAt(start(), 0))
    expect(hexAt(after, 3)).toBe(hexAt(start(), 3))
  })
})
