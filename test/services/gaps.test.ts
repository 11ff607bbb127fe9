// A gap that one can see: messages that are known to exist and are not here, said in the timeline until they have come.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import { StoreError } from '../../src/ports/store.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import type { World } from '../sim/world/world.ts'
import { commandsOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})

const value = <T>(work: Parameters<typeof valueOf<T>>[1]) => valueOf(world, work)
const itemsOn = async (device: SimDevice, id: ConversationId) =>
  (await settled(world, once(queriesOf(device).timeline(id, 50))))?.items ?? []
const noticesOn = async (device: SimDevice, id: ConversationId) =>
  (await itemsOn(device, id)).flatMap((item) => (item.kind === 'notice' ? [item] : []))

test('what Alice has no room for is a line that names Bob and how many, and goes when there is room again', async () => {
  world = await worldOf(41, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const { link, conversation } = await value(commandsOf(alice).createInvite())
  await value(commandsOf(bob).joinInvite(link))
  await untilTrue(world, async () => (await settled(world, once(queriesOf(bob).conversation(conversation))))?.standing === 'member')
  await value(commandsOf(bob).sendMessage(conversation, 'first'))
  await untilTrue(world, async () => (await itemsOn(alice, conversation)).some((item) => item.kind === 'message'))

  // Once keys are replaced: a message that waits here for such an operation is not missing.
  await world.scheduler.run(world.scheduler.now() + 20_000, 1_000_000)
  // Nothing that people say finds room on the disk of Alice; what holds only now does.
  const { store } = alice.run()!
  const commit = store.commit.bind(store)
  let hasRoom = false
  Object.assign(store, {
    commit: (...given: Parameters<typeof commit>) =>
      !hasRoom && given[0].some(({ table }) => table === 'events') ? Promise.reject(new StoreError('quota')) : commit(...given),
  })
  await value(commandsOf(bob).sendMessage(conversation, 'second'))
  await world.scheduler.run(world.scheduler.now() + 3_000, 1_000_000)
  // A clock that is set back does not put off what is said by it.
  alice.skewMs -= 3_600_000
  const missingOn = async (device: SimDevice) =>
    (await noticesOn(device, conversation)).flatMap(({ author, notice }) =>
      notice.kind === 'missing' ? [[author.name, notice.count]] : [],
    )
  await untilTrue(world, async () => (await missingOn(alice)).length > 0)
  expect(await missingOn(alice)).toEqual([['Bob', 1]])
  expect(await missingOn(bob)).toEqual([])
  hasRoom = true
  await untilTrue(world, async () => (await itemsOn(alice, conversation)).filter((item) => item.kind === 'message').length === 2)
  await untilTrue(world, async () => (await missingOn(alice)).length === 0)
})
