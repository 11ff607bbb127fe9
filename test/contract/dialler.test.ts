// Why somebody is not reached, as the dialler tells it; time and the dials are made up.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createDialler, type Dialler, type DiallerDeps } from '../../src/adapters/network-libp2p/dialler.ts'
import { createTroubles } from '../../src/adapters/network-libp2p/troubles.ts'
import { deviceOf } from './device-of.ts'

const [alice, bob] = [deviceOf(1), deviceOf(2)]
const node = '/ip4/192.0.2.1/tcp/4001/ws/p2p/12D3KooWBtwEpY8gzozYcFDRkyYkn9g7fkY6MmT83nt3Lu47uMbQ'
let dialler: Dialler

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  dialler.stop()
  vi.useRealTimers()
})

type Dial = (signal: AbortSignal) => Promise<unknown>

/** Wants Bob, whom each dial answers as told, the last one for ever. */
const want = (...dials: Dial[]) => {
  const told: string[] = []
  const troubles = createTroubles(() => told.push(...troubles.of(() => true).map(({ trouble, at }) => `${trouble} ${at}`)))
  let isLinked = false
  dialler = createDialler({
    self: alice,
    host: {
      dial: (_: unknown, { signal }: { readonly signal: AbortSignal }) => ((dials.length > 1 ? dials.shift() : dials[0]) as Dial)(signal),
    } as unknown as DiallerDeps['host'],
    through: () => [node],
    need: () => {},
    isLinked: () => isLinked,
    open: async () => (isLinked = true),
    failed: troubles.note,
  })
  dialler.want([bob])
  const unlink = (): void => {
    isLinked = false
    troubles.linked(bob)
    dialler.nudge(bob, 'news')
  }
  /** The other side makes a link, which breaks off. */
  const breakOff = (): void => {
    isLinked = true
    dialler.linked(bob)
    troubles.linked(bob)
    isLinked = false
    troubles.note(bob, 'lost')
    dialler.nudge(bob, 'shared')
  }
  return { told, unlink, breakOff }
}
const away: Dial = () => Promise.reject(new AggregateError([new Error('failed to connect via relay with status NO_RESERVATION')]))
const broken: Dial = () =>
  Promise.reject(new AggregateError([new Error('failed to connect via relay with status NO_RESERVATION'), new Error('reset')]))
const deaf: Dial = (signal) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true }))
const reached: Dial = () => Promise.resolve({})

test('whom no node has is away, told once and since when, however often it is tried', async () => {
  const { told } = want(away)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(told).toEqual(['away 1000000'])
})

test('whoever is reached leaves no trouble', async () => {
  const { told } = want(reached)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(told).toEqual([])
})

test('a node that breaks off is another trouble than one that knows nobody', async () => {
  const { told } = want(away, broken)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told.map((line) => line.split(' ')[0])).toEqual(['away', 'failed'])
})

test('the same trouble after a link is a new one', async () => {
  const { told, unlink } = want(away, reached, away)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toEqual(['away 1000000'])
  vi.setSystemTime(2_000_000)
  unlink()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(told).toEqual(['away 1000000', 'away 2000000'])
})

test('a dial that the other side overtook says nothing when the link that it made is lost', async () => {
  let fail = (): void => {}
  const half: Dial = () => new Promise((_, reject) => (fail = () => reject(new Error('reset'))))
  const { told, breakOff } = want(half, away)
  await vi.advanceTimersByTimeAsync(10)
  breakOff()
  fail()
  await vi.advanceTimersByTimeAsync(10)
  expect(told).toEqual(['lost 1000010'])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told.map((line) => line.split(' ')[0])).toEqual(['lost', 'away'])
})

test('a dial that hears nothing until its deadline was not answered', async () => {
  const late = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), ms)
    return controller.signal
  })
  const { told } = want(deaf)
  await vi.advanceTimersByTimeAsync(21_000)
  expect(told.map((line) => line.split(' ')[0])).toEqual(['silent'])
  late.mockRestore()
})
