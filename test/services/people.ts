// What stories over the simulated world do with a device, and how they wait in virtual time.
import type { SimDevice } from '../sim/world/device.ts'
import type { ConversationId } from '../../src/core/ids.ts'
import { once, settled } from '../sim/world/view.ts'
import { createWorld, type World } from '../sim/world/world.ts'

export const commandsOf = (device: SimDevice) => device.run()!.messenger.commands
export const queriesOf = (device: SimDevice) => device.run()!.messenger.queries

/** What a command answered; throws when it was refused. */
export const valueOf = async <T>(
  world: World,
  work: Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }>,
): Promise<T> => {
  const result = await settled(world, work)
  if (result?.ok !== true) throw new Error(`a command failed: ${JSON.stringify(result)}`)
  return result.value
}

/** Lets the world go on until something holds; throws after five minutes of virtual time. */
export const untilTrue = async (world: World, isTrue: () => boolean | Promise<boolean>): Promise<void> => {
  const end = world.scheduler.now() + 5 * 60_000
  for (; world.scheduler.now() < end; await world.scheduler.run(world.scheduler.now() + 500, 2_000_000)) if (await isTrue()) return
  throw new Error('waited in vain')
}

/** A world of so many people, who are all here and have said their names; the network does to them what it does in any world. */
export const worldOf = async (seed: number, devices: number): Promise<World> => {
  const world = createWorld({ seed, devices, realCipher: false, keepTrace: false })
  for (const device of world.devices) device.start()
  await untilTrue(world, () => world.devices.every((device) => device.run()?.isStarted === true))
  for (const device of world.devices) await valueOf(world, commandsOf(device).createProfile(device.name))
  return world
}

/** A group that the first one makes and lets all others into, one after the other. */
export const groupOf = async (world: World): Promise<ConversationId> => {
  const [host, ...guests] = world.devices as readonly [SimDevice, ...SimDevice[]]
  const group = await valueOf(world, commandsOf(host).createGroup('Choir'))
  for (const guest of guests) {
    const { link } = await valueOf(world, commandsOf(host).createInvite(group))
    await valueOf(world, commandsOf(guest).joinInvite(link))
    await untilTrue(world, async () => (await settled(world, once(queriesOf(guest).conversation(group))))?.standing === 'member')
  }
  return group
}
