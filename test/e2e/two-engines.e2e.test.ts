// Firefox and Chromium talk, whoever of the two invites. WebRTC, IndexedDB, workers and Web Locks are each engine's own.
import { expect } from 'vitest'
import { withFirefox } from './world/firefox.ts'
import { story } from './world/story.ts'
import { until } from './world/until.ts'

story('Alice with Firefox invites Bob with Chromium, and both talk over a direct path', async (world) => {
  await withFirefox('Alice', world.url, async (alice) => {
    await alice.visit(world.url)
    await alice.getStarted()
    const bob = await world.person('Bob')
    await bob.join(await alice.invite())
    await bob.say('Hello Alice')
    await alice.open('Bob')
    await alice.sees(['Hello Alice'])
    await alice.say('Hello Bob')
    await bob.sees(['Hello Alice', 'Hello Bob'])
    await bob.seesState('Hello Alice', 'Read')
    await bob.connection(/Direct/)

    // Her timeline follows at its end, and stands still for whoever reads further up.
    const last = 40
    for (let n = 1; n <= last; n += 1) await bob.say(`line ${n}\nof a long story`)
    await until(
      'Alice is at the newest',
      async () => (await alice.lastSeen()).startsWith(`line ${last}`) && (await alice.belowScreen()) < 2,
    )
    await alice.scroll(-600)
    await until('Alice reads further up', async () => (await alice.belowScreen()) > 500)
    const before = await alice.firstOnScreen()
    await bob.say('one more')
    await bob.seesState('one more', 'Delivered')
    await until('Alice has it below', async () => (await alice.lastSeen()) === 'one more')
    const after = await alice.firstOnScreen()
    expect(after.text).toBe(before.text)
    expect(Math.abs(after.top - before.top)).toBeLessThanOrEqual(2)
    expect(await alice.drawn()).toBeLessThanOrEqual(60)
    await alice.say('I am back')
    await until('her own message leads her to the end', async () => (await alice.belowScreen()) < 2)
  })
})

story('Alice with Chromium invites Bob with Firefox, and what waits for him arrives when he opens the page again', async (world) => {
  const alice = await world.person('Alice')
  await alice.visit(world.url)
  await alice.getStarted()
  await withFirefox('Bob', world.url, async (bob) => {
    await bob.visit(await alice.invite())
    await bob.getStarted()
    await bob.say('Hello Alice')
    await alice.open('Bob')
    await alice.sees(['Hello Alice'])
    await bob.visit('about:blank')
    await alice.say('are you there?')
    await alice.seesState('are you there?', 'Waiting')
    await bob.visit(world.url)
    await bob.open('Alice')
    await bob.sees(['Hello Alice', 'are you there?'])
    await alice.seesState('are you there?', 'Read')
  })
})
