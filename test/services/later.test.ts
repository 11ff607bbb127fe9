// What is said later: taken back in time, at a moment, when somebody is there, once and also after a restart. Real services over memory
// adapters.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { clockOf } from '../sim/world/ports.ts'
import { once, settled } from '../sim/world/view.ts'
import type { World } from '../sim/world/world.ts'
import { commandsOf, groupOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})
const value = <T>(work: Parameters<typeof valueOf<T>>[1]) => valueOf(world, work)
const until = (isTrue: Parameters<typeof untilTrue>[1]) => untilTrue(world, isTrue)
const pass = (ms: number) => world.scheduler.run(world.scheduler.now() + ms, 2_000_000)
const messagesOn = async (device: SimDevice, id: ConversationId) =>
  ((await settled(world, once(queriesOf(device).timeline(id, 50))))?.items ?? []).flatMap((item) => (item.kind === 'message' ? [item] : []))
const saidOn = async (device: SimDevice, id: ConversationId) =>
  (await messagesOn(device, id)).flatMap(({ text, later }) => (later === undefined ? [text] : []))
const waitingOn = async (device: SimDevice, id: ConversationId) =>
  (await messagesOn(device, id)).flatMap(({ text, later }) => (later === undefined ? [] : [{ text, n: later.n }]))
/** By the clock of a device, which is not the world's. */
const inMs = (device: SimDevice, ms: number) => ({ kind: 'at', at: clockOf(world.scheduler, device) + ms }) as const

const two = async (seed: number): Promise<readonly [SimDevice, SimDevice, ConversationId]> => {
  world = await worldOf(seed, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await groupOf(world)
  return [alice, bob, group]
}

test('a text that is taken back in time goes to nobody', async () => {
  const [alice, bob, group] = await two(71)
  await value(commandsOf(alice).sendLater(group, 'a mistake', inMs(alice, 20_000)))
  const soon = async () => (await settled(world, once(queriesOf(alice).connection())))?.soon
  expect(await soon()).toBe(1)
  expect(await waitingOn(alice, group)).toEqual([{ text: 'a mistake', n: 1 }])
  await pass(2_000)
  await value(commandsOf(alice).takeBack(group, 1))
  expect(await soon()).toBe(0)
  await pass(120_000)
  expect(await messagesOn(alice, group)).toEqual([])
  expect(await saidOn(bob, group)).toEqual([])
  expect(alice.disk.state().get('later') ?? []).toEqual([])
  expect(alice.disk.state().get('outbox') ?? []).toEqual([])
})

test('otherwise it goes out once when its time has come, behind what was said meanwhile, and cannot be taken back then', async () => {
  const [alice, bob, group] = await two(72)
  await value(commandsOf(alice).sendLater(group, 'second', inMs(alice, 10_000)))
  await value(commandsOf(alice).sendMessage(group, 'first'))
  await until(async () => (await saidOn(bob, group)).length === 2)
  expect(await saidOn(bob, group)).toEqual(['first', 'second'])
  expect(await messagesOn(alice, group)).toHaveLength(2)
  const late = await settled(world, commandsOf(alice).takeBack(group, 1))
  expect(late?.ok === false && late.error.kind).toBe('too-late')
  await pass(60_000)
  expect(await saidOn(bob, group)).toEqual(['first', 'second'])
})

test('what came due while the page was closed goes out when it is opened, once', async () => {
  const [alice, bob, group] = await two(73)
  await value(commandsOf(alice).sendLater(group, 'good morning', inMs(alice, 60_000)))
  alice.crash('late')
  await pass(120_000)
  expect(await saidOn(bob, group)).toEqual([])
  alice.start()
  await until(async () => (await saidOn(bob, group)).length === 1)
  await pass(60_000)
  expect(await saidOn(bob, group)).toEqual(['good morning'])
  expect(await waitingOn(alice, group)).toEqual([])
})

test('what is for when somebody is there waits until a device of theirs is connected', async () => {
  const [alice, bob, group] = await two(74)
  bob.crash('late')
  await until(async () => (await settled(world, once(queriesOf(alice).conversation(group))))?.online === 0)
  await value(commandsOf(alice).sendLater(group, 'you are here', { kind: 'here' }))
  await pass(90_000)
  expect(await waitingOn(alice, group)).toEqual([{ text: 'you are here', n: 1 }])
  bob.start()
  await until(async () => (await saidOn(bob, group)).length === 1)
})

test('it can be said at once after all', async () => {
  const [alice, bob, group] = await two(75)
  await value(commandsOf(alice).sendLater(group, 'now', inMs(alice, 3_600_000)))
  await value(commandsOf(alice).sendNow(group, 1))
  await until(async () => (await saidOn(bob, group)).length === 1)
  await pass(10_000)
  expect(await saidOn(bob, group)).toEqual(['now'])
})

test('nothing that could not be sent now is kept for later', async () => {
  const [alice, , group] = await two(76)
  const when = inMs(alice, 1_000)
  const empty = await settled(world, commandsOf(alice).sendLater(group, '  ', when))
  const long = await settled(world, commandsOf(alice).sendLater(group, 'x'.repeat(16 * 1024 + 1), when))
  expect([empty, long].map((answer) => answer?.ok === false && answer.error.kind)).toEqual(['empty', 'too-long'])
  await value(commandsOf(alice).leave(group))
  const left = await settled(world, commandsOf(alice).sendLater(group, 'still here', when))
  expect(left?.ok === false && left.error.kind).toBe('not-allowed')
})
