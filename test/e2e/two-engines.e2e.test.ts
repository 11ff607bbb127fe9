// Firefox and Chromium talk, whoever of the two invites. WebRTC, IndexedDB, workers and Web Locks are each engine's own.
import { expect } from 'vitest'
import { createFirefox } from './world/firefox.ts'
import { story } from './world/story.ts'

story('Alice with Firefox invites Bob with Chromium, and both talk over a direct path', async (world) => {
  const alice = await createFirefox('Alice')
  try {
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
    expect(alice.faults).toEqual([])
  } finally {
    await alice.end()
  }
})

story('Alice with Chromium invites Bob with Firefox, and what waits for him arrives when he opens the page again', async (world) => {
  const alice = await world.person('Alice')
  await alice.visit(world.url)
  await alice.getStarted()
  const bob = await createFirefox('Bob')
  try {
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
    expect(bob.faults).toEqual([])
  } finally {
    await bob.end()
  }
})
