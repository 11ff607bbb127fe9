// Letting somebody in who has the link: any member can, whoever made the invite and wherever they are.
import { nameContact } from '../core/contact/contact-name.ts'
import { deviceCardClaims, personCardToWire, type PersonCard } from '../core/members/card.ts'
import { encodeCbor } from '../core/codec/cbor.ts'
import type { ConversationId, DeviceId, IdentityId } from '../core/ids.ts'
import { joinMessage } from '../core/invite/secret.ts'
import { maxApplicants } from '../core/limits.ts'
import { isOpen } from '../core/members/judge.ts'
import type { Invite, Members } from '../core/members/members.ts'
import { ok, type Result } from '../core/result.ts'
import type { LinkMessage, RefusedReason } from '../core/sync/messages.ts'
import type { CommandProblem } from '../ports/commands.ts'
import { authorMembersOp, ensureEpoch } from './author.ts'
import type { Draft } from './draft.ts'
import { floorForNewcomer } from './grant.ts'
import { problem } from './problems.ts'
import type { Room } from './room.ts'
import type { Visit } from './rooms.ts'
import type { Session } from './session.ts'

type Join = Extract<LinkMessage, { kind: 'join' }>
export type Admitted =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'refused'; readonly reason: RefusedReason }
  | { readonly kind: 'ignored' }

export const admit = async (session: Session, from: DeviceId, join: Join): Promise<Admitted> => {
  const room = session.rooms.get(join.conversation)
  const invite = room?.conversation.members?.invites.get(join.invite)
  if (room === undefined || room.record.standing === 'joining') return { kind: 'ignored' }
  // Whoever has left lets nobody in, and says so: who gets no answer would come and ask for ever.
  if (invite === undefined || room.record.standing === 'left') return { kind: 'refused', reason: 'unknown' }
  if (!(await isProven(session, invite, from, join))) return { kind: 'ignored' }
  return session.rooms.enter<Admitted>(join.conversation, async (present, draft) => {
    const members = present?.conversation.members
    const known = members?.invites.get(join.invite)
    if (present === undefined || members === undefined || known === undefined) return { value: { kind: 'ignored' } }
    if (members.people.has(join.person.identity)) return { value: { kind: 'admitted' } }
    const refusal = refusalOf(members, known, session.clock.now())
    const asked = await draft.get('contact', ['asked', join.conversation])
    // The invite of a request is for the person who was asked, whoever else got hold of it.
    if (asked?.kind === 'asked' && asked.contact !== nameContact(join.person.identity)) return { value: { kind: 'ignored' } }
    if (refusal !== undefined) return { value: { kind: 'refused', reason: refusal } }
    if (members.approval) return apply(session, draft, present, members, join)
    const floor = await floorForNewcomer(session, present, join.person.identity)
    const added = await authorMembersOp(session, draft, present, { kind: 'add', person: join.person, invite: join.invite, floor })
    return { room: await ensureEpoch(session, draft, added), value: { kind: 'admitted' } }
  })
}

/** Somebody who looks after the group decides: that they ask is written down for all of these, wherever they are and whenever they come. */
const apply = async (session: Session, draft: Draft, room: Room, members: Members, { person, invite }: Join): Promise<Visit<Admitted>> => {
  const answer = (reason: RefusedReason): Admitted => ({ kind: 'refused', reason })
  if (members.applicants.has(person.identity)) return { value: answer('approval') }
  if (members.declined.get(person.identity) === invite) return { value: answer('declined') }
  if (members.applicants.size >= maxApplicants) return { value: answer('full') }
  return { room: await authorMembersOp(session, draft, room, { kind: 'apply', person, invite }), value: answer('approval') }
}

/** Whoever asked to be let in, and is linked here, does not want to be any more. Whether that is written down now. */
export const stepBack = (session: Session, from: DeviceId, id: ConversationId): Promise<boolean> =>
  session.rooms.enter(id, async (room, draft) => {
    const applicants = [...(room?.conversation.members?.applicants.values() ?? [])]
    const person = applicants.find((applicant) => applicant.person.devices.some(({ device }) => device === from))?.person
    if (room === undefined || person === undefined || room.record.standing !== 'member') return { value: false }
    const dismissal = { kind: 'dismiss', identity: person.identity, why: 'withdrawn' } as const
    return { room: await authorMembersOp(session, draft, room, dismissal), value: true }
  })

/** Lets in who asked; by the invite that they hold, as long as it lets anybody in. */
export const acceptApplicant = (session: Session, id: ConversationId, identity: IdentityId): Promise<Result<void, CommandProblem>> =>
  session.rooms.enter<Result<void, CommandProblem>>(id, async (room, draft) => {
    const members = room?.conversation.members
    const applicant = members?.applicants.get(identity)
    if (room === undefined || members === undefined || applicant === undefined) return { value: problem('not-asking') }
    const known = members.invites.get(applicant.invite)
    const invite = known !== undefined && isOpen(known) ? applicant.invite : null
    const floor = await floorForNewcomer(session, room, identity)
    const added = await authorMembersOp(session, draft, room, { kind: 'add', person: applicant.person, invite, floor })
    return { room: await ensureEpoch(session, draft, added), value: ok(undefined) }
  })

export const declineApplicant = (session: Session, id: ConversationId, identity: IdentityId): Promise<Result<void, CommandProblem>> =>
  session.rooms.enter<Result<void, CommandProblem>>(id, async (room, draft) => {
    if (room?.conversation.members?.applicants.has(identity) !== true) return { value: problem('not-asking') }
    return { room: await authorMembersOp(session, draft, room, { kind: 'dismiss', identity, why: 'declined' }), value: ok(undefined) }
  })

/** The invite's link is proven by its key, the person by their own cards, the device by the link that it speaks on. */
const isProven = async (session: Session, invite: Invite, from: DeviceId, join: Join): Promise<boolean> => {
  if (!join.person.devices.some((card) => card.device === from)) return false
  const message = joinMessage(join.conversation, join.invite, from, session.me.device, cardBytes(join.person))
  const claims = [{ publicKey: invite.key, message, signature: join.proof }, ...join.person.devices.flatMap(deviceCardClaims)]
  const good = await Promise.all(claims.map((claim) => session.signer.verify(claim.publicKey, claim.message, claim.signature)))
  return good.every(Boolean)
}

const refusalOf = (members: Members, invite: Invite, now: number): RefusedReason | undefined => {
  if (invite.isWithdrawn === true) return 'unknown'
  if (now > invite.expiresAt) return 'expired'
  if (invite.uses === 'single' && invite.joined > 0) return 'used'
  return members.as === 'direct' && members.people.size >= 2 ? 'full' : undefined
}

/** The bytes of a person card that a proof covers. */
export const cardBytes = (person: PersonCard): Uint8Array => encodeCbor(personCardToWire(person))

/** What may be told to somebody who has the link, before they join. */
export const describe = (session: Session, id: ConversationId, inviteId: string): { title: string; inviter: string } | undefined => {
  const members = session.rooms.get(id)?.conversation.members
  const invite = members?.invites.get(inviteId)
  const inviter = invite && members?.nameByIdentity.get(invite.by)
  return members === undefined || inviter === undefined ? undefined : { title: members.as === 'group' ? members.name : '', inviter }
}
