import { describe, expect, test } from 'vitest'
import { hlcPerMs, maxHlc, nextHlc } from '../../../src/core/event/clock.ts'
import { maxWallClockMs } from '../../../src/core/limits.ts'
import { msPerDay } from '../../../src/core/time.ts'

const now = Date.UTC(2026, 10, 20)
const tenYears = 10 * 365 * msPerDay

describe('the clock of the next event', () => {
  test('is the wall clock’s when that is ahead of all that was seen', () => {
    expect(nextHlc(now, 0, [])).toBe(now * hlcPerMs)
    expect(nextHlc(now, 5, [(now - 1) * hlcPerMs])).toBe(now * hlcPerMs)
  })

  test('runs ahead of one’s own last event, also when the wall clock stands still or is set back', () => {
    const last = now * hlcPerMs
    expect(nextHlc(now, last, [])).toBe(last + 1)
    expect(nextHlc(now - msPerDay, last + 7, [])).toBe(last + 8)
  })

  test('runs ahead of everything seen, in whatever order that stands', () => {
    const seen = [3, 9, 6].map((ahead) => now * hlcPerMs + ahead)
    expect(nextHlc(now, 0, seen)).toBe(now * hlcPerMs + 10)
    expect(nextHlc(now, now * hlcPerMs + 20, seen)).toBe(now * hlcPerMs + 21)
  })

  test('follows a clock that is ten years ahead of this device, and nothing beyond', () => {
    const last = (now + tenYears) * hlcPerMs
    expect(nextHlc(now, 0, [last])).toBe(last + 1)
    expect(nextHlc(now, 0, [last + 1])).toBe(now * hlcPerMs)
    // One lie does not keep the rest from being followed.
    expect(nextHlc(now, 0, [last + 1, now * hlcPerMs + 4])).toBe(now * hlcPerMs + 5)
  })

  test('may be said by those who follow the last clock that is followed, for a million million events', () => {
    const followed = nextHlc(maxWallClockMs, 0, [(maxWallClockMs + tenYears) * hlcPerMs])
    expect(maxHlc - followed).toBeGreaterThan(1e12)
    expect(Number.isSafeInteger(maxHlc)).toBe(true)
  })
})
