import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blindTag, dayOf, daysToCollect, endOfDay, mailboxTag } from '../../../src/core/courier/mailbox.ts'
import { lastDayFor } from '../../../src/core/courier/policy.ts'
import { carriedDays } from '../../../src/core/limits.ts'
import { alice, bob, bytesFor } from '../cast.ts'

const dayMs = 86_400_000
const now = fc.integer({ min: 20 * dayMs, max: 4_000_000_000_000 })

describe('a mailbox', () => {
  test('has another name for each secret, device and day', () => {
    const names = [bytesFor('one'), bytesFor('two')].flatMap((secret) =>
      [alice, bob].flatMap(({ device }) => [1, 2, 20_000].map((day) => mailboxTag(secret, device, day))),
    )
    expect(new Set(names).size).toBe(names.length)
    expect(mailboxTag(bytesFor('one'), alice.device, 1)).toBe(names[0])
  })

  test('is asked for as long as anything in it may be carried, with clocks up to an hour apart', () => {
    fc.assert(
      fc.property(now, fc.integer({ min: -3_600_000, max: 3_600_000 }), (made, skew) => {
        const expires = endOfDay(lastDayFor(made))
        for (const later of [made, made + dayMs, expires - 3_600_001]) {
          if (later + skew >= made - 3_600_000) expect(daysToCollect(later + skew)).toContain(dayOf(made))
        }
      }),
    )
  })

  test('is asked for among few: two weeks, and one more day around midnight', () => {
    fc.assert(
      fc.property(now, (at) => {
        const days = daysToCollect(at)
        expect(days.length).toBeGreaterThanOrEqual(carriedDays + 1)
        expect(days.length).toBeLessThanOrEqual(carriedDays + 2)
        expect(days).toEqual(days.toSorted((a, b) => a - b))
      }),
    )
    expect(daysToCollect(0)).toEqual([0])
  })

  test('is asked for by a name that is another in each request', () => {
    const mailbox = mailboxTag(bytesFor('secret'), bob.device, 20_000)
    const [one, two] = [bytesFor('nonce one').subarray(0, 16), bytesFor('nonce two').subarray(0, 16)]
    expect(blindTag(one, mailbox)).not.toBe(blindTag(two, mailbox))
    expect(blindTag(one, mailbox)).toBe(blindTag(one, mailbox))
    expect(blindTag(one, mailbox)).toMatch(/^[0-9a-f]{16}$/)
    expect(mailbox.includes(blindTag(one, mailbox))).toBe(false)
  })
})
