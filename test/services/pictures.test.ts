// Pictures of people and groups: chosen once, seen in every conversation, and kept apart. Real services over memory adapters.
import { afterEach, expect, test } from 'vitest'
import type { ConversationId, IdentityId } from '../../src/core/ids.ts'
import type { ProfileRecord } from '../../src/ports/tables.ts'
import { pictureOf, tinyPicture } from '../core/tiny-picture.ts'
import type { SimDevice } from '../sim/world/device.ts'
import { once, settled } from '../sim/world/view.ts'
import type { World } from '../sim/world/world.ts'
import { commandsOf, queriesOf, untilTrue, valueOf, worldOf } from './people.ts'

let world: World
afterEach(() => {
  for (const device of world.devices) device.crash('late')
})
const value = <T>(work: Parameters<typeof valueOf<T>>[1]) => valueOf(world, work)
const until = (isTrue: Parameters<typeof untilTrue>[1]) => untilTrue(world, isTrue)
const seenOn = async (device: SimDevice, of: IdentityId | ConversationId) =>
  (await settled(world, once(queriesOf(device).pictures())))?.find((picture) => picture.of === of)?.bytes
const none = new Uint8Array(0)

test('a picture of oneself and one of a group are seen by everybody who is in, and go when they are taken back', async () => {
  world = await worldOf(71, 2)
  const [alice, bob] = world.devices as readonly [SimDevice, SimDevice]
  // Chosen before there is anybody to be told.
  await value(commandsOf(bob).setPicture(tinyPicture))
  const group = await value(commandsOf(alice).createGroup('Choir'))
  await value(commandsOf(alice).setGroupPicture(group, pictureOf(9, 9)))
  const { link } = await value(commandsOf(alice).createInvite(group))
  await value(commandsOf(bob).joinInvite(link))
  const { identity } = bob.disk.state().get('profile')![0]!.value as ProfileRecord

  await until(async () => (await seenOn(bob, group)) !== undefined && (await seenOn(alice, identity)) !== undefined)
  expect(await seenOn(bob, group)).toEqual(pictureOf(9, 9))
  expect(await seenOn(alice, identity)).toEqual(tinyPicture)
  expect(await seenOn(bob, identity)).toEqual(tinyPicture)

  for (const bad of [Uint8Array.of(1, 2, 3), pictureOf(9, 999)]) {
    expect(await settled(world, commandsOf(bob).setPicture(bad))).toMatchObject({ ok: false, error: { kind: 'bad-picture' } })
    expect(await settled(world, commandsOf(bob).setGroupPicture(group, bad))).toMatchObject({ ok: false, error: { kind: 'bad-picture' } })
  }

  // Nobody sees the face of somebody who is blocked.
  await value(commandsOf(alice).setBlocked(identity, true))
  expect(await seenOn(alice, identity)).toBeUndefined()
  await value(commandsOf(alice).setBlocked(identity, false))

  await value(commandsOf(bob).setPicture(none))
  await value(commandsOf(bob).setGroupPicture(group, none))
  await until(async () => (await seenOn(alice, identity)) === undefined && (await seenOn(alice, group)) === undefined)
})
