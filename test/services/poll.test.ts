// Asking everybody: one tally for all, over a restart and an absence. Real services over memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import { createWorld, type World } from '../sim/world/world.ts'
import { commandsOf, groupOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})
const value = <T>(work: Parameters<typeof valueOf<T>>[1]) => valueOf(world, work)
const until = (isTrue: Parameters<typeof untilTrue>[1]) => untilTrue(world, isTrue)
const pollOn = async (device: SimDevice, id: ConversationId) => {
  const items = (await settled(world, once(queriesOf(device).timeline(id, 50))))?.items ?? []
  return items.flatMap((item) => (item.kind === 'message' && item.poll ? [item] : []))[0]
}
const tallyOn = async (device: SimDevice, id: ConversationId) =>
  (await pollOn(device, id))?.poll?.options.map(({ text, by }) => `${text}: ${by.toSorted().join(' ')}`)

test('Alice asks, all three choose, Bob changes his mind while Carol is away; in the end all see the same', async () => {
  world = createWorld({ seed: 81, devices: 3, realCipher: false, keepTrace: false })
  const [alice, bob, carol] = world.devices as readonly [SimDevice, SimDevice, SimDevice]
  for (const device of world.devices) device.start()
  await until(() => world.devices.every((device) => device.run()?.isStarted))
  for (const [at, device] of world.devices.entries()) await value(commandsOf(device).createProfile(['Alice', 'Bob', 'Carol'][at]!))
  const group = await groupOf(world)
  await value(commandsOf(alice).sendPoll(group, 'When?', [' Tuesday ', 'Friday', '  '], false))
  await until(async () => (await pollOn(bob, group)) !== undefined && (await pollOn(carol, group)) !== undefined)
  expect((await settled(world, once(queriesOf(bob).conversations())))?.[0]).toMatchObject({ unread: 1, lastText: { text: 'When?' } })
  const { id } = (await pollOn(alice, group))!
  await value(commandsOf(alice).vote(group, id, [0]))
  await value(commandsOf(bob).vote(group, id, [0]))
  await value(commandsOf(carol).vote(group, id, [1]))
  await until(async () => (await pollOn(alice, group))?.poll?.voters === 3)
  expect(await tallyOn(alice, group)).toEqual(['Tuesday: Alice Bob', 'Friday: Carol'])
  carol.crash('late')
  await value(commandsOf(bob).vote(group, id, [1]))
  await until(async () => (await tallyOn(alice, group))?.[1] === 'Friday: Bob Carol')
  carol.start()
  await until(async () => (await tallyOn(carol, group))?.[1] === 'Friday: Bob Carol')
  await value(commandsOf(bob).vote(group, id, []))
  for (const device of world.devices) await until(async () => (await tallyOn(device, group))?.join() === 'Tuesday: Alice,Friday: Carol')
})

test('a poll that Alice ends counts the votes that had come to her, for everybody and for ever; nobody else ends it, and nobody votes after it', async () => {
  world = await worldOf(83, 3)
  const [alice, bob, carol] = world.devices as readonly [SimDevice, SimDevice, SimDevice]
  const group = await groupOf(world)
  await value(commandsOf(alice).sendPoll(group, 'When?', ['Tuesday', 'Friday'], false))
  await until(async () => (await pollOn(bob, group)) !== undefined && (await pollOn(carol, group)) !== undefined)
  const { id } = (await pollOn(alice, group))!
  await value(commandsOf(carol).vote(group, id, [0]))
  await until(async () => (await tallyOn(alice, group))?.[0] === 'Tuesday: Carol' && (await tallyOn(bob, group))?.[0] === 'Tuesday: Carol')
  // Bob votes while Alice does not hear him, and she ends it.
  alice.crash('late')
  await value(commandsOf(bob).vote(group, id, [1]))
  bob.crash('late')
  carol.crash('late')
  alice.start()
  await until(() => alice.run()?.isStarted === true)
  await value(commandsOf(alice).closePoll(group, id))
  for (const device of [bob, carol]) device.start()
  for (const device of world.devices)
    await until(async () => (await pollOn(device, group))?.poll?.closed === true && (await pollOn(device, group))?.poll?.tooLate === 1)
  for (const device of world.devices) expect(await tallyOn(device, group)).toEqual(['Tuesday: Carol', 'Friday: '])
  const answers = await Promise.all(
    [commandsOf(bob).vote(group, id, [0]), commandsOf(bob).closePoll(group, id), commandsOf(alice).closePoll(group, id)].map((work) =>
      settled(world, work),
    ),
  )
  expect(answers.map((answer) => answer?.ok === false && answer.error.kind)).toEqual(['closed', 'not-allowed', 'closed'])
})

test('a poll that has ended by the clock takes no vote', async () => {
  world = await worldOf(84, 1)
  const [alice] = world.devices as readonly [SimDevice]
  const group = await value(commandsOf(alice).createGroup('Choir'))
  await value(commandsOf(alice).sendPoll(group, 'When?', ['Tuesday', 'Friday'], false, 1))
  const { id, poll } = (await pollOn(alice, group))!
  expect(poll).toMatchObject({ closesAt: 1, closed: false })
  const answer = await settled(world, commandsOf(alice).vote(group, id, [0]))
  expect(answer?.ok === false && answer.error.kind).toBe('closed')
})

test('what is no poll is not sent as one', async () => {
  world = createWorld({ seed: 82, devices: 1, realCipher: false, keepTrace: false })
  const [alice] = world.devices as readonly [SimDevice]
  alice.start()
  await until(() => alice.run()?.isStarted === true)
  await value(commandsOf(alice).createProfile('Alice'))
  const group = await value(commandsOf(alice).createGroup('Choir'))
  const answers = await Promise.all(
    [
      commandsOf(alice).sendPoll(group, ' ', ['yes', 'no'], false),
      commandsOf(alice).sendPoll(group, 'Really?', ['yes', ' '], false),
      commandsOf(alice).sendPoll(group, 'Really?', ['yes', 'x'.repeat(101)], false),
      commandsOf(alice).sendPoll(
        group,
        'Really?',
        Array.from({ length: 13 }, (_, i) => `${i}`),
        false,
      ),
    ].map((work) => settled(world, work)),
  )
  expect(answers.map((answer) => answer?.ok === false && answer.error.kind)).toEqual(['empty', 'empty', 'too-long', 'too-long'])
})
