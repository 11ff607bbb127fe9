// What "later" usually means, by the clock on the wall.
import { describe, expect, test } from 'vitest'
import { localInput, usualTimes } from '../../src/ui/conversation/usual-times.ts'

const at = (hour: number, minute = 0): number => new Date(2026, 10, 20, hour, minute).getTime()
const shown = (now: number): readonly string[] =>
  usualTimes(now).map((time) => `${time.name} ${new Date(time.at).toTimeString().slice(0, 5)}`)

describe('later', () => {
  test('is in an hour, this evening and tomorrow morning', () => {
    expect(shown(at(9, 30))).toEqual(['hour 10:30', 'evening 20:00', 'morning 08:00'])
  })

  test('is no evening any more once the hour reaches it', () => {
    expect(shown(at(19, 30))).toEqual(['hour 20:30', 'morning 08:00'])
  })

  test('is always still to come', () => {
    for (let hour = 0; hour < 24; hour++) for (const time of usualTimes(at(hour, 59))) expect(time.at).toBeGreaterThan(at(hour, 59))
  })

  test('stands in a field as the wall shows it', () => {
    expect(localInput(at(9, 5))).toBe('2026-11-20T09:05')
  })
})
