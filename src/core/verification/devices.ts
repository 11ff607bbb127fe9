// Whether somebody still has the devices that they had when they were verified. Another device is somebody else's until it is said
// otherwise: whoever has the identity's key, or a hand on one of its devices, could have added it.
import type { DeviceId, IdentityId } from '../ids.ts'
import type { Members } from '../members/members.ts'

type Membership = Pick<Members, 'people' | 'ownerByDevice'>

/** The devices of somebody in all conversations that they are in. */
export const devicesOf = (identity: IdentityId, conversations: readonly Membership[]): readonly DeviceId[] =>
  [...new Set(conversations.flatMap(({ people }) => people.get(identity)?.devices.map(({ device }) => device) ?? []))].toSorted()

/** Whether in any conversation a device has come to them, or one of theirs was taken from them while they stayed. */
export const haveDevicesChanged = (identity: IdentityId, known: readonly DeviceId[], conversations: readonly Membership[]): boolean =>
  conversations.some(({ people, ownerByDevice }) => {
    const member = people.get(identity)
    if (member === undefined) return false
    const present = new Set(member.devices.map(({ device }) => device))
    const isTaken = (device: DeviceId): boolean => ownerByDevice.get(device) === identity && !present.has(device)
    return [...present].some((device) => !known.includes(device)) || known.some(isTaken)
  })
