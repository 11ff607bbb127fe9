// Keys that opened an epoch do not stay, also where nobody is left to be told of a fresh one. Real services over memory adapters.
import { expect, test } from 'vitest'
import type { HpkeKeyRecord } from '../../src/ports/tables.ts'
import { conversationRecord, rowsOf } from '../sim/world/logs.ts'
import { createWorld } from '../sim/world/world.ts'
import { commandsOf, untilTrue, valueOf } from './people.ts'

test('Bob, who leaves the moment he has opened an epoch, does not keep the key that it was sealed to', async () => {
  const world = createWorld({ seed: 9, devices: 2, realCipher: false, keepTrace: false })
  world.hub.setFaults({ latencyMs: [1, 20], dialMs: [20, 100] })
  const [alice, bob] = world.devices
  if (alice === undefined || bob === undefined) throw new Error('two people were asked for')
  for (const device of world.devices) device.start()
  await untilTrue(world, () => world.devices.every((device) => device.run()?.isStarted === true))
  for (const device of world.devices) await valueOf(world, commandsOf(device).createProfile(device.name))
  const group = await valueOf(world, commandsOf(alice).createGroup('A group'))
  const { link } = await valueOf(world, commandsOf(alice).createInvite(group))
  const used = () => rowsOf(bob.disk, 'hpkeKeys', []).filter(({ value }) => (value as HpkeKeyRecord).usedAt !== undefined)

  let left: Promise<unknown> | undefined
  world.witness({
    commit: (device) => {
      if (device === bob && left === undefined && used().length > 0) left = commandsOf(bob).leave(group)
    },
  })
  await valueOf(world, commandsOf(bob).joinInvite(link))
  await untilTrue(world, () => left !== undefined && conversationRecord(bob.disk, group)?.standing === 'left')
  expect(used()).not.toEqual([])
  await world.scheduler.run(world.scheduler.now() + 20_000, 200_000)
  expect(used()).toEqual([])
})
