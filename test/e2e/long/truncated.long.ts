// The log of a browser's database loses its end, again and again, as when the power fails: what was there before is there again, what is
// missing comes back from those who have it, also one's own, and nothing that is said afterwards contradicts it.
import { story } from '../world/story.ts'
import { cutLog, databaseLog } from '../world/database-log.ts'
import { seesLast } from './last-words.ts'
import { deadlineOf, timesOf } from './times.ts'

const times = timesOf(50)
/** Milliseconds for two who have to find each other again. */
const foundMs = 45_000

story(
  `The database log of Bob is cut short ${times} times`,
  async (world) => {
    const [alice, bob] = await world.pair('Alice', 'Bob')
    for (let n = 1; n <= times; n++) {
      await bob.leave()
      const before = await databaseLog(bob.browser.folder)
      await bob.comeBack()
      await bob.open('Alice')
      const words = [`${n} by Alice`, `${n} by Bob`]
      await alice.say(`${n} by Alice`)
      await seesLast(bob, [`${n} by Alice`], foundMs)
      await bob.say(`${n} by Bob`)
      await seesLast(alice, words)
      await bob.leave()
      const after = await databaseLog(bob.browser.folder)
      // Somewhere in what came since, all of which may be in a log of its own; mostly within a record.
      const from = after.path === before.path ? before.bytes : 0
      await cutLog(after, Math.floor(from + ((after.bytes - from) * (n % 10)) / 10))
      await bob.comeBack()
      await bob.open('Alice')
      await seesLast(bob, words, foundMs)
      await bob.say(`${n} again`)
      await seesLast(alice, [`${n} by Bob`, `${n} again`], foundMs)
    }
  },
  deadlineOf(2 * times),
)
