// Story: three nodes. Alice adds two beside the page's own, one of which is full; Bob learns of them from her. The page's own is killed: it is
// left within 15 s, the chat goes on, and a newcomer gets in through the one that is left.
import { expect } from 'vitest'
import { story } from './world/story.ts'

/** How soon a node that fails is left for another, in milliseconds. */
const leftMs = 15_000

story('Of three nodes one is full and one is killed; both are left within 15 s, the chat goes on and Carol gets in', async (world) => {
  const [second, full] = await Promise.all([world.addNode(), world.addNode('full')])
  const [alice, bob] = await world.pair('Alice', 'Bob')
  await alice.say('hello')
  await bob.sees(['hello'])
  await alice.addNode(second.address, /Others reach this device through it.*yes/s)
  await alice.addNode(full.address, /It keeps a place for this device.*no.*no free place/s)
  await alice.seesNode(`127.0.0.1:${second.port}`, /Ready for you · in use for you/, leftMs)
  await bob.seesNode(`127.0.0.1:${second.port}`, /Used by Alice/, leftMs)
  await bob.seesNode(`127.0.0.1:${second.port}`, /Ready for you/, leftMs)
  await alice.connection(/Direct/)

  // A browser that is open already: its start is not what is timed.
  const carol = await world.person('Carol')
  await carol.visit(world.url)
  await carol.isKept()
  await world.node.kill()
  await alice.seesNode(new URL(world.url).host, /Not reachable/, leftMs)
  await alice.say('still here')
  await bob.sees(['hello', 'still here'])
  const link = await alice.invite()
  const began = performance.now()
  await carol.join(link)
  await carol.say('Hello Alice')
  await alice.open('Carol')
  await alice.sees(['Hello Alice'])
  expect(performance.now() - began).toBeLessThan(leftMs)
})
