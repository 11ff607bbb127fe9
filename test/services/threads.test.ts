// Threads: everybody finds the same replies under the same message, also after an absence, and nothing false gets in. Real services over
// memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId, EventId } from '../../src/core/ids.ts'
import type { MessageView } from '../../src/ports/queries.ts'
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
const messagesOn = async (device: SimDevice, id: ConversationId): Promise<readonly MessageView[]> =>
  ((await settled(world, once(queriesOf(device).timeline(id, 50))))?.items ?? []).filter((item) => item.kind === 'message')
const messageOn = async (device: SimDevice, id: ConversationId, text: string) =>
  (await messagesOn(device, id)).find((message) => message.text === text)
const threadOn = async (device: SimDevice, id: ConversationId, { thread }: Pick<MessageView, 'thread'>) =>
  settled(world, once(queriesOf(device).thread(id, thread!, 50)))
const textsIn = (thread: Awaited<ReturnType<typeof threadOn>>) =>
  thread?.items.map((item) => (item.kind === 'message' ? `${item.author.name}: ${item.text}` : ''))

const three = async (seed: number): Promise<readonly [SimDevice, SimDevice, SimDevice, ConversationId, MessageView]> => {
  world = await worldOf(seed, 3)
  const [alice, bob, carol] = world.devices as readonly [SimDevice, SimDevice, SimDevice]
  const group = await groupOf(world)
  await value(commandsOf(alice).sendMessage(group, 'Picnic on Sunday?'))
  await until(async () =>
    Boolean((await messageOn(bob, group, 'Picnic on Sunday?')) && (await messageOn(carol, group, 'Picnic on Sunday?'))),
  )
  return [alice, bob, carol, group, (await messageOn(bob, group, 'Picnic on Sunday?'))!]
}
const answer = async (device: SimDevice, group: ConversationId, text: string, to: EventId, thread?: EventId): Promise<void> => {
  await value(commandsOf(device).sendMessage(group, text, to, thread))
}

test('replies and replies to replies stand under the message that all began with, for everybody, also for who was away', async () => {
  const [alice, bob, carol, group, plan] = await three(91)
  carol.crash('late')
  await answer(bob, group, 'I bring cake', plan.id)
  await until(async () => (await messageOn(alice, group, 'I bring cake')) !== undefined)
  await answer(alice, group, 'Which one?', (await messageOn(alice, group, 'I bring cake'))!.id)
  await value(commandsOf(alice).sendMessage(group, 'And a blanket', undefined, plan.id))
  await value(commandsOf(alice).sendMessage(group, 'By the way, the gate is mended'))
  carol.start()
  await until(() => carol.run()?.isStarted === true)
  for (const device of world.devices)
    await until(async () => (await messageOn(device, group, 'By the way, the gate is mended')) !== undefined)
  for (const device of world.devices) {
    const thread = await threadOn(device, group, plan)
    expect(textsIn(thread)).toEqual(['Bob: I bring cake', 'Alice: Which one?', 'Alice: And a blanket'])
    expect(thread).toMatchObject({ isHere: true, count: 3, root: { text: 'Picnic on Sunday?' } })
    expect((await messageOn(device, group, 'Which one?'))?.thread).toEqual(plan.thread)
  }
  expect((await messageOn(carol, group, 'Picnic on Sunday?'))?.replies).toMatchObject({ count: 3, unread: 3 })
  expect((await messageOn(carol, group, 'Picnic on Sunday?'))?.replies?.people.map(({ name }) => name)).toEqual(['Alice', 'Bob'])
  // They stand in the conversation as well, so whoever reads along misses nothing.
  await value(commandsOf(carol).markRead(group, (await messagesOn(carol, group)).at(-1)!.id))
  expect((await messageOn(carol, group, 'Picnic on Sunday?'))?.replies).toMatchObject({ count: 3, unread: 0 })
})

test('a draft in a thread is its own, and goes with what is sent there; what waits to go out is seen there', async () => {
  const [, bob, , group, plan] = await three(92)
  await value(commandsOf(bob).saveDraft(group, 'in the conversation'))
  await value(commandsOf(bob).saveDraft(group, 'in the thread', undefined, plan.id))
  expect(await threadOn(bob, group, plan)).toMatchObject({ draft: 'in the thread', count: 0 })
  const draft = async () => (await settled(world, once(queriesOf(bob).conversations())))?.[0]?.draft
  expect(await draft()).toBe('in the conversation')
  const reply = async () => (await settled(world, once(queriesOf(bob).conversation(group))))?.draftReply
  expect(await reply()).toBeUndefined()
  await value(commandsOf(bob).saveDraft(group, 'Yes!', plan.id))
  expect(await reply()).toMatchObject({ id: plan.id, author: 'Alice', text: 'Picnic on Sunday?' })
  await value(commandsOf(bob).saveDraft(group, 'in the conversation'))
  expect(await reply()).toBeUndefined()
  await value(commandsOf(bob).sendLater(group, 'See you there', { kind: 'at', at: 4_000_000_000_000 }, undefined, plan.id))
  expect(await threadOn(bob, group, plan)).toMatchObject({ draft: '', items: [{ text: 'See you there', later: { n: 1 } }] })
  await value(commandsOf(bob).sendNow(group, 1))
  expect(await threadOn(bob, group, plan)).toMatchObject({ count: 1, items: [{ text: 'See you there' }] })
  expect(await draft()).toBe('in the conversation')
})

test('what somebody says unaware of their removal is in no thread', async () => {
  const [alice, bob, carol, group, plan] = await three(93)
  carol.crash('late')
  const carolIs = (await settled(world, once(queriesOf(alice).conversation(group))))!.members.find(({ name }) => name === 'Carol')!
  for (const device of [alice, bob]) device.crash('late')
  carol.start()
  await until(() => carol.run()?.isStarted === true)
  await answer(carol, group, 'I am in', plan.id)
  expect(await threadOn(carol, group, plan)).toMatchObject({ count: 1 })
  carol.crash('late')
  alice.start()
  await until(() => alice.run()?.isStarted === true)
  await value(commandsOf(alice).removeMember(group, carolIs.identity))
  bob.start()
  carol.start()
  await until(async () => (await settled(world, once(queriesOf(carol).conversation(group))))?.standing === 'left')
  await until(() => bob.run()?.isStarted === true)
  // Bob may have heard her before he heard of her removal.
  await until(async () => (await threadOn(bob, group, plan))?.count === 0)
  for (const device of world.devices) expect(await threadOn(device, group, plan)).toMatchObject({ count: 0, items: [] })
})
