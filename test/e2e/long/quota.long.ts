// The disk has no room, again and again: whoever has none is told so when they speak and hears nothing meanwhile; once there is room again,
// everything is there, once, and what was typed can be sent.
import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { story } from '../world/story.ts'
import { until } from '../world/until.ts'
import { seesLast } from './last-words.ts'
import { deadlineOf, timesOf } from './times.ts'

const times = timesOf(20)
/** Milliseconds for what did not fit to be asked for again. */
const returnMs = 30_000
/** Milliseconds for which Chromium believes what it last knew of the room that is left. */
const noticedMs = 60_000

story(
  `The disk of Bob is full ${times} times while Alice writes`,
  async (world) => {
    const [alice, bob] = await world.pair('Alice', 'Bob')
    const browser = await bob.page().context().newCDPSession(bob.page())
    const origin = new URL(world.url).origin
    const took: number[] = []
    for (let n = 1; n <= times; n++) {
      await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
      await until('the browser has noticed', async () => !(await takesMore(bob.page())), noticedMs)
      const words = [`${n} a`, `${n} b`]
      for (const text of words) await alice.say(text)
      await bob.say(`${n} without room`)
      await bob.page().getByText('This device has no room left').first().waitFor()
      expect((await alice.messages()).some(({ text }) => text === `${n} without room`)).toBe(false)
      await browser.send('Storage.overrideQuotaForOrigin', { origin })
      took.push(await seesLast(bob, words, returnMs))
      // What could not be sent stands in the composer.
      await bob.page().getByRole('textbox', { name: 'Message', exact: true }).press('Enter')
      await seesLast(alice, [...words.slice(1), `${n} without room`])
    }
    console.log(`all there at most ${Math.round(Math.max(...took))} ms after there was room again`)
  },
  deadlineOf(times),
)

/** Whether the browser stores another byte of the page. */
const takesMore = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    const opening = indexedDB.open('probe')
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('bytes', { autoIncrement: true }))
    const ended = (target: IDBRequest | IDBTransaction, good: string, bad: string): Promise<boolean> =>
      new Promise((resolve) => {
        target.addEventListener(good, () => resolve(true))
        target.addEventListener(bad, () => resolve(false))
      })
    if (!(await ended(opening, 'success', 'error'))) return false
    const transaction = opening.result.transaction('bytes', 'readwrite')
    transaction.objectStore('bytes').add(1)
    const isTaken = await ended(transaction, 'complete', 'abort')
    opening.result.close()
    return isTaken
  })
