// A group into which newcomers come only once somebody who looks after it has said so: whoever they reach writes down that they ask, and whoever
// decides need not be here at the same time. Real services over memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import { defaultPolicy } from '../../src/core/members/role.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { identityOf } from '../sim/world/logs.ts'
import { once, settled } from '../sim/world/view.ts'
import type { World } from '../sim/world/world.ts'
import { commandsOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})
const value = <T>(work: Parameters<typeof valueOf<T>>[1]) => valueOf(world, work)
const until = (isTrue: Parameters<typeof untilTrue>[1]) => untilTrue(world, isTrue)
const viewOn = async (device: SimDevice, id: ConversationId) => settled(world, once(queriesOf(device).conversation(id)))
const applicantsOn = async (device: SimDevice, id: ConversationId) =>
  ((await viewOn(device, id))?.applicants ?? []).map(({ person }) => person.name)
const off = (device: SimDevice): void => device.crash('late')
const on = async (device: SimDevice): Promise<void> => {
  device.start()
  await until(() => device.run()?.isStarted === true)
}

/** Alice's group with Bob in it, into which newcomers are approved; and the link that Carol has. */
const choir = async (seed: number) => {
  world = await worldOf(seed, 3)
  const [alice, bob, carol] = world.devices as readonly [SimDevice, SimDevice, SimDevice]
  const group = await value(commandsOf(alice).createGroup('Choir'))
  const { link } = await value(commandsOf(alice).createInvite(group))
  await value(commandsOf(bob).joinInvite(link))
  await until(async () => (await viewOn(bob, group))?.standing === 'member')
  await value(commandsOf(alice).setPolicy(group, defaultPolicy, true))
  await until(async () => (await viewOn(bob, group))?.approval === true)
  return { alice, bob, carol, group, link }
}

test('Bob passes on that Carol asks, Alice lets her in later, and she comes in when she is back: nobody was here at once', async () => {
  const { alice, bob, carol, group, link } = await choir(401)
  expect((await viewOn(alice, group))?.policy.invite).toBe('moderator')
  off(alice)
  await value(commandsOf(carol).joinInvite(link))
  await until(async () => (await viewOn(carol, group))?.awaitsApproval === true)
  await value(commandsOf(carol).sendMessage(group, 'May I come in?'))
  // Bob decides nothing, and is shown nothing.
  expect(await applicantsOn(bob, group)).toEqual([])
  const byBob = await settled(world, commandsOf(bob).answerApplicant(group, identityOf(carol.disk)!, true))
  expect(byBob?.ok === false && byBob.error.kind).toBe('not-allowed')
  off(carol)
  await on(alice)
  await until(async () => (await applicantsOn(alice, group)).length === 1)
  expect((await settled(world, once(queriesOf(alice).conversations())))?.[0]).toMatchObject({ asking: 1 })
  await value(commandsOf(alice).answerApplicant(group, identityOf(carol.disk)!, true))
  expect(await applicantsOn(alice, group)).toEqual([])
  await until(async () => (await viewOn(bob, group))?.members.length === 3)
  off(alice)
  await on(carol)
  expect((await viewOn(carol, group))?.standing).toBe('joining')
  await until(async () => (await viewOn(carol, group))?.standing === 'member')
  await until(async () => {
    const items = (await settled(world, once(queriesOf(bob).timeline(group, 50))))?.items ?? []
    return items.some((item) => item.kind === 'message' && item.text === 'May I come in?')
  })
})

test('whoever is turned down is told so, by anybody, and does not ask again by that link; by another one they may', async () => {
  const { alice, carol, group, link } = await choir(402)
  await value(commandsOf(carol).joinInvite(link))
  await until(async () => (await applicantsOn(alice, group)).length === 1)
  await value(commandsOf(alice).answerApplicant(group, identityOf(carol.disk)!, false))
  await until(async () => {
    const items = (await settled(world, once(queriesOf(carol).timeline(group, 9))))?.items ?? []
    return items.some((item) => item.kind === 'notice' && item.notice.kind === 'refused' && item.notice.reason === 'declined')
  })
  expect((await viewOn(carol, group))?.awaitsApproval).toBe(false)
  expect(await applicantsOn(alice, group)).toEqual([])
  const gone = await settled(world, commandsOf(alice).answerApplicant(group, identityOf(carol.disk)!, true))
  expect(gone?.ok === false && gone.error.kind).toBe('not-asking')
  const { link: other } = await value(commandsOf(alice).createInvite(group))
  await value(commandsOf(carol).joinInvite(other))
  await until(async () => (await applicantsOn(alice, group)).length === 1)
})

test('whoever withdraws asks no more, also when those who know of it come only later', async () => {
  const { alice, bob, carol, group, link } = await choir(403)
  await value(commandsOf(carol).joinInvite(link))
  await until(async () => (await applicantsOn(alice, group)).length === 1)
  off(alice)
  off(bob)
  await value(commandsOf(carol).stopJoining(group))
  expect((await viewOn(carol, group))?.standing).toBe('left')
  off(carol)
  await on(carol)
  await on(alice)
  await until(async () => (await applicantsOn(alice, group)).length === 0)
  await until(async () => (await viewOn(carol, group)) === undefined)
  // Nobody minds if she thinks better of it.
  await value(commandsOf(carol).joinInvite(link))
  await until(async () => (await applicantsOn(alice, group)).length === 1)
})

test('waiting is given up at once where nobody has heard of it', async () => {
  const { alice, bob, carol, group, link } = await choir(404)
  off(alice)
  off(bob)
  await value(commandsOf(carol).joinInvite(link))
  await value(commandsOf(carol).stopJoining(group))
  expect(await viewOn(carol, group)).toBeUndefined()
  const again = await settled(world, commandsOf(carol).stopJoining(group))
  expect(again?.ok === false && again.error.kind).toBe('not-allowed')
})
