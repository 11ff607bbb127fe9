// Messages in front of a group for everybody who may put them there, and starred ones, of which nobody else learns. Real services over
// memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId, EventId, IdentityId } from '../../src/core/ids.ts'
import type { ProfileRecord } from '../../src/ports/tables.ts'
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
const viewOn = async (device: SimDevice, id: ConversationId) => settled(world, once(queriesOf(device).conversation(id)))
const pinsOn = async (device: SimDevice, id: ConversationId) => ((await viewOn(device, id))?.pins ?? []).map(({ text }) => text)
const messageOn = async (device: SimDevice, id: ConversationId, text: string) => {
  const items = (await settled(world, once(queriesOf(device).timeline(id, 50))))?.items ?? []
  return items.flatMap((item) => (item.kind === 'message' && item.text === text ? [item] : []))[0]
}
const identityOf = (device: SimDevice): IdentityId => (device.disk.state().get('profile')![0]!.value as ProfileRecord).identity

const two = async (seed: number): Promise<readonly [SimDevice, SimDevice, ConversationId, EventId]> => {
  world = await worldOf(seed, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await groupOf(world)
  await value(commandsOf(bob).sendMessage(group, 'Tuesday at seven'))
  await until(async () => (await messageOn(alice, group, 'Tuesday at seven')) !== undefined)
  return [alice, bob, group, (await messageOn(alice, group, 'Tuesday at seven'))!.id]
}

test('what Alice puts in front stands there for Bob too, until it is taken away; he may do neither before she lets him', async () => {
  const [alice, bob, group, message] = await two(61)
  const early = await settled(world, commandsOf(bob).setPinned(group, message, true))
  expect(early?.ok === false && early.error.kind).toBe('not-allowed')
  await value(commandsOf(alice).setPinned(group, message, true))
  await until(async () => (await pinsOn(bob, group)).length === 1)
  expect(await pinsOn(alice, group)).toEqual(['Tuesday at seven'])
  expect(await messageOn(bob, group, 'Tuesday at seven')).toMatchObject({ pinned: true })
  await value(commandsOf(alice).setRole(group, identityOf(bob), 'moderator'))
  await until(async () => (await viewOn(bob, group))?.myRole === 'moderator')
  await value(commandsOf(bob).setPinned(group, message, false))
  await until(async () => (await pinsOn(alice, group)).length === 0)
  expect(await pinsOn(bob, group)).toEqual([])
})

test('what is deleted is in front no more', async () => {
  const [alice, bob, group, message] = await two(62)
  await value(commandsOf(alice).setPinned(group, message, true))
  await until(async () => (await pinsOn(bob, group)).length === 1)
  await value(commandsOf(bob).deleteMessage(group, message))
  await until(async () => (await pinsOn(alice, group)).length === 0)
})

test('a star is seen by whoever gave it, also after a restart, and by nobody else; it goes with the conversation', async () => {
  const [alice, bob, group, message] = await two(63)
  await value(commandsOf(bob).setStarred(group, message, true))
  bob.crash('late')
  bob.start()
  await until(() => bob.run()?.isStarted === true)
  expect((await settled(world, once(queriesOf(bob).starred())))?.map(({ parts }) => parts.map(({ text }) => text).join(''))).toEqual([
    'Tuesday at seven',
  ])
  expect(await messageOn(bob, group, 'Tuesday at seven')).toMatchObject({ starred: true })
  expect(await settled(world, once(queriesOf(alice).starred()))).toEqual([])
  await value(commandsOf(bob).setStarred(group, message, false))
  expect(await settled(world, once(queriesOf(bob).starred()))).toEqual([])
})
