import { expect, test } from 'vitest'
import type { DeviceId, IdentityId } from '../../../src/core/ids.ts'
import type { Member } from '../../../src/core/members/members.ts'
import { devicesOf, haveDevicesChanged } from '../../../src/core/verification/devices.ts'
import { alice, bob, carol } from '../cast.ts'

/** Bob in a conversation, with devices that are his now and devices that were. */
const withBob = (present: readonly DeviceId[], gone: readonly DeviceId[] = []) => ({
  people: new Map<IdentityId, Member>([
    [
      bob.identity,
      { identity: bob.identity, devices: present.map((device) => ({ ...bob.card.devices[0]!, device })) } as unknown as Member,
    ],
  ]),
  ownerByDevice: new Map<DeviceId, IdentityId>([...present, ...gone].map((device) => [device, bob.identity])),
})
const withoutBob = { people: new Map<IdentityId, Member>(), ownerByDevice: new Map([[bob.device, bob.identity]]) }
const [first, second] = [bob.device, carol.device]

test('devices of a person are those of all conversations, each once', () => {
  expect(devicesOf(bob.identity, [withBob([first]), withBob([first, second]), withoutBob])).toEqual([first, second].toSorted())
  expect(devicesOf(alice.identity, [withBob([first])])).toEqual([])
})

test('devices have changed when one came or one was taken in any conversation, and not when somebody leaves one', () => {
  expect(haveDevicesChanged(bob.identity, [first], [withBob([first]), withBob([first])])).toBe(false)
  expect(haveDevicesChanged(bob.identity, [first], [withBob([first]), withBob([first, second])])).toBe(true)
  expect(haveDevicesChanged(bob.identity, [first, second], [withBob([first], [second])])).toBe(true)
  // One that was gone before they were verified, one that this conversation never heard of, and a conversation that they have left.
  expect(haveDevicesChanged(bob.identity, [first], [withBob([first], [second])])).toBe(false)
  expect(haveDevicesChanged(bob.identity, [first, second], [withBob([first]), withoutBob])).toBe(false)
})
