// Eight tabs of one person, of which the one that leads is closed or crashes again and again: the next one leads, and nobody else notices.
import { expect } from 'vitest'
import { figureOf } from '../../bench/figures.ts'
import { story } from '../world/story.ts'
import { until } from '../world/until.ts'
import type { Tab } from '../world/tab.ts'
import { seesLast } from './last-words.ts'
import { deadlineOf, timesOf } from './times.ts'

const times = timesOf(50)
const tabs = 8

story(
  `Of eight tabs of Alice the one that leads goes ${times} times`,
  async (world) => {
    const [alice, bob] = await world.pair('Alice', 'Bob')
    const open: Tab[] = [alice]
    const openOne = async (): Promise<void> => {
      const tab = await alice.secondTab()
      await tab.open('Bob')
      open.push(tab)
    }
    while (open.length < tabs) await openOne()
    const [led, took]: [number[], number[]] = [[], []]
    for (let n = 1; n <= times; n++) {
      // They lead in the order in which they came.
      const leading = open.shift()?.page()
      const next = open[0]
      if (leading === undefined || next === undefined) throw new Error('there are eight tabs')
      const began = performance.now()
      if (n % 2 === 0) await leading.close()
      else await alice.browser.witnesses[0]?.crash(leading)
      await next.say(`after ${n}`)
      // Only who leads writes anything down.
      await until('it stands on the own screen', async () => (await next.messages()).some(({ text }) => text === `after ${n}`))
      led.push(performance.now() - began)
      await seesLast(bob, n === 1 ? ['after 1'] : [`after ${n - 1}`, `after ${n}`])
      took.push(performance.now() - began)
      if (n % 2 === 1) await leading.close()
      await openOne()
      expect((await world.node.health()).reservations).toBeLessThanOrEqual(2)
    }
    await until('the node knows two devices', async () => (await world.node.health()).reservations === 2)
    expect((await bob.people()).map(({ name }) => name).toSorted()).toEqual(['Alice', 'Bob'])
    console.log(`from the end of a tab to the next one's message on its own screen: ${spread(led)}; at Bob: ${spread(took)}`)
  },
  deadlineOf(times),
)

const spread = (ms: readonly number[]): string => `p50 ${Math.round(figureOf(ms).p50)} ms, at most ${Math.round(Math.max(...ms))} ms`
