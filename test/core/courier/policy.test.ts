import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { carriersOf, type Handed } from '../../../src/core/courier/carriers.ts'
import { copiesFromAuthor, copiesFromCourier, copyBudget, inOrder, mayExchange, patienceMs } from '../../../src/core/courier/policy.ts'
import { alice, bob, carol, dave } from '../cast.ts'

describe('who may carry', () => {
  const stranger = { isMe: false, sharesGroup: false, setting: undefined }

  test('people of a group do, unless it is said otherwise; others only when it is said', () => {
    expect(mayExchange(stranger)).toBe(false)
    expect(mayExchange({ ...stranger, sharesGroup: true })).toBe(true)
    expect(mayExchange({ ...stranger, sharesGroup: true, setting: false })).toBe(false)
    expect(mayExchange({ ...stranger, setting: true })).toBe(true)
  })

  test('one’s own devices always do', () => {
    expect(mayExchange({ ...stranger, isMe: true, setting: false })).toBe(true)
  })

  test('those who meet the recipient come first, and the order is the same each time', () => {
    const candidates = [alice, bob, carol, dave].map(({ device }) => ({ device, knowsRecipient: device === carol.device }))
    expect(inOrder(candidates)[0]).toBe(carol.device)
    expect(inOrder(candidates.toReversed())).toEqual(inOrder(candidates))
  })
})

describe('copies', () => {
  test('of one envelope never become more than the budget, whoever meets whom', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (meetings) => {
        // Number 0 is the author, whose own copy is the outbox; the others have what they were given.
        const copies = [copyBudget, ...Array.from({ length: 20 }, () => 0)]
        for (const [turn, giver] of meetings.entries()) {
          const taker = 1 + ((turn * 7) % 20)
          const given = giver === 0 ? copiesFromAuthor(copies[0]!) : copiesFromCourier(copies[giver]!)
          if (giver === taker || copies[taker]! > 0 || given === 0) continue
          copies[giver]! -= given
          copies[taker]! += given
        }
        const [left, ...carried] = copies
        expect(left! + carried.reduce((sum, count) => sum + count, 0)).toBe(copyBudget)
        expect(carried.filter((count) => count > 0).length).toBeLessThanOrEqual(copyBudget)
      }),
    )
  })

  test('go out from the author by halves, and a courier keeps the last one', () => {
    expect([4, 2, 1, 0].map(copiesFromAuthor)).toEqual([2, 1, 1, 0])
    expect([4, 2, 1].map(copiesFromCourier)).toEqual([2, 1, 0])
  })
})

test('one waits longer before another envelope when many are under way or keys run out', () => {
  expect(patienceMs(0, 16)).toBe(5_000)
  expect(patienceMs(8, 16)).toBeGreaterThan(patienceMs(0, 16))
  expect(patienceMs(0, 3)).toBeGreaterThan(patienceMs(8, 16))
})

describe('the word "carried"', () => {
  const handed: Handed = { recipient: bob.device, upTo: 5, couriers: [carol.device], expiresAt: 1_000 }

  test('stands for receipts alone, and for each courier once', () => {
    expect(carriersOf([handed, { ...handed, upTo: 9 }], [bob.device], 5, 0)).toEqual([carol.device])
    expect(carriersOf([{ ...handed, couriers: [] }], [bob.device], 5, 0)).toEqual([])
    expect(carriersOf([handed, { ...handed, couriers: [dave.device] }], [bob.device], 1, 0)).toHaveLength(2)
  })

  test('ends with the envelope, and says nothing of later messages or other devices', () => {
    expect(carriersOf([handed], [bob.device], 5, 1_000)).toEqual([])
    expect(carriersOf([handed], [bob.device], 6, 0)).toEqual([])
    expect(carriersOf([handed], [alice.device], 5, 0)).toEqual([])
  })
})
