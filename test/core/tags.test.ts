import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tagsAt } from '../../src/core/tags.ts'
import { bytesFor } from './cast.ts'
import { withStillInputs } from './still.ts'

const day = 86_400_000
const hour = 3_600_000
const secret = bytesFor('secret')
const at = (now: number) => tagsAt(secret, 'topic', now)

describe('blinded tags', () => {
  test('are new every day, and of 16 bytes', () => {
    const noons = [0, 1, 2].map((n) => at(n * day + day / 2))
    expect(noons.every((tags) => tags.length === 1 && /^[0-9a-f]{32}$/.test(tags[0]!))).toBe(true)
    expect(new Set(noons.flat()).size).toBe(3)
  })

  test('are two in the hour before and the hour after midnight, today’s first', () => {
    const [today] = at(10 * day + day / 2)
    const [tomorrow] = at(11 * day + day / 2)
    expect(at(11 * day - hour - 1)).toEqual([today])
    expect(at(11 * day - hour)).toEqual([today, tomorrow])
    expect(at(11 * day - 1)).toEqual([today, tomorrow])
    expect(at(11 * day)).toEqual([tomorrow, today])
    expect(at(11 * day + hour - 1)).toEqual([tomorrow, today])
    expect(at(11 * day + hour)).toEqual([tomorrow])
  })

  test('let two whose clocks are up to an hour apart meet at any time', () => {
    fc.assert(
      fc.property(fc.integer({ min: day, max: 40_000 * day }), fc.integer({ min: -hour, max: hour }), (now, skew) => {
        const theirs = at(now + skew)
        expect(at(now).some((tag) => theirs.includes(tag))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('differ by purpose and by secret, and tell neither', () => {
    const all = [at(0), tagsAt(secret, 'invite', 0), tagsAt(bytesFor('another'), 'topic', 0)].flat()
    expect(new Set(all).size).toBe(all.length)
    expect(withStillInputs([secret, 'topic', 5] as const, (...inputs) => tagsAt(...inputs))).toEqual(at(5))
  })

  test('exist for clocks before 1970 too', () => {
    expect(at(-5 * day)).toEqual(at(hour))
  })
})
