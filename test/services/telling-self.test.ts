// What people tell of themselves: that they are here, when they last were, a status; and what nobody is told. Real services over memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import type { World } from '../sim/world/world.ts'
import { commandsOf, groupOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})
const value = <T>(work: Parameters<typeof valueOf<T>>[1]) => valueOf(world, work)
const until = (isTrue: Parameters<typeof untilTrue>[1]) => untilTrue(world, isTrue)

/** How the second of two sees the first. */
const seenBy = async (device: SimDevice, group: ConversationId) => {
  const view = await settled(world, once(queriesOf(device).conversation(group)))
  return view?.members.find(({ isMe, name }) => !isMe && name === world.devices[0]?.name)
}
const meet = async (seed: number, devices = 2): Promise<readonly [SimDevice, SimDevice, ConversationId]> => {
  world = await worldOf(seed, devices)
  const group = await groupOf(world)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  await until(async () => (await seenBy(bob, group))?.online === true)
  return [alice, bob, group]
}
const look = (...devices: readonly SimDevice[]): void => {
  for (const device of devices) void commandsOf(device).present()
}
/** Looks again and again, as a page does, until the device is off. */
const keepLooking = (device: SimDevice): void => {
  look(device)
  world.scheduler.after(device.run()!.owner, 20_000, 'looks', () => keepLooking(device))
}

test('Alice is here while she looks, and a while later she is said to have been', async () => {
  const [alice, bob, group] = await meet(71)
  expect((await seenBy(bob, group))?.here).toBe(false)
  look(alice)
  await until(async () => (await seenBy(bob, group))?.here === true)
  await until(async () => (await seenBy(bob, group))?.here === false)
  expect(await seenBy(bob, group)).toMatchObject({ online: true, presenceHidden: false, seenAt: expect.any(Number) })
})

test('whoever hides that they are here, or when they were, takes it back from those who know, and does not see it of others', async () => {
  const [alice, bob, group] = await meet(72)
  look(alice, bob)
  await until(async () => (await seenBy(bob, group))?.here === true)
  await value(commandsOf(alice).setPrivacy({ here: false, seen: false }))
  await until(async () => (await seenBy(bob, group))?.presenceHidden === true)
  const hidden = await seenBy(bob, group)
  expect(hidden?.here).toBe(false)
  expect(hidden?.seenAt).toBeUndefined()
  const bobs = async () => (await settled(world, once(queriesOf(alice).conversation(group))))?.members.find(({ isMe }) => !isMe)
  expect(await bobs()).toMatchObject({ here: false, presenceHidden: true })
  expect((await bobs())?.seenAt).toBeUndefined()
  await value(commandsOf(alice).setPrivacy({ here: true, seen: true }))
  for (const device of [alice, bob]) keepLooking(device)
  await until(async () => (await seenBy(bob, group))?.here === true && (await bobs())?.here === true)
})

test('a status reaches who is connected and who comes later, ends by itself on both sides, and is in no history', async () => {
  const [alice, bob, group] = await meet(73)
  look(alice, bob)
  const before = (await settled(world, once(queriesOf(bob).timeline(group, 50))))?.items.length
  bob.crash('late')
  await value(commandsOf(alice).setStatus({ emoji: '🌊', text: ' By  the sea ' }, 90))
  bob.start()
  await until(() => bob.run()?.isStarted === true)
  await until(async () => (await seenBy(bob, group))?.status?.text === 'By the sea')
  expect((await settled(world, once(queriesOf(bob).timeline(group, 50))))?.items.length).toBe(before)
  await until(async () => (await seenBy(bob, group))?.status === undefined)
  const session = await settled(world, once(queriesOf(alice).session()))
  expect(session?.kind === 'ready' && session.status).toBe(undefined)
})

test('a status that does not end stays until it is taken back, and longer than the connection', async () => {
  const [alice, bob, group] = await meet(74)
  look(alice)
  await value(commandsOf(alice).setStatus({ emoji: '', text: 'Writing' }))
  await until(async () => (await seenBy(bob, group))?.status?.text === 'Writing')
  alice.crash('late')
  await until(async () => (await seenBy(bob, group))?.online === false)
  expect((await seenBy(bob, group))?.status?.text).toBe('Writing')
  alice.start()
  await until(() => alice.run()?.isStarted === true)
  await value(commandsOf(alice).setStatus())
  look(alice)
  await until(async () => (await seenBy(bob, group))?.status === undefined)
})

test('who is blocked is told nothing more of it, and nothing of theirs is shown', async () => {
  const [alice, bob, group] = await meet(75)
  look(alice, bob)
  await value(commandsOf(alice).setStatus({ emoji: '🌊', text: 'By the sea' }))
  await value(commandsOf(bob).setStatus({ emoji: '🚆', text: 'On the way' }))
  await until(async () => (await seenBy(bob, group))?.status !== undefined)
  const bobs = async () => (await settled(world, once(queriesOf(alice).conversation(group))))?.members.find(({ isMe }) => !isMe)
  await value(commandsOf(alice).setBlocked((await bobs())!.identity, true))
  await until(async () => (await seenBy(bob, group))?.status === undefined && (await seenBy(bob, group))?.here === false)
  expect(await bobs()).toMatchObject({ here: false, presenceHidden: true })
  expect((await bobs())?.status).toBeUndefined()
})
