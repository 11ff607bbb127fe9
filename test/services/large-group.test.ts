// A group in which not everybody is linked with everybody: what is said reaches all, and whoever said it is told that all have it.
import { expect, test } from 'vitest'
import { maxLinksInGroup } from '../../src/core/fan-out/ring.ts'
import { receiptSpreadMs } from '../../src/core/outbox/receipt.ts'
import { once, settled } from '../sim/world/view.ts'
import type { World } from '../sim/world/world.ts'
import { commandsOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'

const choirOf = async (seed: number, people: number) => {
  const world: World = await worldOf(seed, people)
  const [alice, ...others] = world.devices
  if (alice === undefined) throw new Error('people were asked for')
  const group = await valueOf(world, commandsOf(alice).createGroup('Choir'))
  const { link } = await valueOf(world, commandsOf(alice).createInvite(group))
  for (const device of others) await valueOf(world, commandsOf(device).joinInvite(link))
  const membersAt = async (device: (typeof others)[number]) =>
    (await settled(world, once(queriesOf(device).conversation(group))))?.members.length
  await untilTrue(world, async () => (await Promise.all(world.devices.map(membersAt))).every((count) => count === world.devices.length))
  const textsAt = async (device: (typeof others)[number]) => {
    const timeline = await settled(world, once(queriesOf(device).timeline(group, 20)))
    return timeline?.items.flatMap((item) => (item.kind === 'message' ? [item] : [])) ?? []
  }
  const ids = world.devices.map((device) => device.id()!)
  const links = () => ids.flatMap((one) => ids.filter((other) => world.hub.isLinked(one, other)).map((other) => `${one} ${other}`))
  return { world, alice, others, group, textsAt, ids, links }
}

test('among 14 people every message arrives and is told to have arrived, with at most twelve links each', async () => {
  const { world, alice, others, group, textsAt, ids } = await choirOf(21, 14)
  for (const device of [alice, others[7]!, others[12]!]) await valueOf(world, commandsOf(device).sendMessage(group, `${device.name} sings`))
  await untilTrue(world, async () => (await Promise.all(world.devices.map(textsAt))).every((texts) => texts.length === 3))
  await untilTrue(world, async () => (await textsAt(alice)).find(({ author }) => author.isMe)?.delivery?.state === 'delivered')

  for (const one of ids) expect(ids.filter((other) => world.hub.isLinked(one, other)).length).toBeLessThanOrEqual(maxLinksInGroup)
  expect(world.violations).toEqual([])
}, 60_000)

test('that all of 20 have a message is told by gossip: nobody is linked with anybody for its sake', async () => {
  const { world, alice, group, textsAt, links } = await choirOf(22, 20)
  const run = (ms: number) => world.scheduler.run(world.scheduler.now() + ms, 5_000_000)
  await run(5 * 60_000)
  const before = links()
  await valueOf(world, commandsOf(alice).sendMessage(group, 'Alice sings'))
  await run(receiptSpreadMs(19) + 5_000)
  expect((await textsAt(alice))[0]?.delivery?.state).toBe('delivered')
  expect(links()).toEqual(before)
  expect(world.violations).toEqual([])
}, 60_000)
