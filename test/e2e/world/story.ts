// A story is a test in a world of its own. Whatever happens, its browsers and its node end with it; when it fails, what could be seen at
// that moment is kept outside the tree.
import { test } from 'vitest'
import { createWorld, type World, type WorldOptions } from './world.ts'

/** Milliseconds for a whole story, unless it says otherwise. Every step has a shorter deadline of its own. */
const storyMs = 90_000
/** Milliseconds to close everything afterwards. */
const closingMs = 20_000

export const story = (name: string, tell: (world: World) => Promise<void>, deadlineMs = storyMs, options: WorldOptions = {}): void =>
  test(name, { timeout: deadlineMs + closingMs }, async () => {
    const world = await createWorld(options)
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`the story took longer than ${deadlineMs} ms`)), deadlineMs)
    })
    try {
      await Promise.race([tell(world), tooLong])
      world.check()
    } catch (failure) {
      console.error(`What could be seen when it failed: ${await world.keepEvidence(name)}`)
      throw failure
    } finally {
      clearTimeout(timer)
      await world.end()
    }
  })
