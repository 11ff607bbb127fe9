// Letting somebody in who has the link: any member can, whoever made the invite and wherever they are.
import { nameContact } from '../core/contact/contact-name.ts'
import { deviceCardClaims, personCardToWire, type PersonCard } from '../core/members/card.ts'
import { encodeCbor } from '../core/codec/cbor.ts'
import type { ConversationId, DeviceId } from '../core/ids.ts'
import { joinMessage } from '../core/invite/secret.ts'
import type { Invite, Members } from '../core/members/members.ts'
import type { LinkMessage, RefusedReason } from '../core/sync/messages.ts'
import { authorMembersOp, ensureEpoch } from './author.ts'
import { floorForNewcomer } from './grant.ts'
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
    const floor = await floorForNewcomer(session, present, join.person.identity)
    const added = await authorMembersOp(session, draft, present, { kind: 'add', person: join.person, invite: join.invite, floor })
    return { room: await ensureEpoch(session, draft, added), value: { kind: 'admitted' } }
  })
}

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
