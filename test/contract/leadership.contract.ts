// What every leadership promises (src/ports/leadership.ts): exactly one leader among the tabs of one browser, and never none for long.
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Leadership } from '../../src/ports/leadership.ts'

export interface LeadershipWorld {
  /** One more tab of the same browser. */
  tab(): Leadership
}

/** The promise is 2 s; whoever waits longer than this has been forgotten. */
const handoverMs = 2_000

export const leadershipContract = (name: string, createWorld: () => LeadershipWorld): void => {
  describe(`leadership contract: ${name}`, () => {
    const standing: (() => void)[] = []
    const stand = (world: LeadershipWorld, elected: () => void) => {
      const stop = world.tab().campaign(elected)
      standing.push(stop)
      return stop
    }
    const soon = (check: () => void) => vi.waitFor(check, { timeout: handoverMs, interval: 5 })
    afterEach(() => {
      for (const stop of standing.splice(0)) stop()
    })

    test('the only tab is elected, once, and not within its own call', async () => {
      const elected = vi.fn<() => void>()
      stand(createWorld(), elected)
      expect(elected).not.toHaveBeenCalled()
      await soon(() => expect(elected).toHaveBeenCalledTimes(1))
    })

    test('of eight tabs one leads at any time, and each that goes hands over to another until all had their turn', async () => {
      const world = createWorld()
      const leading = new Set<number>()
      const history: number[] = []
      const most = { atOnce: 0 }
      const stops = Array.from({ length: 8 }, (_, tab) =>
        stand(world, () => {
          leading.add(tab)
          history.push(tab)
          most.atOnce = Math.max(most.atOnce, leading.size)
        }),
      )
      for (let turn = 1; turn <= 8; turn += 1) {
        await soon(() => expect(history).toHaveLength(turn))
        const leader = history.at(-1)!
        leading.delete(leader)
        stops[leader]!()
      }
      expect(most.atOnce).toBe(1)
      expect(new Set(history).size).toBe(8)
    })

    test('who stands down while waiting is never elected', async () => {
      const world = createWorld()
      const [first, second, third] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<() => void>()]
      const stopFirst = stand(world, first)
      const stopSecond = stand(world, second)
      stand(world, third)
      await soon(() => expect(first).toHaveBeenCalled())
      stopSecond()
      stopSecond()
      stopFirst()
      await soon(() => expect(third).toHaveBeenCalled())
      expect(second).not.toHaveBeenCalled()
    })

    test('who stands down at once is not elected, and holds nobody up', async () => {
      const world = createWorld()
      const [gone, next] = [vi.fn<() => void>(), vi.fn<() => void>()]
      stand(world, gone)()
      stand(world, next)
      await soon(() => expect(next).toHaveBeenCalled())
      expect(gone).not.toHaveBeenCalled()
    })

    test('who was leader may stand again', async () => {
      const world = createWorld()
      const tab = world.tab()
      const elected = vi.fn<() => void>()
      tab.campaign(() => elected())
      await soon(() => expect(elected).toHaveBeenCalledTimes(1))
      standing.push(tab.campaign(elected))
      expect(elected).toHaveBeenCalledTimes(1)
    })

    test('two browsers have a leader each', async () => {
      const [here, there] = [vi.fn<() => void>(), vi.fn<() => void>()]
      stand(createWorld(), here)
      stand(createWorld(), there)
      await soon(() => expect([here.mock.calls.length, there.mock.calls.length]).toEqual([1, 1]))
    })
  })
}
