// Nodes beside the page's own: added by one, told to contacts, named in invites; kept over restarts. Real services over memory adapters.
import { expect, test } from 'vitest'
import { decodeInvite } from '../../src/core/invite/link.ts'
import { once, settled } from '../sim/world/view.ts'
import { nodeAddress } from '../sim/world/config.ts'
import type { SimDevice } from '../sim/world/device.ts'
import type { World } from '../sim/world/world.ts'
import { commandsOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'

const second = '/dns4/second.test/tcp/443/wss/p2p/12D3KooWQKRdJvzk7wTLMyiWuRzxhgNBZNNZ8BAKj4PbiqvHgZQp'

const peopleOf = async (count: number): Promise<[World, ...SimDevice[]]> => {
  const world = await worldOf(11, count)
  return [world, ...world.devices]
}
const connect = async (world: World, alice: SimDevice, bob: SimDevice): Promise<void> => {
  const { link, conversation } = await valueOf(world, commandsOf(alice).createInvite())
  await valueOf(world, commandsOf(bob).joinInvite(link))
  await untilTrue(world, async () => (await settled(world, once(queriesOf(bob).conversation(conversation))))?.standing === 'member')
}
const nodesOf = async (world: World, device: SimDevice) => (await settled(world, once(queriesOf(device).connection())))?.nodes ?? []

test('Alice adds a node, Bob hears of it, and when the page’s own is gone the two still find each other after both were away', async () => {
  const [world, alice, bob] = await peopleOf(2)
  if (alice === undefined || bob === undefined) throw new Error('two people were asked for')
  await connect(world, alice, bob)
  expect((await valueOf(world, commandsOf(alice).addNode(`see https://parley.test/#/n${second} !`))).address).toBe(second)
  await untilTrue(world, async () => (await nodesOf(world, alice)).some(({ address, state }) => address === second && state === 'reserved'))
  const trial = (await settled(world, once(queriesOf(alice).connection())))?.trial
  expect(trial?.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done'])
  await untilTrue(world, async () => (await nodesOf(world, bob)).some(({ address }) => address === second))
  expect((await nodesOf(world, bob)).find(({ address }) => address === second)).toMatchObject({ origin: 'told', from: 'Alice' })

  for (const device of [alice, bob]) device.crash('at once')
  world.hub.setNode(nodeAddress, false)
  for (const device of [alice, bob]) device.start()
  // With each new link Bob says anew which nodes he uses.
  await untilTrue(world, async () => (await settled(world, once(queriesOf(alice).connection())))?.state === 'direct')
  // What Bob removes does not come back by her word; what she added herself she removes for good.
  await valueOf(world, commandsOf(bob).removeNode(second))
  await world.scheduler.run(world.scheduler.now() + 30_000, 1_000_000)
  expect((await nodesOf(world, bob)).some(({ address }) => address === second)).toBe(false)
  expect(await settled(world, commandsOf(alice).removeNode(second))).toMatchObject({ ok: true })
  await untilTrue(world, async () => (await nodesOf(world, alice)).every(({ address }) => address !== second))
})

test('an invite names a node only while none of the page’s own serves, and the invited gets in by it', async () => {
  const [world, alice, bob] = await peopleOf(2)
  if (alice === undefined || bob === undefined) throw new Error('two people were asked for')
  await valueOf(world, commandsOf(alice).addNode(second))
  await untilTrue(world, async () => (await nodesOf(world, alice)).filter(({ state }) => state === 'reserved').length === 2)
  const before = decodeInvite((await valueOf(world, commandsOf(alice).createInvite())).link)
  expect(before.ok && before.value.node).toBeUndefined()
  world.hub.setNode(nodeAddress, false)
  await untilTrue(world, async () => (await nodesOf(world, alice)).some(({ state }) => state === 'unreachable'))
  const { link } = await valueOf(world, commandsOf(alice).createInvite())
  const after = decodeInvite(link)
  expect(after.ok && after.value.node).toBe(second)
  await connect(world, alice, bob)
  expect((await nodesOf(world, bob)).find(({ address }) => address === second)).toMatchObject({ origin: 'invite' })
})

test('of what one contact tells only two nodes are kept', async () => {
  const [world, alice, bob] = await peopleOf(2)
  if (alice === undefined || bob === undefined) throw new Error('two people were asked for')
  await connect(world, alice, bob)
  const peers = ['a', 'b', 'c', 'd'].map((letter) => second.replace('second', letter).replace('QKR', `QK${letter.toUpperCase()}`))
  for (const address of peers) await valueOf(world, commandsOf(alice).addNode(address))
  // Her slots move to whichever are best; each time she says so.
  for (const address of peers) {
    world.hub.setNode(address, false)
    await world.scheduler.run(world.scheduler.now() + 5_000, 100_000)
    world.hub.setNode(address, true)
    await world.scheduler.run(world.scheduler.now() + 5_000, 100_000)
  }
  const told = (await nodesOf(world, bob)).filter(({ origin }) => origin === 'told')
  expect(told.length).toBeGreaterThan(0)
  expect(told.length).toBeLessThanOrEqual(2)
})

test('what is no address is refused in words', async () => {
  const [world, alice] = await peopleOf(1)
  if (alice === undefined) throw new Error('somebody was asked for')
  expect(await settled(world, commandsOf(alice).addNode('https://example.org/'))).toMatchObject({
    ok: false,
    error: { kind: 'no-node' },
  })
})
