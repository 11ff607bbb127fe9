// Who is at the other end of a link, as far as couriers go: known from the rooms, and from what was decided here about them.
import type { DeviceId, IdentityId } from '../../core/ids.ts'
import { maxPeopleForCouriers, mayExchange } from '../../core/courier/policy.ts'
import { memberOfDevice } from '../../core/members/members.ts'
import type { PeopleNotes } from '../people-notes.ts'
import type { Room } from '../room.ts'
import type { Session } from '../session.ts'

export interface Contacts {
  /** The person of a device with whom one shares a conversation. */
  identityOf(device: DeviceId): IdentityId | undefined
  /** Whether envelopes are given to and taken from a device. */
  mayExchange(device: DeviceId): boolean
  /** Whether the two are in some conversation that is held here. */
  haveMet(a: DeviceId, b: DeviceId): boolean
  /** Whether a conversation's messages may travel by couriers. */
  mayTravel(room: Room): boolean
  /** Whether a device may one day have to send something this way. */
  needsKeys(device: DeviceId): boolean
}

export const createContacts = (
  { rooms, me }: Pick<Session, 'rooms' | 'me'>,
  notes: Pick<PeopleNotes, 'isBlocked' | 'isClosed' | 'carries'>,
): Contacts => {
  const roomsWith = (device: DeviceId): readonly Room[] =>
    rooms.all().filter((room) => room.record.standing === 'member' && hasDevice(room, device))
  const identityOf = (device: DeviceId): IdentityId | undefined => {
    const [members] = roomsWith(device).flatMap((room) => room.conversation.members ?? [])
    return members?.ownerByDevice.get(device)
  }
  const mayTravel = (room: Room): boolean =>
    room.record.standing === 'member' && (room.conversation.members?.people.size ?? 0) <= maxPeopleForCouriers && !notes.isClosed(room)
  return {
    identityOf,
    mayTravel,
    mayExchange: (device) => {
      const shared = roomsWith(device)
      const identity = identityOf(device)
      if (identity === undefined || shared.some((room) => notes.isBlocked(room, device))) return false
      const sharesGroup = shared.some((room) => room.conversation.members?.as === 'group')
      return mayExchange({ isMe: identity === me.identity, sharesGroup, setting: notes.carries(identity) })
    },
    haveMet: (a, b) => roomsWith(a).some((room) => hasDevice(room, b)),
    needsKeys: (device) => identityOf(device) !== me.identity && roomsWith(device).some(mayTravel),
  }
}

const hasDevice = ({ conversation: { members } }: Room, device: DeviceId): boolean =>
  members !== undefined && memberOfDevice(members, device) !== undefined
