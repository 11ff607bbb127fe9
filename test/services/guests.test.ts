// Looking after a group: invites that hold for as long as their maker likes, who writes there and how quickly, what is taken away. Real services over memory adapters.
import { afterEach, expect, test } from 'vitest'
import { defaultPolicy } from '../../src/core/members/role.ts'
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

test('an invite counts who came by it, and lets nobody in once it was withdrawn', async () => {
  world = await worldOf(91, 3)
  const [alice, bob, carol] = world.devices as readonly [SimDevice, SimDevice, SimDevice]
  const group = await value(commandsOf(alice).createGroup('Choir'))
  const invites = async () => (await settled(world, once(queriesOf(alice).invites(group)))) ?? []
  const { link } = await value(commandsOf(alice).createInvite(group, { seconds: 28 * 86_400 }))
  await value(commandsOf(alice).createInvite(group, { single: true }))
  await value(commandsOf(bob).joinInvite(link))
  await until(async () => (await settled(world, once(queriesOf(bob).conversation(group))))?.standing === 'member')
  await until(async () => (await invites())[0]?.joined === 1)
  expect((await invites()).map(({ single, joined }) => [single, joined])).toEqual([
    [false, 1],
    [true, 0],
  ])
  await value(commandsOf(bob).withdrawInvite(group, (await invites())[0]!.invite))
  await until(async () => (await invites()).length === 1)
  const waiting = await value(commandsOf(carol).joinInvite(link))
  await until(async () => {
    const items = (await settled(world, once(queriesOf(carol).timeline(waiting, 9))))?.items ?? []
    return items.some((item) => item.kind === 'notice' && item.notice.kind === 'refused' && item.notice.reason === 'unknown')
  })
  expect((await settled(world, once(queriesOf(alice).conversation(group))))?.members).toHaveLength(2)
  const forever = await settled(world, commandsOf(alice).createInvite(group, { seconds: 1e9 }))
  expect(forever?.ok).toBe(false)
})

test('in a group that is slowed down members wait between two messages, and those who look after it do not', async () => {
  world = await worldOf(92, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await value(commandsOf(alice).createGroup('Choir'))
  const { link } = await value(commandsOf(alice).createInvite(group))
  await value(commandsOf(bob).joinInvite(link))
  const seen = () => settled(world, once(queriesOf(bob).conversation(group)))
  await until(async () => (await seen())?.standing === 'member')
  await value(commandsOf(alice).setSlow(group, 3_600))
  await until(async () => (await seen())?.slow === 3_600)
  await value(commandsOf(bob).sendMessage(group, 'first'))
  expect((await seen())?.waitUntil).toEqual(expect.any(Number))
  const second = await settled(world, commandsOf(bob).sendMessage(group, 'second'))
  expect(second?.ok === false && second.error.kind).toBe('too-soon')
  for (const text of ['one', 'two']) await value(commandsOf(alice).sendMessage(group, text))
  const byBob = await settled(world, commandsOf(bob).setSlow(group, 0))
  expect(byBob?.ok === false && byBob.error.kind).toBe('not-allowed')
  await value(commandsOf(alice).setSlow(group, 0))
  await until(async () => (await seen())?.slow === 0)
  await value(commandsOf(bob).sendMessage(group, 'second'))
})

test('what a member said is taken away by who looks after the group, for everybody, and says by whom; a member takes away nothing of others', async () => {
  world = await worldOf(93, 3)
  const [alice, bob, carol] = world.devices as readonly [SimDevice, SimDevice, SimDevice]
  const group = await groupOf(world)
  const rowsOn = async (device: SimDevice) =>
    ((await settled(world, once(queriesOf(device).timeline(group, 50))))?.items ?? []).flatMap((item) =>
      item.kind === 'message' ? [item] : [],
    )
  await value(commandsOf(bob).sendMessage(group, 'buy my watches'))
  await until(async () => (await rowsOn(carol)).length === 1 && (await rowsOn(alice)).length === 1)
  const { id } = (await rowsOn(bob))[0]!
  await value(commandsOf(bob).editMessage(group, id, 'buy my fine watches'))
  await until(async () => (await rowsOn(alice))[0]?.text === 'buy my fine watches')
  const byCarol = await settled(world, commandsOf(carol).deleteMessage(group, id))
  expect(byCarol?.ok === false && byCarol.error.kind).toBe('not-allowed')
  await value(commandsOf(alice).deleteMessage(group, id))
  for (const device of [alice, bob, carol]) {
    await until(async () => (await rowsOn(device))[0]?.deleted === true)
    expect((await rowsOn(device))[0]).toMatchObject({
      text: '',
      edited: false,
      author: { name: bob.name },
      deletedBy: { name: alice.name },
    })
    expect((await settled(world, once(queriesOf(device).messageDetails(group, id))))?.versions).toEqual([])
  }
})

test('a group for announcements says what it became, and members only react', async () => {
  world = await worldOf(94, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await groupOf(world)
  const seen = () => settled(world, once(queriesOf(bob).conversation(group)))
  const items = async () => (await settled(world, once(queriesOf(bob).timeline(group, 50))))?.items ?? []
  await value(commandsOf(alice).sendMessage(group, 'Rehearsal at seven'))
  await value(commandsOf(alice).setPolicy(group, { ...defaultPolicy, post: 'moderator' }))
  await until(async () => (await seen())?.policy.post === 'moderator')
  const notice = (await items()).flatMap((item) => (item.kind === 'notice' && item.notice.kind === 'policy' ? [item.notice] : []))
  expect(notice).toEqual([{ kind: 'policy', policy: { ...defaultPolicy, post: 'moderator' }, before: defaultPolicy }])
  const said = await settled(world, commandsOf(bob).sendMessage(group, 'may I?'))
  expect(said?.ok === false && said.error.kind).toBe('not-allowed')
  const message = (await items()).find(({ kind }) => kind === 'message')
  await value(commandsOf(bob).react(group, message!.id, '👍'))
  await until(async () => {
    const seenByAlice = (await settled(world, once(queriesOf(alice).timeline(group, 50))))?.items ?? []
    const row = seenByAlice.find(({ kind }) => kind === 'message')
    return row?.kind === 'message' && row.reactions.length === 1
  })
})
