// Two people compare emojis over their link: real services over memory adapters.
import { afterEach, describe, expect, test } from 'vitest'
import type { ConversationId, IdentityId } from '../../src/core/ids.ts'
import type { ProfileRecord } from '../../src/ports/tables.ts'
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
const profileOf = (device: SimDevice) => device.disk.state().get('profile')![0]!.value as ProfileRecord
const idOf = (device: SimDevice): IdentityId => profileOf(device).identity
const seenOn = (device: SimDevice) => settled(world, once(queriesOf(device).comparison()))
const verifiedOn = async (device: SimDevice, other: SimDevice) =>
  (await settled(world, once(queriesOf(device).safety(idOf(other)))))?.verified
const compare = (device: SimDevice, group: ConversationId, other: SimDevice) => commandsOf(device).compareEmojis(group, idOf(other))

const together = async (seed: number, devices: 2 | 3 = 2): Promise<readonly [ConversationId, ...SimDevice[]]> => {
  world = createWorld({ seed, devices, realCipher: false, keepTrace: false })
  // A link that dies for longer than a moment ends a comparison, which has a story of its own.
  world.hub.setFaults({ latencyMs: [1, 20], dialMs: [20, 100], linkDeath: 0, relayedFirst: 0 })
  // People who wait for each other take steps by the second: without something that goes on, twenty steps are minutes.
  const tick = (): void => void world.scheduler.after(world.weather, 100, 'tick', tick)
  tick()
  for (const device of world.devices) device.start()
  await until(() => world.devices.every((device) => device.run()?.isStarted))
  for (const device of world.devices) await value(commandsOf(device).createProfile(device.name))
  const group = await groupOf(world)
  await until(async () =>
    (await Promise.all(world.devices.map((device) => settled(world, once(queriesOf(device).conversation(group)))))).every(
      (view) => view?.online === devices - 1,
    ),
  )
  return [group, ...world.devices]
}

/** Until both look, and what they see. */
const lookTogether = async (group: ConversationId, alice: SimDevice, bob: SimDevice): Promise<readonly number[]> => {
  await value(compare(alice, group, bob))
  await until(async () => (await seenOn(bob))?.stage === 'asked')
  expect(await seenOn(bob)).toMatchObject({ conversation: group, person: { identity: idOf(alice) } })
  await value(compare(bob, group, alice))
  await until(async () => (await seenOn(alice))?.stage === 'looking' && (await seenOn(bob))?.stage === 'looking')
  const emojis = (await seenOn(alice))?.emojis
  expect((await seenOn(bob))?.emojis).toEqual(emojis)
  return emojis ?? []
}

describe('two who compare emojis', () => {
  test('see the same seven, and are verified once both have said so', async () => {
    const [group, alice, bob] = (await together(61)) as [ConversationId, SimDevice, SimDevice]
    expect(await lookTogether(group, alice, bob)).toHaveLength(7)
    await value(commandsOf(alice).answerEmojis(true))
    await until(async () => (await seenOn(alice))?.said === true)
    expect(await verifiedOn(alice, bob)).toBe(false)
    await value(commandsOf(bob).answerEmojis(true))
    await until(async () => (await verifiedOn(alice, bob)) === true && (await verifiedOn(bob, alice)) === true)
    expect(await seenOn(alice)).toMatchObject({ stage: 'ended', end: 'same' })
    await value(commandsOf(alice).stopEmojis())
    expect(await seenOn(alice)).toBeUndefined()
  })

  test('are not verified any more when one of them says that they differ', async () => {
    const [group, alice, bob] = (await together(62)) as [ConversationId, SimDevice, SimDevice]
    await value(commandsOf(alice).setVerified(idOf(bob), true))
    await value(commandsOf(bob).setVerified(idOf(alice), true))
    await lookTogether(group, alice, bob)
    await value(commandsOf(alice).answerEmojis(true))
    await value(commandsOf(bob).answerEmojis(false))
    await until(async () => (await verifiedOn(alice, bob)) === false && (await verifiedOn(bob, alice)) === false)
    expect(await seenOn(alice)).toMatchObject({ stage: 'ended', end: 'different' })
  })

  test('come together when both ask at once', async () => {
    const [group, alice, bob] = (await together(63)) as [ConversationId, SimDevice, SimDevice]
    await Promise.all([value(compare(alice, group, bob)), value(compare(bob, group, alice))])
    await until(async () => (await seenOn(alice))?.stage === 'looking' && (await seenOn(bob))?.stage === 'looking')
    expect((await seenOn(bob))?.emojis).toEqual((await seenOn(alice))?.emojis)
  })

  test('are told when the other leaves, when nobody answers for five minutes, and when it is declined, and are left in peace then', async () => {
    const [group, alice, bob] = (await together(64)) as [ConversationId, SimDevice, SimDevice]
    await value(compare(alice, group, bob))
    await until(async () => (await seenOn(bob))?.stage === 'asked')
    await value(commandsOf(bob).stopEmojis())
    await until(async () => (await seenOn(alice))?.end === 'stopped')
    expect(await seenOn(bob)).toBeUndefined()
    // Asked again at once, Bob hears nothing of it.
    await value(compare(alice, group, bob))
    await world.scheduler.run(world.scheduler.now() + 2 * 60_000, 2_000_000)
    expect(await seenOn(alice)).toMatchObject({ stage: 'asking' })
    await until(async () => (await seenOn(alice))?.end === 'timeout')
    expect(await seenOn(bob)).toBeUndefined()
    await value(compare(alice, group, bob))
    await until(async () => (await seenOn(bob))?.stage === 'asked')
    bob.crash('late')
    await until(async () => (await seenOn(alice))?.end === 'gone')
    const answer = await settled(world, compare(alice, group, bob))
    expect(answer).toMatchObject({ ok: false, error: { kind: 'not-here' } })
    bob.start()
    await until(() => bob.run()?.isStarted === true)
    expect(await seenOn(bob)).toBeUndefined()
  })

  test('do so one at a time: whoever else asks is told no', async () => {
    const [group, alice, bob, carol] = (await together(65, 3)) as [ConversationId, SimDevice, SimDevice, SimDevice]
    await value(compare(alice, group, bob))
    await until(async () => (await seenOn(bob))?.stage === 'asked')
    await value(compare(carol, group, bob))
    await until(async () => (await seenOn(carol))?.end === 'stopped')
    expect(await settled(world, compare(bob, group, carol))).toMatchObject({ ok: false, error: { kind: 'comparing' } })
    await value(compare(bob, group, alice))
    await until(async () => (await seenOn(alice))?.stage === 'looking')
    await value(commandsOf(carol).answerEmojis(false))
    await value(commandsOf(carol).stopEmojis())
    await until(async () => (await seenOn(bob))?.stage === 'looking')
    expect((await seenOn(alice))?.stage).toBe('looking')
  })
})
