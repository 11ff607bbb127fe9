// A page is frozen by its browser, as on a phone whose screen is off: what was said meanwhile is there soon after it thaws, and it talks on.
// `PARLEY_MINUTES` names other times than those that the story promises, such as `0.5,2`.
import { expect } from 'vitest'
import { story } from '../world/story.ts'
import { pause } from '../world/until.ts'
import { seesLast } from './last-words.ts'

const minutes = (process.env['PARLEY_MINUTES'] ?? '1,5,30').split(',').map(Number)
/** Milliseconds from the thaw until everything is there and what is said arrives. */
const usableMs = 5_000
const perMinute = 60_000

story(
  `Bob's page is frozen for ${minutes.join(', ')} minutes while Alice writes`,
  async (world) => {
    const [alice, bob] = await world.pair('Alice', 'Bob')
    await alice.connection(/Direct/)
    const browser = await bob.page().context().newCDPSession(bob.page())
    for (const [n, minute] of minutes.entries()) {
      await browser.send('Page.setWebLifecycleState', { state: 'frozen' })
      const words = Array.from({ length: 3 }, (_, at) => `${n}.${at} while Bob sleeps`)
      for (const text of words) {
        await alice.say(text)
        await pause((minute * perMinute) / words.length)
      }
      await browser.send('Page.setWebLifecycleState', { state: 'active' })
      const began = performance.now()
      await seesLast(bob, words)
      const seen = performance.now() - began
      await bob.say(`${n} awake`)
      await seesLast(alice, [words.at(-1) ?? '', `${n} awake`])
      const usable = performance.now() - began
      console.log(`${minute} minutes: all there ${Math.round(seen)} ms after the thaw, talking after ${Math.round(usable)} ms`)
      expect(usable).toBeLessThan(usableMs)
    }
  },
  60_000 + minutes.reduce((sum, minute) => sum + minute * perMinute + 60_000, 0),
)
