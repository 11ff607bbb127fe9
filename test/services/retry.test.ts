// What a person can do about a message that nobody takes: try again at once, or take back what was not said yet; and how they learn why somebody
// is not reached. Real services over memory adapters.
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
const pass = (ms: number) => world.scheduler.run(world.scheduler.now() + ms, 2_000_000)
const textsOn = async (device: SimDevice, id: ConversationId) =>
  ((await settled(world, once(queriesOf(device).timeline(id, 50))))?.items ?? []).flatMap((item) =>
    item.kind === 'message' ? [item.text] : [],
  )

test('what a full disk refused is taken as soon as there is room and it is tried again', async () => {
  world = await worldOf(91, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await groupOf(world)
  await valueOf(world, commandsOf(alice).sendMessage(group, 'first'))
  await untilTrue(world, async () => (await textsOn(bob, group)).length === 1)
  let isTaken = false
  world.witness({
    commit: (device, writes) => {
      isTaken ||= device === bob && writes.some((write) => write.kind === 'put' && write.table === 'timeline')
    },
  })
  bob.quotaFailure = 1
  await valueOf(world, commandsOf(alice).sendMessage(group, 'second'))
  await pass(1_000)
  bob.quotaFailure = 0
  await pass(1_000)
  expect(isTaken).toBe(false)
  void commandsOf(alice).retry(group)
  await pass(1_000)
  expect(isTaken).toBe(true)
  expect(await textsOn(bob, group)).toEqual(['first', 'second'])
})

test('nobody can be asked again about a conversation that is not here', async () => {
  world = await worldOf(92, 1)
  const answer = await settled(world, commandsOf(world.devices[0]!).retry('nowhere' as ConversationId))
  expect(answer?.ok === false && answer.error.kind).toBe('no-such-conversation')
})

test('what was typed at the door and is deleted before anybody opens is said to nobody', async () => {
  world = await worldOf(93, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const { link, conversation } = await valueOf(world, commandsOf(alice).createInvite())
  alice.crash('at once')
  await valueOf(world, commandsOf(bob).joinInvite(link))
  await valueOf(world, commandsOf(bob).sendMessage(conversation, 'a mistake'))
  await valueOf(world, commandsOf(bob).sendMessage(conversation, 'hello'))
  const items = (await settled(world, once(queriesOf(bob).timeline(conversation, 50))))?.items ?? []
  const mistake = items.find((item) => item.kind === 'message' && item.text === 'a mistake')
  await valueOf(world, commandsOf(bob).deleteMessage(conversation, mistake!.id))
  expect(await textsOn(bob, conversation)).toEqual(['hello'])
  const again = await settled(world, commandsOf(bob).deleteMessage(conversation, mistake!.id))
  expect(again?.ok === false && again.error.kind).toBe('too-late')
  alice.start()
  await untilTrue(world, async () => alice.run()?.isStarted === true && (await textsOn(alice, conversation)).length > 0)
  expect(await textsOn(alice, conversation)).toEqual(['hello'])
})

test('why Bob is not reached any more is known, with when, and who he is', async () => {
  world = await worldOf(94, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await groupOf(world)
  const connection = async () => await settled(world, once(queriesOf(alice).connection()))
  await untilTrue(world, async () => (await connection())?.links.length === 1)
  const before = (await connection())?.troubles ?? []
  bob.crash('late')
  await untilTrue(world, async () => (await connection())?.links.length === 0)
  const view = await settled(world, once(queriesOf(alice).conversation(group)))
  const identity = view?.members.find(({ isMe }) => !isMe)?.identity
  const [trouble, ...more] = (await connection())?.troubles ?? []
  expect(trouble).toMatchObject({ identity, trouble: 'lost' })
  expect(more).toEqual([])
  expect(trouble?.at).toBeGreaterThan(before[0]?.at ?? 0)
})

test('what Alice says in a group of herself alone waits for nobody, until somebody is there to have it', async () => {
  world = await worldOf(92, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const waiting = async () => (await settled(world, once(queriesOf(alice).connection())))?.waiting
  const group = await valueOf(world, commandsOf(alice).createGroup('Notes'))
  await valueOf(world, commandsOf(alice).sendMessage(group, 'Milk, bread'))
  expect(await waiting()).toBe(0)
  const states = async () =>
    (await settled(world, once(queriesOf(alice).timeline(group, 9))))?.items.flatMap((item) =>
      item.kind === 'message' ? [item.delivery?.state] : [],
    )
  expect(await states()).toEqual([undefined])
  const { link } = await valueOf(world, commandsOf(alice).createInvite(group))
  await valueOf(world, commandsOf(bob).joinInvite(link))
  await untilTrue(world, async () => (await settled(world, once(queriesOf(bob).conversation(group))))?.standing === 'member')
  bob.crash('late')
  await valueOf(world, commandsOf(alice).sendMessage(group, 'Cheese'))
  expect(await waiting()).toBe(1)
  expect((await states())?.at(-1)).toBe('waiting')
})
