// A database that lost its end, as when the power fails or a copy of yesterday is put back: what is missing comes back from those who have it.
import { expect, test } from 'vitest'
import type { MemoryDisk } from '../../src/adapters/store-memory/memory-disk.ts'
import type { Write } from '../../src/ports/store.ts'
import type { HpkeKeyRecord } from '../../src/ports/tables.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import { commandsOf, groupOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'

/** Puts the rows of another state in the place of those that are there. */
const rollBack = (disk: MemoryDisk, state: ReturnType<MemoryDisk['state']>): void => {
  const writes = [
    ...[...disk.state()].flatMap(([table, rows]) => rows.map(({ key }) => ({ kind: 'delete', table, key }))),
    ...[...state].flatMap(([table, rows]) => rows.map(({ key, value }) => ({ kind: 'put', table, key, value }))),
  ]
  disk.apply(writes as never as readonly Write[], 'strict')
}

test('Bob, whose database lost what was said last, has his own words and those of Alice again once she is there, and talks on', async () => {
  const world = await worldOf(31, 2)
  world.hub.setFaults({ latencyMs: [1, 5], dialMs: [20, 100] })
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  let kept: ReturnType<MemoryDisk['state']> | undefined
  world.witness({
    commit: (device, writes) => {
      // Just as a key was used up: another one is announced seconds later.
      if (device === bob && writes.some((write) => write.kind === 'put' && write.table === 'hpkeKeys' && write.value.usedAt !== undefined))
        kept ??= bob.disk.state()
    },
  })
  const group = await groupOf(world)
  const textsAt = async (device: SimDevice) =>
    (await settled(world, once(queriesOf(device).timeline(group, 20))))?.items.flatMap((item) =>
      item.kind === 'message' ? [item.text] : [],
    )
  await valueOf(world, commandsOf(alice).sendMessage(group, 'by Alice'))
  await valueOf(world, commandsOf(bob).sendMessage(group, 'by Bob'))
  await untilTrue(world, async () => (await textsAt(alice))?.length === 2 && (await textsAt(bob))?.length === 2)
  await world.scheduler.run(world.scheduler.now() + 20_000, 1_000_000)
  alice.crash('at once')
  bob.crash('at once')
  if (kept === undefined) throw new Error('Bob used no key')
  rollBack(bob.disk, kept)
  bob.start()
  // He is alone for a while.
  await world.scheduler.run(world.scheduler.now() + 15_000, 1_000_000)
  alice.start()
  await untilTrue(world, async () => (await textsAt(bob))?.length === 2)
  await valueOf(world, commandsOf(bob).sendMessage(group, 'again'))
  await untilTrue(world, async () => (await textsAt(alice))?.length === 3)
  expect(await textsAt(alice)).toEqual(await textsAt(bob))
}, 60_000)

test('a used key that was left at a crash is replaced in the end, also when nobody comes', async () => {
  const world = await worldOf(32, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await groupOf(world)
  const spent = () => (bob.disk.state().get('hpkeKeys') ?? []).filter(({ value }) => (value as HpkeKeyRecord).usedAt !== undefined)
  await valueOf(world, commandsOf(alice).sendMessage(group, 'by Alice'))
  await untilTrue(world, async () => spent().length > 0)
  alice.crash('at once')
  bob.crash('at once')
  bob.start()
  await world.scheduler.run(world.scheduler.now() + 20_000, 1_000_000)
  expect(spent().length).toBeGreaterThan(0)
  await world.scheduler.run(world.scheduler.now() + 120_000, 1_000_000)
  expect(spent()).toEqual([])
}, 60_000)
