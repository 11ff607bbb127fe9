// Whoever was removed from a group knows its topic for ever, and may be linked directly with a member by another conversation. What they
// say there goes no further.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandsOf, untilTrue, valueOf } from '../services/people.ts'
import { nodeAddress } from '../sim/world/config.ts'
import { setStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.end())

test('Alice passes on to Bob what Dave says by gossip, until she has removed him', async () => {
  const { world, alice, bob, dave, group } = stage
  const topic = await stage.topic()
  // In Bob's place is a device that tells of everything that it is given.
  const { deviceSeed } = stage.profileOf(bob)
  bob.crash('at once')
  const marks: number[] = []
  const ear = world.hub.network()
  ear.listen((event) => {
    if (event.kind === 'gossip') marks.push(event.bytes[0] ?? 0)
  })
  ear.allowDirect([alice.id()!])
  ear.subscribe([{ tag: topic, authors: [alice.id()!, dave.device] }])
  await ear.start({ deviceSeed, nodes: [nodeAddress] })
  ear.want([alice.id()!])
  dave.network.allowDirect([alice.id()!])
  dave.network.subscribe([{ tag: topic, authors: [] }])
  const says = async (mark: number): Promise<void> => {
    await untilTrue(world, async () => (await dave.network.publish(topic, Uint8Array.of(mark))) > 0)
    await stage.pass(3_000)
  }

  await says(1)
  expect(marks).toContain(1)
  await valueOf(world, commandsOf(alice).removeMember(group, dave.identity))
  await says(2)
  expect(marks).not.toContain(2)
  await ear.stop()
})
