// A group in which not everybody is linked with everybody: what is said reaches all, and whoever said it is told that all have it.
import { expect, test } from 'vitest'
import { maxLinksInGroup } from '../../src/core/fan-out/ring.ts'
import { once, settled } from '../sim/world/view.ts'
import { commandsOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'

test('among 14 people every message arrives and is told to have arrived, with at most twelve links each', async () => {
  const world = await worldOf(21, 14)
  const [alice, ...others] = world.devices
  if (alice === undefined) throw new Error('people were asked for')
  const group = await valueOf(world, commandsOf(alice).createGroup('Choir'))
  const { link } = await valueOf(world, commandsOf(alice).createInvite(group))
  for (const device of others) await valueOf(world, commandsOf(device).joinInvite(link))
  const membersAt = async (device: (typeof others)[number]) =>
    (await settled(world, once(queriesOf(device).conversation(group))))?.members.length
  await untilTrue(world, async () => (await Promise.all(world.devices.map(membersAt))).every((count) => count === world.devices.length))

  for (const device of [alice, others[7]!, others[12]!]) await valueOf(world, commandsOf(device).sendMessage(group, `${device.name} sings`))
  const textsAt = async (device: (typeof others)[number]) => {
    const timeline = await settled(world, once(queriesOf(device).timeline(group, 20)))
    return timeline?.items.flatMap((item) => (item.kind === 'message' ? [item] : [])) ?? []
  }
  await untilTrue(world, async () => (await Promise.all(world.devices.map(textsAt))).every((texts) => texts.length === 3))
  await untilTrue(world, async () => (await textsAt(alice)).find(({ author }) => author.isMe)?.delivery?.state === 'delivered')

  const ids = world.devices.map((device) => device.id()!)
  for (const one of ids) expect(ids.filter((other) => world.hub.isLinked(one, other)).length).toBeLessThanOrEqual(maxLinksInGroup)
  expect(world.violations).toEqual([])
}, 60_000)
