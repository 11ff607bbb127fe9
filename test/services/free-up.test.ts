// Room is freed on one device: what is old goes there and does not come back, nobody else comes to lack anything, and talking goes on.
import { expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import { msPerDay } from '../../src/core/time.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { conversationRecord } from '../sim/world/logs.ts'
import { clockOf } from '../sim/world/ports.ts'
import { once, settled } from '../sim/world/view.ts'
import type { World } from '../sim/world/world.ts'
import { commandsOf, groupOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'

const messagesOf = async (world: World, device: SimDevice, group: ConversationId) =>
  ((await settled(world, once(queriesOf(device).timeline(group, 200))))?.items ?? []).flatMap((item) =>
    item.kind === 'message' ? [item] : [],
  )
const textsOf = async (world: World, device: SimDevice, group: ConversationId) =>
  (await messagesOf(world, device, group)).map(({ text }) => text)
const say = (world: World, device: SimDevice, group: ConversationId, text: string) =>
  valueOf(world, commandsOf(device).sendMessage(group, text))
const eventsOf = (device: SimDevice, group: ConversationId) =>
  (device.disk.state().get('events') ?? []).filter(({ key }) => key[0] === group && key[1] === 1).length
const read = async (world: World, device: SimDevice, group: ConversationId) =>
  valueOf(world, commandsOf(device).markRead(group, (await messagesOf(world, device, group)).at(-1)!.id))

/** Six messages of two people that all have and have read, and a moment that is after them by everybody's clock. */
const talked = async (seed: number, devices: number, outside = 0) => {
  const world = await worldOf(seed, devices)
  const inside = world.devices.slice(0, devices - outside)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await groupOf({ ...world, devices: inside })
  for (let n = 0; n < 3; n += 1) {
    await say(world, alice, group, `alice ${n}`)
    await say(world, bob, group, `bob ${n}`)
  }
  const all = async (device: SimDevice) => (await textsOf(world, device, group)).length === 6
  await untilTrue(world, async () => (await Promise.all(inside.map(all))).every(Boolean))
  // Who comes back says what they hold; who was told by others is heard of it then.
  for (const device of inside) {
    device.crash('late')
    device.start()
  }
  await untilTrue(world, () => inside.every((device) => device.run()?.isStarted === true))
  // A power cut may take marks back that were not flushed.
  for (const device of inside) await read(world, device, group)
  await world.scheduler.run(world.scheduler.now() + 30_000, 2_000_000)
  return { world, alice, bob, group, after: clockOf(world.scheduler, alice) + msPerDay }
}

test('what is old goes from this device alone, does not come back, and both go on talking', async () => {
  const { world, alice, bob, group, after } = await talked(61, 2)
  await valueOf(world, commandsOf(alice).setStarred(group, (await messagesOf(world, alice, group))[0]!.id, true))
  const before = eventsOf(alice, group)
  const freed = await valueOf(world, commandsOf(alice).freeUp(group, after))
  expect(freed).toEqual({ removed: 3, isAll: true })
  // The starred one, and of each person the newest.
  const left = ['alice 0', 'alice 2', 'bob 2']
  expect(await textsOf(world, alice, group)).toEqual(left)
  expect(eventsOf(alice, group)).toBeLessThan(before)
  expect((await settled(world, once(queriesOf(alice).search({ text: 'bob' }, 9))))?.hits).toHaveLength(1)

  alice.crash('late')
  alice.start()
  await untilTrue(world, () => alice.run()?.isStarted === true)
  await say(world, bob, group, 'bob goes on')
  await untilTrue(world, async () => (await textsOf(world, alice, group)).includes('bob goes on'))
  await say(world, alice, group, 'alice goes on')
  await untilTrue(world, async () => (await textsOf(world, bob, group)).includes('alice goes on'))
  expect(await textsOf(world, bob, group)).toHaveLength(8)
  // What is said now about what is gone brings nothing back.
  const old = (await messagesOf(world, bob, group)).find(({ text }) => text === 'alice 1')!
  await valueOf(world, commandsOf(bob).react(group, old.id, '🎻'))
  await world.scheduler.run(world.scheduler.now() + 60_000, 2_000_000)
  expect(await textsOf(world, alice, group)).toEqual([...left, 'bob goes on', 'alice goes on'])
})

test('what somebody does not have yet, and what is unread, stays', async () => {
  const { world, alice, bob, group, after } = await talked(62, 3)
  const [, , carol] = world.devices as readonly [SimDevice, SimDevice, SimDevice]
  carol.crash('late')
  await say(world, alice, group, 'carol is away')
  await say(world, alice, group, 'what a pity')
  await say(world, bob, group, 'bob says so too')
  await untilTrue(world, async () => (await textsOf(world, alice, group)).length === 9)
  await world.scheduler.run(world.scheduler.now() + 30_000, 2_000_000)
  const freed = await valueOf(world, commandsOf(alice).freeUp(group, after))
  expect(freed.isAll).toBe(false)
  expect(await textsOf(world, alice, group)).toEqual(['carol is away', 'what a pity', 'bob says so too'])
  bob.crash('late')
  carol.start()
  await untilTrue(world, async () => (await textsOf(world, carol, group)).includes('bob says so too'))
  expect(await textsOf(world, carol, group)).toHaveLength(9)
  expect(conversationRecord(alice.disk, group)?.unread).toBe(1)
})

test('who is let in by this device is promised only what is still there, and has that', async () => {
  const { world, alice, group, after } = await talked(63, 3, 1)
  const carol = world.devices[2]!
  await valueOf(world, commandsOf(alice).setPolicy(group, { ...conversationRecord(alice.disk, group)!.policy, history: 'all' }))
  await valueOf(world, commandsOf(alice).freeUp(group, after))
  const { link } = await valueOf(world, commandsOf(alice).createInvite(group))
  await valueOf(world, commandsOf(carol).joinInvite(link))
  await untilTrue(world, async () => (await textsOf(world, carol, group)).length > 0)
  await say(world, alice, group, 'welcome')
  await untilTrue(world, async () => (await textsOf(world, carol, group)).includes('welcome'))
  expect(await textsOf(world, carol, group)).toEqual(['alice 2', 'bob 2', 'welcome'])
})
