// An event that would be larger than anybody takes is not made, and its author is told so: in a chain nobody could take what follows it.
import { afterEach, expect, test } from 'vitest'
import { maxEventBytes } from '../../src/core/limits.ts'
import type { EventId } from '../../src/core/ids.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import { createWorld, type World } from '../sim/world/world.ts'
import { commandsOf, queriesOf, untilTrue, valueOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})

test('a reaction that fills more than an event is too long, and Alice goes on as if she had not tried', async () => {
  world = createWorld({ seed: 5, devices: 1, realCipher: false, keepTrace: false })
  const [alice] = world.devices as readonly [SimDevice]
  const value = <T>(work: Parameters<typeof valueOf<T>>[1]) => valueOf(world, work)
  alice.start()
  await untilTrue(world, () => alice.run()?.isStarted === true)
  await value(commandsOf(alice).createProfile('Alice'))
  const group = await value(commandsOf(alice).createGroup('Diary'))
  await value(commandsOf(alice).sendMessage(group, 'dear diary'))
  const items = async () => (await settled(world, once(queriesOf(alice).timeline(group, 100))))?.items ?? []
  const message = (await items()).find((item) => item.kind === 'message')?.id as EventId
  const refused = await settled(world, commandsOf(alice).react(group, message, 'x'.repeat(maxEventBytes)))
  expect(refused?.ok === false && refused.error.kind).toBe('too-long')
  await value(commandsOf(alice).sendMessage(group, 'another day'))
  expect((await items()).flatMap((item) => (item.kind === 'message' ? [item.text] : []))).toEqual(['dear diary', 'another day'])
})
