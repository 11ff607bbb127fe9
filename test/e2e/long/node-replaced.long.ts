// The node is killed and replaced again and again while two people talk: their link stands, everything arrives, and each time both can be
// found again.
import { expect } from 'vitest'
import { figureOf } from '../../bench/figures.ts'
import { story } from '../world/story.ts'
import { until } from '../world/until.ts'
import { seesLast } from './last-words.ts'
import { deadlineOf, timesOf } from './times.ts'

const times = timesOf(20)
/** Milliseconds until both hold a slot again. */
const healMs = 15_000

story(
  `The node is killed and replaced ${times} times while Alice and Bob talk`,
  async (world) => {
    const [alice, bob] = await world.pair('Alice', 'Bob')
    await alice.connection(/Direct/)
    await bob.connection(/Direct/)
    const took: number[] = []
    const healed: number[] = []
    for (let n = 1; n <= times; n++) {
      await world.node.kill()
      for (const [one, other, text] of [
        [alice, bob, `Alice without a node ${n}`],
        [bob, alice, `Bob without a node ${n}`],
      ] as const) {
        await one.say(text)
        took.push(await seesLast(other, [text]))
      }
      await world.node.revive()
      healed.push(await until('both can be found again', async () => (await world.node.health()).reservations === 2, healMs))
      await alice.say(`Alice with a node ${n}`)
      took.push(await seesLast(bob, [`Alice with a node ${n}`]))
      // Never lost, or it would have to be found anew: a link that stands says so on both pills.
      for (const person of [alice, bob])
        expect(await person.page().getByRole('status', { name: 'Connection' }).innerText()).toMatch(/Direct/)
    }
    console.log(
      `${took.length} messages, p95 ${Math.round(figureOf(took).p95)} ms; both slots again at most ${Math.round(Math.max(...healed))} ms after the node`,
    )
  },
  deadlineOf(times),
)
