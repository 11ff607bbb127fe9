// What devices say that they hold: taken in as few commits as they come together, and never less of it.
import { afterEach, expect, test } from 'vitest'
import { lanes } from '../../src/core/event/event.ts'
import { chainKey } from '../../src/core/log/chains.ts'
import { createAcknowledging } from '../../src/services/acknowledge.ts'
import { createRooms } from '../../src/services/rooms.ts'
import type { Session } from '../../src/services/session.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { settled } from '../sim/world/view.ts'
import type { World } from '../sim/world/world.ts'
import { commandsOf, groupOf, valueOf, worldOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})

test('what many say at once of a conversation is one commit, which holds what each of them said, and leaves the record alone', async () => {
  world = await worldOf(75, 3)
  const [alice, bob, carol] = world.devices as readonly [SimDevice, SimDevice, SimDevice]
  const group = await groupOf(world)
  for (const other of [bob, carol]) other.crash('late')
  for (const text of ['one', 'two', 'three']) await valueOf(world, commandsOf(alice).sendMessage(group, text))
  const { store } = alice.run()!
  const rooms = createRooms({ store, clock: { now: () => 0, after: () => () => undefined } })
  await settled(world, rooms.load())
  const commits: (readonly string[])[] = []
  rooms.onCommit(({ writes }) => commits.push(writes.map(({ table }) => table)))
  const identity = rooms.get(group)!.conversation.members!.ownerByDevice.get(alice.id()!)
  const session = { rooms, store, me: { device: alice.id()!, identity } } as unknown as Session
  const acknowledge = createAcknowledging(session)
  const own = chainKey(lanes.content, alice.id()!)
  const end = rooms.get(group)!.conversation.chains.get(own)!.seq

  await settled(
    world,
    Promise.all([
      acknowledge(group, bob.id()!, { have: new Map([[own, end - 2]]), readHlc: 0 }),
      acknowledge(group, bob.id()!, { have: new Map([[own, end - 1]]), readHlc: 0 }),
      acknowledge(group, bob.id()!, { have: new Map([[own, end - 2]]), readHlc: 0 }),
      acknowledge(group, carol.id()!, { have: new Map([[own, end]]), readHlc: 0 }),
    ]),
  )
  expect(commits).toHaveLength(1)
  expect(commits[0]).not.toContain('conversations')
  expect(rooms.get(group)!.acknowledged.get(bob.id()!)!.have.get(own)).toBe(end - 1)
  expect(rooms.get(group)!.acknowledged.get(carol.id()!)!.have.get(own)).toBe(end)
  // Both have the first two: they wait for nobody any more.
  expect(
    await settled(
      world,
      store.read((reader) => reader.keys('outbox', [group])),
    ),
  ).toHaveLength(1)

  await settled(world, acknowledge(group, bob.id()!, { have: new Map([[own, end - 1]]), readHlc: 0 }))
  expect(commits).toHaveLength(1)
})
