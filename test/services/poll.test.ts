// Asking everybody: one tally for all, over a restart and an absence. Real services over memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import { createWorld, type World } from '../sim/world/world.ts'
import { commandsOf, groupOf, queriesOf, untilTrue, valueOf } from './people.ts'

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
