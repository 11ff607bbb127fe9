import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide, type Load } from '../../../src/core/courier/quota.ts'
import { envelopeId, type EnvelopeId } from '../../../src/core/ids.ts'
import { carriedDays, maxCarriedBytes, maxCarriedBytesInAll, maxCarriedEnvelopes, maxCarriedInAll } from '../../../src/core/limits.ts'
import { alice, bob, bytesFor, carol } from '../cast.ts'

const dayMs = 86_400_000
const now = 20_000 * dayMs
const idOf = (n: number): EnvelopeId => envelopeId(bytesFor(`envelope ${n}`).subarray(0, 16))
const load = (n: number, change: Partial<Load> = {}): Load => ({
  id: idOf(n),
  giver: alice.identity,
  bytes: 1_024,
  expiresAt: now + dayMs,
  ...change,
})
const loads = (count: number, change: Partial<Load> = {}, from = 0): readonly Load[] =>
  Array.from({ length: count }, (_, n) => load(from + n, change))
const anyLoad = fc.record({
  id: fc.nat(60).map(idOf),
  giver: fc.constantFrom(alice.identity, bob.identity, carol.identity),
  bytes: fc.constantFrom(256, 1_024, 65_536),
  expiresAt: fc.integer({ min: now - 3 * dayMs, max: now + 20 * dayMs }),
})

describe('a courier', () => {
  test('keeps what fits into the share of whoever gives it', () => {
    expect(decide([], load(1), now)).toEqual({ verdict: { kind: 'keep' }, evict: [] })
    expect(decide(loads(maxCarriedEnvelopes - 1), load(900), now).verdict).toEqual({ kind: 'keep' })
  })

  test('refuses number 201 of a contact, and has room for another contact', () => {
    const full = loads(maxCarriedEnvelopes)
    expect(decide(full, load(900), now).verdict).toEqual({ kind: 'refuse', reason: 'too-many' })
    expect(decide(full, load(900, { giver: bob.identity }), now).verdict).toEqual({ kind: 'keep' })
  })

  test('refuses more than 4 MiB of a contact', () => {
    const almost = loads(63, { bytes: 65_536 })
    expect(64 * 65_536).toBe(maxCarriedBytes)
    expect(decide(almost, load(900, { bytes: 65_536 }), now).verdict).toEqual({ kind: 'keep' })
    expect(decide([...almost, load(901, { bytes: 256 })], load(900, { bytes: 65_536 }), now).verdict).toEqual({
      kind: 'refuse',
      reason: 'too-large',
    })
  })

  test('has an end for all contacts together', () => {
    const people = Array.from({ length: 20 }, (_, n) => `${n}` as typeof alice.identity)
    const full = people.flatMap((giver, n) => loads(maxCarriedInAll / people.length, { giver, bytes: 256 }, 1_000 * n))
    expect(decide(full, load(99_999), now).verdict).toEqual({ kind: 'refuse', reason: 'too-many' })
    const large = people.slice(0, 8).flatMap((giver, n) => loads(64, { giver, bytes: 65_536 }, 1_000 * n))
    expect(8 * 64 * 65_536).toBe(maxCarriedBytesInAll)
    expect(decide(large, load(99_999), now).verdict).toEqual({ kind: 'refuse', reason: 'too-large' })
  })

  test('lets go of what has expired, and takes nothing that has, or that would stay for longer than two weeks', () => {
    const old = load(1, { expiresAt: now })
    expect(decide([old, load(2)], load(3), now)).toEqual({ verdict: { kind: 'keep' }, evict: [old.id] })
    expect(decide([], load(3, { expiresAt: now }), now).verdict).toEqual({ kind: 'refuse', reason: 'expired' })
    expect(decide([], load(3, { expiresAt: now + (carriedDays + 3) * dayMs }), now).verdict).toEqual({ kind: 'refuse', reason: 'too-long' })
    expect(decide([], load(3, { expiresAt: now + (carriedDays + 1) * dayMs }), now).verdict).toEqual({ kind: 'keep' })
  })

  test('knows what is carried already', () => {
    expect(decide([load(1)], load(1, { giver: bob.identity }), now).verdict).toEqual({ kind: 'known' })
  })

  test('stays within every share, whatever is offered, and never drops what still holds', () => {
    fc.assert(
      fc.property(fc.array(anyLoad, { maxLength: 80 }), (offers) => {
        let carried: readonly Load[] = []
        for (const offer of offers) {
          const { verdict, evict } = decide(carried, offer, now)
          for (const id of evict) expect(carried.find((held) => held.id === id)!.expiresAt).toBeLessThanOrEqual(now)
          carried = carried.filter((held) => !evict.includes(held.id))
          if (verdict.kind === 'keep') carried = [...carried, offer]
          for (const giver of [alice, bob, carol]) {
            const share = carried.filter((held) => held.giver === giver.identity)
            expect(share.length).toBeLessThanOrEqual(maxCarriedEnvelopes)
            expect(share.reduce((sum, held) => sum + held.bytes, 0)).toBeLessThanOrEqual(maxCarriedBytes)
          }
          expect(new Set(carried.map((held) => held.id)).size).toBe(carried.length)
        }
      }),
    )
  })
})
