// One more operation, without going through all of them again. A busy group has thousands, and each that comes would cost as much as all
// before it; but most of them are plain: they stand at the end of the order, by somebody who belongs and had seen every removal, so that
// nothing before them counts any differently. For these the next members are the last ones with one thing changed. Everything else (what
// is contested, comes late, or brings somebody back) is resolved as a whole. Both ways give the same: `resolve` is the rule, this is speed.
import type { MembersBody, VerifiedEvent } from '../event/event.ts'
import type { IdentityId } from '../ids.ts'
import { appendOp, pastOfOp, sawAll, sawAllRemovals, type MembersLog } from './log.ts'
import type { Cutoff, Member, Members } from './members.ts'
import { resolveMembers } from './resolve.ts'
import { inOrder, isNewer } from './transforms/devices.ts'
import { withPicture } from './transforms/pictures.ts'

export interface MembersLane {
  readonly log: MembersLog
  /** As all of the log gives them; undefined until the `create` is held. */
  readonly members: Members | undefined
}

/** The lane with one more operation. */
export const advance = ({ log: before, members }: MembersLane, op: VerifiedEvent): MembersLane => {
  const log = appendOp(before, op)
  const past = pastOfOp(log, op)
  const isPlain = log.ops.at(-1) === op && sawAllRemovals(before, past)
  const next = members && isPlain ? plainly(members, op, sawAll(before, past)) : undefined
  return { log, members: next ?? resolveMembers(log, log.ops) }
}

type Body<Kind extends MembersBody['kind']> = Extract<MembersBody, { readonly kind: Kind }>

/** `undefined` when it is not as plain as it would have to be. */
const plainly = (members: Members, op: VerifiedEvent, hasSeenAll: boolean): Members | undefined => {
  const identity = members.ownerByDevice.get(op.device)
  const author = identity && members.people.get(identity)
  if (author === undefined) return undefined
  const { body } = op
  switch (body.kind) {
    case 'unknown':
      return members
    case 'name':
      return { ...members, name: body.name }
    case 'policy':
      return { ...members, policy: body.policy }
    case 'timer':
      return { ...members, timer: body.seconds }
    case 'slow':
      return { ...members, slow: body.seconds }
    case 'approval':
      return { ...members, approval: body.on }
    case 'withdraw':
      return withoutInvite(members, body)
    case 'profile':
      return withName(withMember(members, { ...author, name: body.name }), author.identity, body.name)
    case 'picture':
      return body.of === 'group' ? withPicture(members, body.picture) : withMember(members, withPicture(author, body.picture))
    case 'device':
      return withNewKeys(members, author, body)
    case 'invite':
      return withInvite(members, author, body)
    case 'add':
      return withNewcomer(members, op, body)
    case 'role':
      return withRole(members, body)
    case 'leave':
      return withoutMember(members, author.identity)
    case 'remove':
      return hasSeenAll ? withoutRemoved(members, op, body) : undefined
    default:
      return undefined
  }
}

const withMember = (members: Members, member: Member): Members => ({
  ...members,
  people: new Map(members.people).set(member.identity, member),
})

const withName = (members: Members, identity: IdentityId, name: string): Members => ({
  ...members,
  nameByIdentity: new Map(members.nameByIdentity).set(identity, name),
})

/** Other keys for a device that is there; a device that is new belongs to the whole. */
const withNewKeys = (members: Members, author: Member, { device: card }: Body<'device'>): Members | undefined => {
  const known = author.devices.find(({ device }) => device === card.device)
  if (known === undefined || card.identity !== author.identity) return undefined
  if (!isNewer(card, known)) return members
  return withMember(members, { ...author, devices: author.devices.map((other) => (other === known ? card : other)) })
}

/** Among operations that do not count there may be an older one of the same link. */
const withInvite = (members: Members, { identity }: Member, body: Body<'invite'>): Members | undefined => {
  if (members.voidOps.size > 0) return undefined
  if (members.invites.has(body.invite)) return members
  const { invite, key, meeting, expiresAt, uses } = body
  return { ...members, invites: new Map(members.invites).set(invite, { invite, key, meeting, expiresAt, uses, by: identity, joined: 0 }) }
}

const withoutInvite = (members: Members, { invite }: Body<'withdraw'>): Members => {
  const known = members.invites.get(invite)
  return known === undefined ? members : { ...members, invites: new Map(members.invites).set(invite, { ...known, isWithdrawn: true }) }
}

/** Somebody of whom nothing was ever heard, with devices that nobody else claims. */
const withNewcomer = (members: Members, op: VerifiedEvent, { person, invite, floor }: Body<'add'>): Members | undefined => {
  const { identity, name, devices } = person
  const ownerByDevice = new Map([...members.ownerByDevice, ...devices.map(({ device }) => [device, identity] as const)])
  const areNew = ownerByDevice.size === members.ownerByDevice.size + devices.length
  if (members.isInherited || !areNew || members.nameByIdentity.has(identity)) return undefined
  if (members.applicants.has(identity) || members.declined.has(identity)) return undefined
  const since = { id: op.id, hlc: op.hlc }
  const newcomer: Member = { identity, name, role: 'member', devices: inOrder(devices), since, floor }
  const used = invite === null ? undefined : members.invites.get(invite)
  if (used?.uses === 'single' && used.joined > 0) return undefined
  const invites = used === undefined ? members.invites : new Map(members.invites).set(used.invite, { ...used, joined: used.joined + 1 })
  return withName(withMember({ ...members, ownerByDevice, invites }, newcomer), identity, name)
}

const withRole = (members: Members, { identity, role }: Body<'role'>): Members | undefined => {
  const member = members.people.get(identity)
  if (member === undefined || members.isInherited || member.role === 'owner') return undefined
  return withMember(members, { ...member, role })
}

/** Owners leave something behind, so that is for the whole. */
const withoutMember = (members: Members, identity: IdentityId): Members | undefined => {
  const member = members.people.get(identity)
  if (member === undefined || members.isInherited || member.role === 'owner') return undefined
  const people = new Map(members.people)
  people.delete(identity)
  return { ...members, people }
}

const withoutRemoved = (members: Members, op: VerifiedEvent, { identity, last }: Body<'remove'>): Members | undefined => {
  const cutoffsByDevice = new Map(members.cutoffsByDevice)
  for (const [device, owner] of members.ownerByDevice) {
    if (owner !== identity) continue
    const cutoff: Cutoff = { by: op.device, seq: op.seq, lastSeq: last.find((head) => head.device === device)?.seq ?? 0 }
    cutoffsByDevice.set(device, [...(cutoffsByDevice.get(device) ?? []), cutoff])
  }
  return withoutMember({ ...members, cutoffsByDevice }, identity)
}
