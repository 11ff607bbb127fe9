import { afterEach, expect, test, vi } from 'vitest'
import { collectAll, tidyMemoryAfterNoise } from '../../bootstrap-node/tidy-memory.ts'

afterEach(() => void vi.useRealTimers())

test('memory is tidied once after each noise, and never in the midst of it, for a few visits, or while many are there', () => {
  vi.useFakeTimers()
  let visits = 0
  let guests = 0
  let tidied = 0
  const stop = tidyMemoryAfterNoise(
    () => visits,
    () => guests,
    () => tidied++,
  )
  const pass = (visitsPerTenSeconds: number, times: number): number => {
    for (let time = 0; time < times; time++) {
      visits += visitsPerTenSeconds
      vi.advanceTimersByTime(10_000)
    }
    return tidied
  }
  expect(pass(0, 5)).toBe(0)
  expect(pass(40, 5)).toBe(0)
  expect(pass(5_000, 5)).toBe(0)
  expect(pass(0, 5)).toBe(1)
  expect(pass(5_000, 1)).toBe(1)
  expect(pass(30, 5)).toBe(2)
  guests = 1_000
  expect(pass(5_000, 2) + pass(0, 5)).toBe(4)
  guests = 3
  expect(pass(0, 5)).toBe(3)
  stop()
  expect(pass(5_000, 1) + pass(0, 5)).toBe(6)
})

test('what V8 is asked for it knows', () => {
  expect(() => collectAll()).not.toThrow()
})
