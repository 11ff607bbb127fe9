// The cable itself, on a clock that is turned by hand: what the figures of the bed rest on.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createLane } from './lane.ts'
import { halfOf, perfect, way } from './quality.ts'

const packet = (mark: number, bytes = 1): Uint8Array => new Uint8Array(bytes).fill(mark)

describe('A cable', () => {
  let out: { readonly mark: number; readonly at: number }[] = []
  const lane = (random: () => number = () => 0.5) =>
    createLane((bytes) => out.push({ mark: bytes[0] ?? -1, at: performance.now() }), random)

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    out = []
  })
  afterEach(() => vi.useRealTimers())

  test('that is perfect gives at once', () => {
    const cable = lane()
    cable.take(packet(1))
    expect(out.map(({ mark }) => mark)).toEqual([1])
  })

  test('keeps packets for its delay', async () => {
    const cable = lane()
    cable.become({ ...perfect, delayMs: 50 })
    const from = performance.now()
    cable.take(packet(1))
    await vi.advanceTimersByTimeAsync(49)
    expect(out).toEqual([])
    await vi.advanceTimersByTimeAsync(2)
    expect(out.map(({ at }) => at - from)).toEqual([50])
  })

  test('with jitter keeps the order', async () => {
    const dice = [0.9, 0.9, 0.9, 0.9, 0.1, 0.9]
    const cable = lane(() => dice.shift() ?? 0)
    cable.become({ ...perfect, delayMs: 10, jitterMs: 100 })
    cable.take(packet(1))
    cable.take(packet(2))
    await vi.advanceTimersByTimeAsync(200)
    expect(out.map(({ mark }) => mark)).toEqual([1, 2])
  })

  test('lets some overtake when it is told so', async () => {
    const dice = [0.9, 0.9, 0.9, 0.9, 0.9, 0.1]
    const cable = lane(() => dice.shift() ?? 0)
    cable.become({ ...perfect, delayMs: 100, reordered: 0.5 })
    cable.take(packet(1))
    cable.take(packet(2))
    await vi.advanceTimersByTimeAsync(200)
    expect(out.map(({ mark }) => mark)).toEqual([2, 1])
  })

  test('loses its share', () => {
    let turn = 0
    const cable = lane(() => (turn++ % 10) / 10)
    cable.become({ ...perfect, loss: 0.25 })
    for (let index = 0; index < 1_000; index++) cable.take(packet(index))
    expect(out.length).toBeGreaterThan(600)
    expect(out.length).toBeLessThan(900)
  })

  test('of a megabit carries a megabit, and loses what its queue does not hold', async () => {
    const cable = lane()
    cable.become({ ...perfect, rateMbit: 1 })
    const from = performance.now()
    for (let index = 0; index < 1_000; index++) cable.take(packet(index, 1_250))
    await vi.advanceTimersByTimeAsync(1_005)
    // 1,250 bytes are 10 ms of a megabit.
    expect(out.length).toBe(100)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(out.length).toBe(210)
    expect((out.at(-1)?.at ?? 0) - from).toBeGreaterThan(2_000)
  })

  test('is half of a way: two of them make the whole', () => {
    const whole = way(200, 0.3, { jitterMs: 20 })
    const half = halfOf(whole)
    expect(whole.delayMs).toBe(100)
    expect(2 * half.delayMs).toBe(whole.delayMs)
    expect(1 - (1 - half.loss) ** 2).toBeCloseTo(whole.loss)
  })
})
