// The log of a browser's database loses its end, again and again, as when the power fails: what was there before is there again, what is
// missing comes back from those who have it, also one's own, and nothing that is said afterwards contradicts it.
import { readFile, readdir, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { story } from '../world/story.ts'
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
      const before = await newestLog(bob.browser.folder)
      await bob.comeBack()
      await bob.open('Alice')
      const words = [`${n} by Alice`, `${n} by Bob`]
      await alice.say(`${n} by Alice`)
      await seesLast(bob, [`${n} by Alice`], foundMs)
      await bob.say(`${n} by Bob`)
      await seesLast(alice, words)
      await bob.leave()
      const after = await newestLog(bob.browser.folder)
      // Somewhere in what came since, all of which may be in a log of its own.
      const from = after.path === before.path ? before.bytes : 0
      await truncate(after.path, lastEnd(await readFile(after.path), from + ((after.bytes - from) * (n % 10)) / 10))
      await bob.comeBack()
      await bob.open('Alice')
      await seesLast(bob, words, foundMs)
      await bob.say(`${n} again`)
      await seesLast(alice, [`${n} by Bob`, `${n} again`], foundMs)
    }
  },
  deadlineOf(2 * times),
)

interface Log {
  readonly path: string
  readonly bytes: number
}

/**
 * Where the last whole record ends at or before `most` bytes. Cut within one, LevelDB writes behind what is left of it, and the browser throws
 * the whole database away when it next reads that: then there is nobody whom anything could come back to.
 * (LevelDB, doc/log_format.md: blocks of 32 KiB, records of 4 bytes of checksum, 2 of length, 1 of type; 1 is whole, 4 the last part.)
 */
const lastEnd = (log: Uint8Array, most: number): number => {
  const [blockBytes, headerBytes] = [32 * 1024, 7]
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength)
  let end = 0
  for (let at = 0; at + headerBytes <= most;) {
    const left = blockBytes - (at % blockBytes)
    if (left < headerBytes) {
      at += left
      continue
    }
    const [length, type] = [view.getUint16(at + 4, true), view.getUint8(at + 6)]
    at += headerBytes + length
    if (at <= most && (type === 1 || type === 4)) end = at
  }
  return end
}

/** The log of LevelDB, in which Chromium writes an origin's databases. */
const newestLog = async (profile: string): Promise<Log> => {
  const all = await readdir(profile, { recursive: true })
  const logs = await Promise.all(
    all
      .filter((path) => /IndexedDB\/[^/]*\.leveldb\/\d+\.log$/.test(path))
      .map(async (path) => {
        const { size, mtimeMs } = await stat(join(profile, path))
        return { path: join(profile, path), bytes: size, at: mtimeMs }
      }),
  )
  const newest = logs.toSorted((a, b) => b.at - a.at)[0]
  if (newest === undefined) throw new Error('the browser wrote no database')
  return newest
}
