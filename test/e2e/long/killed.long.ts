// A browser is killed again and again while both send and receive: what stood on a screen is there again, and arrives, once.
import { story } from '../world/story.ts'
import { until } from '../world/until.ts'
import { seesLast } from './last-words.ts'
import { deadlineOf, timesOf } from './times.ts'

const times = timesOf(200)
/** Milliseconds for two who have to find each other again; the other one notices only after a while that somebody is gone. */
const foundMs = 45_000

story(
  `One of two browsers is killed ${times} times while Alice and Bob both write`,
  async (world) => {
    const [alice, bob] = await world.pair('Alice', 'Bob')
    for (let n = 1; n <= times; n++) {
      const [stays, goes] = n % 2 === 0 ? [alice, bob] : [bob, alice]
      const said = [`${alice.name} ${n}`, `${bob.name} ${n}`]
      await Promise.all([alice.say(`${alice.name} ${n}`), bob.say(`${bob.name} ${n}`)])
      // What is on one's own screen is on the disk. What is on its way, and what comes just now, is cut off anywhere.
      await until('it stands on the own screen', async () => (await goes.messages()).some(({ text }) => text === `${goes.name} ${n}`))
      await goes.browser.kill()
      await goes.comeBack()
      await goes.open(stays.name)
      await Promise.all([seesLast(stays, said, foundMs), seesLast(goes, said, foundMs)])
    }
  },
  deadlineOf(times),
)
