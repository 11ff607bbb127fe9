// What a person calls others, and how they sort their conversations: on this device alone. Real services over memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import type { World } from '../sim/world/world.ts'
import { commandsOf, groupOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})
const value = <T>(work: Parameters<typeof valueOf<T>>[1]) => valueOf(world, work)

test('Alice calls Bob by a nickname, he goes by it everywhere on her device, and nobody else learns of it', async () => {
  world = await worldOf(81, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await groupOf(world)
  const bobSeen = async (device: SimDevice) =>
    (await settled(world, once(queriesOf(device).conversation(group))))?.members.find(({ name, ownName }) => (ownName ?? name) === 'Bob')
  const { identity } = (await bobSeen(alice))!
  await value(commandsOf(alice).setNickname(identity, '  Bobby '))
  expect(await bobSeen(alice)).toMatchObject({ name: 'Bobby', ownName: 'Bob' })
  const people = await settled(world, once(queriesOf(alice).people()))
  expect(people?.map(({ name }) => name)).toEqual(['Alice', 'Bobby'])
  const items = (await settled(world, once(queriesOf(alice).timeline(group, 50))))?.items ?? []
  expect(items.flatMap((item) => (item.kind === 'notice' && item.person?.identity === identity ? [item.person.ownName] : []))).toContain(
    'Bob',
  )
  expect((await settled(world, once(queriesOf(alice).connection())))?.links.map(({ person }) => person)).toEqual(['Bobby'])
  const histories = async () => (await settled(world, once(queriesOf(alice).conversation(group))))?.consistency
  await untilTrue(world, async () => (await histories())?.same === 2)
  const behind = (await settled(world, once(queriesOf(alice).connection())))!.links.map(({ device }) => ({
    device,
    theyLack: 3,
    weLack: 0,
  }))
  const told = { kind: 'consistency', devices: behind } as const
  await settled(world, alice.run()!.store.commit([{ kind: 'put', table: 'live', key: ['consistency', group], value: told }], 'relaxed'))
  expect((await histories())?.gaps.map(({ person }) => person)).toEqual(['Bobby'])
  expect(await bobSeen(bob)).not.toHaveProperty('ownName')
  expect(await settled(world, once(queriesOf(alice).sharedGroups(identity)))).toEqual([{ id: group, title: 'Choir' }])
  await value(commandsOf(alice).setNickname(identity, ''))
  expect(await bobSeen(alice)).not.toHaveProperty('ownName')
})

test('Alice gives Bob labels, which stand beside him wherever he is shown, and nobody else learns of them', async () => {
  world = await worldOf(83, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await groupOf(world)
  const bobSeen = async (device: SimDevice) =>
    (await settled(world, once(queriesOf(device).conversation(group))))?.members.find(({ name }) => name === 'Bob')
  const { identity } = (await bobSeen(alice))!
  const { link } = await value(commandsOf(alice).createInvite())
  const direct = await value(commandsOf(bob).joinInvite(link))
  await untilTrue(world, async () => (await settled(world, once(queriesOf(bob).conversation(direct))))?.standing === 'member')
  await value(commandsOf(alice).setLabels(identity, ['  Family ', '', 'choir', 'family']))
  expect(await bobSeen(alice)).toMatchObject({ labels: ['Family', 'choir'] })
  const listed = (await settled(world, once(queriesOf(alice).conversations()))) ?? []
  expect(listed.map(({ kind, labels }) => [kind, labels])).toEqual(
    expect.arrayContaining([
      ['direct', ['Family', 'choir']],
      ['group', undefined],
    ]),
  )
  expect(await bobSeen(bob)).not.toHaveProperty('labels')
  await value(commandsOf(alice).setBlocked(identity, false))
  expect(await bobSeen(alice)).toHaveProperty('labels')
  await value(commandsOf(alice).setLabels(identity, []))
  expect(await bobSeen(alice)).not.toHaveProperty('labels')
})

test('folders have names and an order, and a conversation can be in several', async () => {
  world = await worldOf(82, 1)
  const [alice] = world.devices as readonly [SimDevice]
  const commands = commandsOf(alice)
  const folders = () => settled(world, once(queriesOf(alice).folders()))
  const choir = await value(commands.createGroup('Choir'))
  const nameless = await settled(world, commands.saveFolder({ name: ' ' }))
  expect(nameless?.ok === false && nameless.error.kind).toBe('bad-name')
  const music = await value(commands.saveFolder({ name: 'Music', conversations: [choir, choir] }))
  const evenings = await value(commands.saveFolder({ name: 'Evenings' }))
  await value(commands.saveFolder({ id: evenings, conversations: [choir] }))
  await value(commands.orderFolders([evenings]))
  await value(commands.saveFolder({ id: music, name: 'Songs' }))
  expect(await folders()).toEqual([
    { id: evenings, name: 'Evenings', conversations: [choir] },
    { id: music, name: 'Songs', conversations: [choir] },
  ])
  await value(commands.removeFolder(evenings))
  expect((await folders())?.map(({ id }) => id)).toEqual([music])
  const gone = await settled(world, commands.saveFolder({ id: evenings, name: 'Back' }))
  expect(gone?.ok === false && gone.error.kind).toBe('gone')
})
