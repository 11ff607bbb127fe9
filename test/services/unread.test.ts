// What counts as unread: also what comes late and stands before what was read; and which of it calls somebody. Real services over memory
// adapters.
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
const messagesOn = async (device: SimDevice, id: ConversationId) =>
  ((await settled(world, once(queriesOf(device).timeline(id, 50))))?.items ?? []).filter((item) => item.kind === 'message')
const messageOn = async (device: SimDevice, id: ConversationId, text: string) =>
  (await messagesOn(device, id)).find((message) => message.text === text)
const summaryOn = async (device: SimDevice) => (await settled(world, once(queriesOf(device).conversations())))![0]!
const readAll = async (device: SimDevice, id: ConversationId) =>
  value(commandsOf(device).markRead(id, (await messagesOn(device, id)).at(-1)!.id))

test('what Carol wrote while she was cut off is unread for Bob although it stands before what he has read, until he has seen it', async () => {
  world = await worldOf(71, 3)
  const [alice, bob, carol] = world.devices as readonly [SimDevice, SimDevice, SimDevice]
  const group = await groupOf(world)
  for (const device of [alice, bob]) device.crash('late')
  await value(commandsOf(carol).sendMessage(group, 'Written on the train, @Bob'))
  carol.crash('late')
  for (const device of [alice, bob]) device.start()
  await until(() => alice.run()?.isStarted === true && bob.run()?.isStarted === true)
  await value(commandsOf(alice).sendMessage(group, 'Meanwhile'))
  await until(async () => (await messageOn(bob, group, 'Meanwhile')) !== undefined)
  await readAll(bob, group)
  expect(await summaryOn(bob)).toMatchObject({ unread: 0, called: false })
  carol.start()
  await until(async () => (await messageOn(bob, group, 'Written on the train, @Bob')) !== undefined)
  const late = (await messageOn(bob, group, 'Written on the train, @Bob'))!
  expect((await messagesOn(bob, group)).at(-1)?.text).toBe('Meanwhile')
  expect(await summaryOn(bob)).toMatchObject({ unread: 1, called: true })
  expect((await settled(world, once(queriesOf(bob).conversation(group))))?.firstUnread).toBe(late.id)
  await readAll(bob, group)
  expect(await summaryOn(bob)).toMatchObject({ unread: 0, called: false })
  expect((await settled(world, once(queriesOf(bob).conversation(group))))?.firstUnread).toBeUndefined()
})

test('who has read up to a message has those behind it left, also when they stand in the same quarter of an hour', async () => {
  world = await worldOf(74, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await groupOf(world)
  for (const text of ['one', 'two', 'three']) await value(commandsOf(alice).sendMessage(group, text))
  await until(async () => (await messagesOn(bob, group)).length === 3)
  const said = await messagesOn(bob, group)
  for (const [index, left] of [2, 1, 0].entries()) {
    await value(commandsOf(bob).markRead(group, said[index]!.id))
    expect(await summaryOn(bob)).toMatchObject({ unread: left })
  }
})

test('everybody is called by those who look after a group, and by nobody else', async () => {
  world = await worldOf(72, 3)
  const [alice, bob, carol] = world.devices as readonly [SimDevice, SimDevice, SimDevice]
  const group = await groupOf(world)
  await value(commandsOf(bob).sendMessage(group, 'Come here @room'))
  await until(async () => (await messageOn(carol, group, 'Come here @room')) !== undefined)
  expect(await summaryOn(carol)).toMatchObject({ unread: 1, called: false })
  expect(await messageOn(carol, group, 'Come here @room')).not.toHaveProperty('callsMe')
  await value(commandsOf(alice).sendMessage(group, 'Rehearsal is off, @room'))
  await until(async () => (await messageOn(carol, group, 'Rehearsal is off, @room')) !== undefined)
  expect(await summaryOn(carol)).toMatchObject({ unread: 2, called: true })
  expect(await messageOn(carol, group, 'Rehearsal is off, @room')).toMatchObject({ callsMe: true })
  await readAll(carol, group)
  expect(await summaryOn(carol)).toMatchObject({ unread: 0, called: false })
})

test('a template is kept over a restart, and is nobody else’s', async () => {
  world = await worldOf(73, 1)
  const [alice] = world.devices as readonly [SimDevice]
  await value(commandsOf(alice).saveTemplate('On my way'))
  await value(commandsOf(alice).saveTemplate('Thank you all'))
  expect((await settled(world, commandsOf(alice).saveTemplate('  ')))?.ok).toBe(false)
  alice.crash('late')
  alice.start()
  await until(() => alice.run()?.isStarted === true)
  const templates = () => settled(world, once(queriesOf(alice).templates()))
  expect(await templates()).toEqual([
    { n: 1, text: 'On my way' },
    { n: 2, text: 'Thank you all' },
  ])
  await value(commandsOf(alice).removeTemplate(1))
  expect(await templates()).toEqual([{ n: 2, text: 'Thank you all' }])
})
