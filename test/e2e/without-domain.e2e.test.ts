// A page on https from somewhere, and the only node it knows has neither domain nor signed certificate: the first visit, an invite, a talk,
// and the node started again twice.
import { expect } from 'vitest'
import { story } from './world/story.ts'
import { until } from './world/until.ts'

story(
  'Alice and Bob open the page over https, meet through a node that has no domain, and have it again after each restart',
  async (world) => {
    const [alice, bob] = await world.pair('Alice', 'Bob')
    expect(world.url).toMatch(/^https:/)
    await alice.say('over https')
    await bob.sees(['over https'])
    await alice.connection(/Direct/)
    for (const _ of ['once', 'twice']) {
      await world.node.kill()
      await world.node.revive()
      // Without a reload. The promise is 15 s where nothing else keeps the machine busy.
      const took = await until('both have their slots again', async () => (await world.node.health()).reservations >= 2, 30_000)
      console.log(`slots again after ${Math.round(took)} ms`)
    }
    await bob.say('still here')
    await alice.sees(['over https', 'still here'])
  },
  120_000,
  { elsewhere: true },
)
