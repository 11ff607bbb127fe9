// An identity that cannot be read back is said to be so, and is never written over.
import { expect, test } from 'vitest'
import { damaged } from '../../src/adapters/store-memory/memory-disk.ts'
import { once, settled } from '../sim/world/view.ts'
import { createWorld } from '../sim/world/world.ts'

test('Alice, whose identity is damaged on the disk, is told so, and nothing is written over it', async () => {
  const world = createWorld({ seed: 8, devices: 1, realCipher: false, keepTrace: false })
  const [alice] = world.devices
  if (alice === undefined) throw new Error('one person was asked for')
  const session = async () => settled(world, once(alice.run()!.messenger.queries.session()))
  const rest = async () => world.scheduler.run(world.scheduler.now() + 5_000, 100_000)
  alice.start()
  await rest()
  expect((await session())?.kind).toBe('new')
  await settled(world, alice.run()!.messenger.commands.createProfile('Alice'))
  expect((await session())?.kind).toBe('ready')

  await alice.stop()
  alice.disk.damage('profile', ['me'])
  alice.start()
  await rest()
  expect((await session())?.kind).toBe('broken')
  expect(
    alice.disk
      .state()
      .get('profile')
      ?.map(({ value }) => value),
  ).toEqual([damaged])
})
