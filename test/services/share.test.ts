// What is given to a conversation that is no text: a place, and one's own card. Real services over memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
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
const lastOn = async (device: SimDevice, id: ConversationId) => {
  const last = (await settled(world, once(queriesOf(device).timeline(id, 50))))?.items.at(-1)
  return last?.kind === 'message' ? last : undefined
}

test('a place is told as it was found, counts as unread, and disappears where everything does', async () => {
  world = await worldOf(95, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await groupOf(world)
  await value(commandsOf(alice).setTimer(group, 3_600))
  await value(commandsOf(alice).sendPlace(group, { latitude: 48_858_370, longitude: 2_294_480, accuracy: 12 }))
  await until(async () => (await lastOn(bob, group))?.place !== undefined)
  expect(await lastOn(bob, group)).toMatchObject({ text: '📍 48.85837, 2.29448', place: { accuracy: 12 }, fades: { lifetime: 3_600 } })
  expect((await settled(world, once(queriesOf(bob).conversations())))?.[0]).toMatchObject({ unread: 1 })
  // Who has it, and by which way they are connected now.
  const { id } = (await lastOn(alice, group))!
  const details = () => settled(world, once(queriesOf(alice).messageDetails(group, id)))
  await until(async () => (await details())?.people[0]?.state === 'delivered')
  expect((await details())?.people).toMatchObject([{ person: { name: 'Bob' }, path: 'direct' }])
})

test('a card is one’s own contact link, made when there is none, and the same the next time', async () => {
  world = await worldOf(96, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  const group = await groupOf(world)
  expect(await settled(world, once(queriesOf(alice).contactLink()))).toBeUndefined()
  await value(commandsOf(alice).sendCard(group))
  await until(async () => (await lastOn(bob, group))?.card !== undefined)
  const { card, text } = (await lastOn(bob, group))!
  expect(text).toBe('👤 Alice')
  expect((await settled(world, once(queriesOf(alice).contactLink())))?.link).toContain(card)
  await value(commandsOf(alice).sendCard(group))
  expect((await lastOn(alice, group))?.card).toBe(card)
})
