// Keeping the own address: direct links give way to relayed ones, what is said arrives all the same, and it can be taken back.
import { expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import { once, settled } from '../sim/world/view.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { createWorld, type World } from '../sim/world/world.ts'
import { commandsOf, queriesOf, untilTrue, valueOf } from './people.ts'

const connect = async (world: World, alice: SimDevice, bob: SimDevice): Promise<ConversationId> => {
  const { link, conversation } = await valueOf(world, commandsOf(alice).createInvite())
  await valueOf(world, commandsOf(bob).joinInvite(link))
  await untilTrue(world, async () => (await settled(world, once(queriesOf(bob).conversation(conversation))))?.standing === 'member')
  return conversation
}
const pathsOf = async (world: World, device: SimDevice) =>
  (await settled(world, once(queriesOf(device).connection())))?.links.map(({ path, person }) => `${person} ${path}`).toSorted()

test.each(['everybody', 'one conversation'] as const)('hidden from %s', async (from) => {
  const world = createWorld({ seed: 31, devices: 3, realCipher: false, keepTrace: false })
  const [alice, bob, carol] = world.devices
  if (alice === undefined || bob === undefined || carol === undefined) throw new Error('three people were asked for')
  world.hub.setFaults({})
  for (const device of world.devices) device.start()
  await untilTrue(world, () => world.devices.every((device) => device.run()?.isStarted === true))
  for (const device of world.devices) await valueOf(world, commandsOf(device).createProfile(device.name))
  const withBob = await connect(world, alice, bob)
  await connect(world, alice, carol)
  await untilTrue(world, async () => (await pathsOf(world, alice))?.join() === 'Bob direct,Carol direct')

  const where = from === 'everybody' ? undefined : withBob
  await valueOf(world, commandsOf(alice).setHidden(true, where))
  const hidden = from === 'everybody' ? 'Bob relayed,Carol relayed' : 'Bob relayed,Carol direct'
  await untilTrue(world, async () => (await pathsOf(world, alice))?.join() === hidden)
  await valueOf(world, commandsOf(alice).sendMessage(withBob, 'nobody knows where I am'))
  const textsOf = async () =>
    (await settled(world, once(queriesOf(bob).timeline(withBob, 9))))?.items.flatMap((item) => (item.kind === 'message' ? [item.text] : []))
  await untilTrue(world, async () => (await textsOf())?.join() === 'nobody knows where I am')
  if (from === 'everybody')
    expect(await settled(world, commandsOf(alice).offerByHand())).toMatchObject({ ok: false, error: { kind: 'hidden' } })

  // Kept over a restart, and taken back.
  alice.crash('at once')
  alice.start()
  await untilTrue(world, async () => alice.run()?.isStarted === true && (await pathsOf(world, alice))?.join() === hidden)
  await world.scheduler.run(world.scheduler.now() + 60_000, 1_000_000)
  expect((await pathsOf(world, alice))?.join()).toBe(hidden)
  await valueOf(world, commandsOf(alice).setHidden(false, where))
  await untilTrue(world, async () => (await pathsOf(world, alice))?.join() === 'Bob direct,Carol direct')
})
