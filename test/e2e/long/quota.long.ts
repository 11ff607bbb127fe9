// The disk has no room, again and again: whoever has none is told so when they speak and hears nothing meanwhile; once there is room again,
// everything is there, once, and what was typed can be sent.
import { expect } from 'vitest'
import { createDisk } from '../world/disk.ts'
import { story } from '../world/story.ts'
import { seesLast } from './last-words.ts'
import { deadlineOf, timesOf } from './times.ts'

const times = timesOf(20)
/** Milliseconds for what did not fit to be asked for again. */
const returnMs = 30_000

story(
  `The disk of Bob is full ${times} times while Alice writes`,
  async (world) => {
    const [alice, bob] = await world.people('Alice', 'Bob')
    const disk = await createDisk(bob.page(), world.url)
    await world.acquaint(alice, bob)
    const took: number[] = []
    for (let n = 1; n <= times; n++) {
      await disk.fill()
      const words = [`${n} a`, `${n} b`]
      for (const text of words) await alice.say(text)
      await bob.say(`${n} without room`)
      await bob.page().getByText('This device has no room left').first().waitFor()
      expect((await alice.messages()).some(({ text }) => text === `${n} without room`)).toBe(false)
      await disk.clear()
      took.push(await seesLast(bob, words, returnMs))
      // What could not be sent stands in the composer.
      await bob.page().getByRole('textbox', { name: 'Message', exact: true }).press('Enter')
      await seesLast(alice, [...words.slice(1), `${n} without room`])
    }
    console.log(`all there at most ${Math.round(Math.max(...took))} ms after there was room again`)
  },
  deadlineOf(times),
)
