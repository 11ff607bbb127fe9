// Who does not say what they have read is not told what others have; and what is forgotten leaves nothing. Real services over memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import { createWorld, type World } from '../sim/world/world.ts'
import { commandsOf, queriesOf, untilTrue, valueOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})
const value = <T>(work: Parameters<typeof valueOf<T>>[1]) => valueOf(world, work)
const until = (isTrue: Parameters<typeof untilTrue>[1]) => untilTrue(world, isTrue)
const itemsOn = async (device: SimDevice, id: ConversationId) =>
  (await settled(world, once(queriesOf(device).timeline(id, 50))))?.items ?? []
const stateOn = async (device: SimDevice, id: ConversationId, text: string) => {
  const found = (await itemsOn(device, id)).find((item) => item.kind === 'message' && item.text === text)
  return found?.kind === 'message' ? found.delivery?.state : undefined
}

const two = async (seed: number): Promise<readonly [SimDevice, SimDevice, ConversationId]> => {
  world = createWorld({ seed, devices: 2, realCipher: false, keepTrace: false })
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  for (const device of world.devices) device.start()
  await until(() => world.devices.every((device) => device.run()?.isStarted))
  await value(commandsOf(alice).createProfile('Alice'))
  await value(commandsOf(bob).createProfile('Bob'))
  const group = await value(commandsOf(alice).createGroup('Choir'))
  const { link } = await value(commandsOf(alice).createInvite(group))
  await value(commandsOf(bob).joinInvite(link))
  await until(async () => (await settled(world, once(queriesOf(bob).conversation(group))))?.standing === 'member')
  return [alice, bob, group]
}
const say = async (from: SimDevice, to: SimDevice, group: ConversationId, text: string): Promise<void> => {
  await value(commandsOf(from).sendMessage(group, text))
  await until(async () => (await itemsOn(to, group)).some((item) => item.kind === 'message' && item.text === text))
}
const readAll = async (device: SimDevice, group: ConversationId): Promise<void> => {
  const last = (await itemsOn(device, group)).at(-1)
  await value(commandsOf(device).markRead(group, last!.id))
}

test('Bob, who does not say what he has read, is not told what Alice has read; until he says it again', async () => {
  const [alice, bob, group] = await two(51)
  await value(commandsOf(bob).setPrivacy({ receipts: false }))
  await say(alice, bob, group, 'one')
  await readAll(bob, group)
  await say(bob, alice, group, 'two')
  await readAll(alice, group)
  await until(async () => (await stateOn(alice, group, 'one')) === 'delivered' && (await stateOn(bob, group, 'two')) === 'delivered')
  // Alice tells Bob all the same: she is asked for it as soon as Bob tells, too.
  await value(commandsOf(bob).setPrivacy({ receipts: true }))
  await until(async () => (await stateOn(bob, group, 'two')) === 'read')
  await say(alice, bob, group, 'three')
  await readAll(bob, group)
  await until(async () => (await stateOn(alice, group, 'three')) === 'read' && (await stateOn(alice, group, 'one')) === 'read')
})

test('a conversation is forgotten only after it was left, and leaves no record behind', async () => {
  const [alice, bob, group] = await two(52)
  await say(alice, bob, group, 'Nobody will ever know')
  const early = await settled(world, commandsOf(bob).forget(group))
  expect(early?.ok).toBe(false)
  await value(commandsOf(bob).leave(group))
  await until(async () => (await settled(world, once(queriesOf(bob).conversation(group))))?.standing === 'left')
  await value(commandsOf(bob).forget(group))
  const left = [...bob.disk.state()].flatMap(([table, rows]) =>
    rows.filter(({ key }) => key.some((part) => part === group)).map(() => table),
  )
  expect(left).toEqual([])
  expect(await settled(world, once(queriesOf(bob).conversations()))).toEqual([])
})
