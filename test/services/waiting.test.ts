// How many messages wait: those that nobody else has, counted without reading them, since it is counted anew whenever anything arrives.
import { afterEach, expect, test } from 'vitest'
import type { StoreReader } from '../../src/ports/store.ts'
import { keptBytes } from '../../src/services/queries/kept.ts'
import { readWaiting } from '../../src/services/queries/conversations.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import type { World } from '../sim/world/world.ts'
import { commandsOf, groupOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})
const waitingOf = async (device: SimDevice) => (await settled(world, once(queriesOf(device).connection())))?.waiting

test('messages that Bob lacks wait, also over a restart, and what is said about them does not', async () => {
  world = await worldOf(95, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await groupOf(world)
  const say = (text: string) => valueOf(world, commandsOf(alice).sendMessage(group, text))
  await say('he has this')
  await untilTrue(world, async () => (await waitingOf(alice)) === 0)
  bob.crash('late')
  await untilTrue(world, async () => (await settled(world, once(queriesOf(alice).connection())))?.links.length === 0)
  const items = (await settled(world, once(queriesOf(alice).timeline(group, 9))))!.items
  await valueOf(world, commandsOf(alice).react(group, items.at(-1)!.id, '👍'))
  expect(await waitingOf(alice)).toBe(0)
  await say('one')
  await valueOf(world, commandsOf(alice).react(group, items.at(-1)!.id, '👍'))
  await say('two')
  expect(await waitingOf(alice)).toBe(2)
  alice.crash('late')
  alice.start()
  await untilTrue(world, () => alice.run()?.isStarted === true)
  expect(await waitingOf(alice)).toBe(2)
  await say('three')
  expect(await waitingOf(alice)).toBe(3)
  bob.start()
  await untilTrue(world, async () => (await waitingOf(alice)) === 0)
})

test('however many wait, one row says how many', async () => {
  world = await worldOf(96, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await groupOf(world)
  bob.crash('late')
  for (let n = 0; n < 20; n += 1) await valueOf(world, commandsOf(alice).sendMessage(group, `${n}`))
  let read = 0
  const waiting = await settled(
    world,
    alice.run()!.store.read(async (reader) => {
      const counting: StoreReader = {
        ...reader,
        list: async (...asked) => {
          const entries = await reader.list(...asked)
          read += entries.length
          return entries
        },
      }
      const kept = await keptBytes(reader, group)
      return readWaiting(counting, kept!, group, (await reader.get('conversations', [group]))!)
    }),
  )
  expect(waiting).toBe(20)
  expect(read).toBe(1)
})
