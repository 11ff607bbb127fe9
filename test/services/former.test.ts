// Two who each hold the other for removed: they say once that their logs differ, and fall silent. Real services over memory adapters.
import { afterEach, expect, test } from 'vitest'
import { lanes } from '../../src/core/event/event.ts'
import type { ConversationId } from '../../src/core/ids.ts'
import type { ProfileRecord } from '../../src/ports/tables.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { chainEnd } from '../sim/world/logs.ts'
import { once, settled } from '../sim/world/view.ts'
import { hear } from '../sim/world/wire.ts'
import type { World } from '../sim/world/world.ts'
import { commandsOf, untilTrue, valueOf, worldOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})

const identityOf = (device: SimDevice) => (device.disk.state().get('profile')![0]!.value as ProfileRecord).identity
const value = <T>(work: Parameters<typeof valueOf<T>>[1]) => valueOf(world, work)
const until = (isTrue: Parameters<typeof untilTrue>[1]) => untilTrue(world, isTrue)
const seenBy = (device: SimDevice, id: ConversationId) => settled(world, once(device.run()!.messenger.queries.conversation(id)))

test('Bob, who was removed, and Carol, whom he let in before he knew, do not answer each other for ever', async () => {
  world = await worldOf(41, 3)
  const [alice, bob, carol] = world.devices as readonly [SimDevice, SimDevice, SimDevice]
  const group = await value(commandsOf(alice).createGroup('Choir'))
  const invite = async () => (await value(commandsOf(alice).createInvite(group))).link
  const isIn = (device: SimDevice) => async () => (await seenBy(device, group))?.standing === 'member'
  await value(commandsOf(bob).joinInvite(await invite()))
  await until(isIn(bob))
  const forCarol = await invite()
  await until(async () => chainEnd(bob.disk, group, lanes.members, alice.id()!) === chainEnd(alice.disk, group, lanes.members, alice.id()!))

  world.hub.cut((from, to) => (from === alice.id()) === (to === alice.id()))
  await value(commandsOf(alice).removeMember(group, identityOf(bob)))
  await value(commandsOf(carol).joinInvite(forCarol))
  await until(isIn(carol))
  world.hub.cut(undefined)
  await until(async () => !(await isIn(bob)()) && !(await isIn(carol)()))
  await value(commandsOf(carol).joinInvite(await invite()))
  await until(isIn(carol))

  let digests = 0
  world.witness({
    wire: (seen) => {
      if (seen.kind !== 'frame') return
      const { message } = hear(seen)
      if (message?.kind === 'digest' && [seen.from, seen.to].every((end) => end !== alice.id())) digests++
    },
    commit: () => {},
  })
  await value(commandsOf(alice).renameGroup(group, 'Duo'))
  await world.scheduler.run(world.scheduler.now() + 60_000, 2_000_000)
  // They are linked and compare, else this would prove nothing.
  expect(digests).toBeGreaterThan(0)
  expect(digests).toBeLessThan(10)
})
