// Blocking in a group: what the blocked person says counts for nothing here, and all else goes on. Real services over memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import type { ProfileRecord } from '../../src/ports/tables.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import type { World } from '../sim/world/world.ts'
import { commandsOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})

const value = <T>(work: Parameters<typeof valueOf<T>>[1]) => valueOf(world, work)
const until = (isTrue: Parameters<typeof untilTrue>[1]) => untilTrue(world, isTrue)

const summaryOn = async (device: SimDevice, id: ConversationId) =>
  (await settled(world, once(queriesOf(device).conversations())))?.find((summary) => summary.id === id)
const textsOn = async (device: SimDevice, id: ConversationId) =>
  ((await settled(world, once(queriesOf(device).timeline(id, 50))))?.items ?? []).flatMap((item) => (item.kind === 'message' ? [item] : []))

test('what Bob says in a group does not show, count or stand in the list of Alice, who has blocked him, and comes back with him', async () => {
  world = await worldOf(31, 3)
  const [alice, bob, carol] = world.devices as readonly [SimDevice, SimDevice, SimDevice]
  const group = await value(commandsOf(alice).createGroup('Choir'))
  for (const guest of [bob, carol]) {
    const { link } = await value(commandsOf(alice).createInvite(group))
    await value(commandsOf(guest).joinInvite(link))
    await until(async () => (await summaryOn(guest, group))?.standing === 'member')
  }
  await value(commandsOf(carol).sendMessage(group, 'from Carol'))
  await until(async () => (await textsOn(alice, group)).length === 1 && (await textsOn(bob, group)).length === 1)
  const [original] = await textsOn(bob, group)
  if (original === undefined) throw new Error('nothing to answer')

  const { identity, name } = bob.disk.state().get('profile')![0]!.value as ProfileRecord
  await value(commandsOf(alice).setBlocked(identity, true))
  expect((await settled(world, once(queriesOf(alice).blocked())))?.map((person) => person.name)).toEqual([name])
  await value(commandsOf(bob).sendMessage(group, 'from Bob'))
  await value(commandsOf(bob).react(group, original.id, '👎'))
  // Carol sees both, so they are there.
  await until(async () => (await textsOn(carol, group)).length === 2 && (await textsOn(carol, group))[0]?.reactions.length === 1)
  await until(async () => (await settled(world, once(queriesOf(alice).conversation(group))))?.consistency.same === 3)

  const texts = await textsOn(alice, group)
  expect(texts.map(({ text }) => text)).toEqual(['from Carol'])
  expect(texts[0]?.reactions).toEqual([])
  const summary = await summaryOn(alice, group)
  expect(summary?.lastText?.text).toBe('from Carol')
  expect(summary?.unread).toBe(1)

  await value(commandsOf(alice).setBlocked(identity, false))
  expect(await settled(world, once(queriesOf(alice).blocked()))).toEqual([])
  expect((await textsOn(alice, group)).map(({ text }) => text)).toEqual(['from Carol', 'from Bob'])
  expect(await summaryOn(alice, group)).toMatchObject({ unread: 2, lastText: { text: 'from Bob' } })
})
