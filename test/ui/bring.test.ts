// Parts of the page that come later, over a network that breaks off.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bring } from '../../src/ui/bring.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const failing = (times: number) => {
  let asked = 0
  const load = () => (++asked > times ? Promise.resolve('a sheet') : Promise.reject(new TypeError('Failed to fetch')))
  return { load, asked: () => asked }
}

test('what a change of network broke off is asked for again', async () => {
  const { load, asked } = failing(2)
  const brought = bring(load)
  await vi.runAllTimersAsync()
  expect(await brought).toBe('a sheet')
  expect(asked()).toBe(3)
})

test('what cannot be had is given up in the end', async () => {
  const { load, asked } = failing(Number.POSITIVE_INFINITY)
  const brought = bring(load).catch((failure: Error) => failure.message)
  await vi.runAllTimersAsync()
  expect(await brought).toBe('Failed to fetch')
  expect(asked()).toBe(4)
})

test('what nobody wants any more is not asked for again', async () => {
  const { load, asked } = failing(1)
  const brought = bring(load, () => false).catch((failure: Error) => failure.message)
  await vi.runAllTimersAsync()
  expect(await brought).toBe('Failed to fetch')
  expect(asked()).toBe(1)
})
