// Blocking in a group: what the blocked person says counts for nothing here, and all else goes on. Real services over memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import type { ProfileRecord } from '../../src/ports/tables.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import { createWorld, type World } from '../sim/world/world.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})

const commandsOf = (device: SimDevice) => device.run()!.messenger.commands
const queriesOf = (device: SimDevice) => device.run()!.messenger.queries
const value = async <T>(work: Promise<{ ok: true; value: T } | { ok: false; error: unknown }>): Promise<T> => {
  const result = await settled(world, work)
  if (result?.ok !== true) throw new Error(`a command failed: ${JSON.stringify(result)}`)
  return result.value
}
const until = async (isTrue: () => boolean | Promise<boolean>): Promise<void> => {
  const end = world.scheduler.now() + 5 * 60_000
  for (; world.scheduler.now() < end; await world.scheduler.run(world.scheduler.now() + 500, 2_000_000)) if (await isTrue()) return
  throw new Error('waited in vain')
}

const summaryOn = async (device: SimDevice, id: ConversationId) =>
  (await settled(world, once(queriesOf(device).conversations())))?.find((summary) => summary.id === id)
const textsOn = async (device: SimDevice, id: ConversationId) =>
  ((await settled(world, once(queriesOf(device).timeline(id, 50))))?.items ?? []).flatMap((item) => (item.kind === 'message' ? [item] : []))

test('what Bob says in a group does not show, count or stand in the list of Alice, who has blocked him, and comes back with him', async () => {
  world = createWorld({ seed: 31, people: 3, realCipher: false, keepTrace: false })
  const [alice, bob, carol] = world.devices as readonly [SimDevice, SimDevice, SimDevice]
  for (const device of world.devices) device.start()
  await until(() => world.devices.every((device) => device.run()?.isStarted))
  for (const device of world.devices) await value(commandsOf(device).createProfile(device.name))
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
