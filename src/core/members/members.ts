// Who belongs to a conversation, as computed from the members lane (PROTOCOL section 4).
import type { DeviceId, EventId, IdentityId } from '../ids.ts'
import type { EventRef, Head, InviteUses } from '../event/event.ts'
import type { DeviceCard, PersonCard } from './card.ts'
import type { Policy, Role } from './role.ts'

export interface Member {
  readonly identity: IdentityId
  readonly name: string
  readonly role: Role
  /** A small picture, see picture.ts. */
  readonly picture?: Uint8Array
  readonly devices: readonly DeviceCard[]
  /** The operation that let them in: seniority, and the point before which they are entitled to nothing. */
  readonly since: EventRef
  /** Ends of the content chains when they were let in; nothing at or below is for them. */
  readonly floor: readonly Head[]
}

export interface Invite {
  readonly invite: string
  readonly key: Uint8Array
  readonly meeting: Uint8Array
  readonly expiresAt: number
  readonly uses: InviteUses
  readonly by: IdentityId
  /** People who were let in by it. */
  readonly joined: number
  /** It lets nobody in any more. */
  readonly isWithdrawn?: true
}

/** Somebody who asks to be let in, and waits for those who may decide. */
export interface Applicant {
  readonly person: PersonCard
  /** The invite that they hold. */
  readonly invite: string
  /** Who wrote it down, and when by their clock: milliseconds since 1970. */
  readonly by: IdentityId
  readonly at: number
}

/** Content of a device beyond `lastSeq` does not count, unless its author had seen the removal (and was let in again). */
export interface Cutoff {
  /** The removing operation's place in the members lane. */
  readonly by: DeviceId
  readonly seq: number
  readonly lastSeq: number
}

export interface Members {
  readonly as: 'direct' | 'group'
  readonly name: string
  /** Of the group, see picture.ts. */
  readonly picture?: Uint8Array
  /** Secret of the conversation from which tags and topics are derived: 32 bytes. */
  readonly meeting: Uint8Array
  readonly policy: Policy
  /** Seconds after which what is said disappears; 0 for never. */
  readonly timer: number
  /** Seconds between two messages of those who do not look after it; 0 for none. */
  readonly slow: number
  /** Whoever comes by an invite is asked for first. */
  readonly approval: boolean
  readonly applicants: ReadonlyMap<IdentityId, Applicant>
  /** Who was turned down, and the invite that they held: by another they may ask again. */
  readonly declined: ReadonlyMap<IdentityId, string>
  readonly people: ReadonlyMap<IdentityId, Member>
  /** No owner is left, and the most senior of the highest rank stands in: their own role is another. */
  readonly isInherited: boolean
  readonly invites: ReadonlyMap<string, Invite>
  /** Every device that ever belonged to somebody here, also to those who left: who wrote an old event. */
  readonly ownerByDevice: ReadonlyMap<DeviceId, IdentityId>
  /** Operations that do not count after all: made by somebody whose removal they had not seen, or by those whom these let in. */
  readonly voidOps: ReadonlySet<EventId>
  /** From where on a removed device's content does not count. */
  readonly cutoffsByDevice: ReadonlyMap<DeviceId, readonly Cutoff[]>
  /** The last name of everybody who was ever here. */
  readonly nameByIdentity: ReadonlyMap<IdentityId, string>
}

/** Devices of the present members, with their newest cards. */
export const memberDevices = (members: Members): readonly DeviceCard[] => [...members.people.values()].flatMap((member) => member.devices)

/** The member to whom a device belongs now. */
export const memberOfDevice = (members: Members, device: DeviceId): Member | undefined => {
  const owner = members.ownerByDevice.get(device)
  const member = owner && members.people.get(owner)
  return member?.devices.some((card) => card.device === device) ? member : undefined
}
