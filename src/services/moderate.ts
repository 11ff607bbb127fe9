// Looking after a group: its name, who is in it, who may do what.
import type { MembersBody } from '../core/event/event.ts'
import { contentEnds } from '../core/conversation/conversation.ts'
import type { ConversationId, IdentityId } from '../core/ids.ts'
import { maxLifetimeSeconds, maxSlowSeconds } from '../core/limits.ts'
import { isAtLeast, type Policy, type Role } from '../core/members/role.ts'
import { isPicture } from '../core/members/picture.ts'
import { cleanName } from '../core/names.ts'
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem } from '../ports/commands.ts'
import { authorMembersOp } from './author.ts'
import { problem } from './problems.ts'
import type { Room } from './room.ts'
import type { Session } from './session.ts'

type Answer = Result<void, CommandProblem>

export const leave = (session: Session, id: ConversationId): Promise<Answer> => change(session, id, () => ({ kind: 'leave' }))

export const renameGroup = async (session: Session, id: ConversationId, typed: string): Promise<Answer> => {
  const name = cleanName(typed)
  return name === '' ? problem('bad-name') : change(session, id, () => ({ kind: 'name', name }))
}

/** An empty picture takes the present one back. */
export const setGroupPicture = async (session: Session, id: ConversationId, picture: Uint8Array): Promise<Answer> =>
  picture.length > 0 && !isPicture(picture)
    ? problem('bad-picture')
    : change(session, id, () => ({ kind: 'picture', of: 'group', picture }))

/** What they said as far as it is known here stays; what they go on to say, unaware of the removal, does not count. */
export const removeMember = (session: Session, id: ConversationId, identity: IdentityId): Promise<Answer> =>
  change(session, id, ({ conversation }) => ({
    kind: 'remove',
    identity,
    last: contentEnds(conversation).filter((head) => conversation.members?.ownerByDevice.get(head.device) === identity),
  }))

export const setRole = (session: Session, id: ConversationId, identity: IdentityId, role: Role): Promise<Answer> =>
  change(session, id, () => ({ kind: 'role', identity, role }))

/** With `approval` it is said whether newcomers are asked for first: then they are let in by those who may decide about it alone. */
export const setPolicy = (session: Session, id: ConversationId, policy: Policy, approval?: boolean): Promise<Answer> =>
  session.rooms.enter<Answer>(id, async (room, draft) => {
    const members = room?.conversation.members
    if (room === undefined || members === undefined) return { value: problem('no-such-conversation') }
    const isAsked = approval ?? members.approval
    const invite = isAsked && !isAtLeast(policy.invite, 'moderator') ? 'moderator' : policy.invite
    const ruled = await authorMembersOp(session, draft, room, { kind: 'policy', policy: { ...policy, invite } })
    if (isAsked === members.approval) return { room: ruled, value: ok(undefined) }
    return { room: await authorMembersOp(session, draft, ruled, { kind: 'approval', on: isAsked }), value: ok(undefined) }
  })

/** Seconds after which what is said from now on disappears; 0 for never. */
export const setTimer = async (session: Session, id: ConversationId, seconds: number): Promise<Answer> =>
  Number.isInteger(seconds) && seconds >= 0 && seconds <= maxLifetimeSeconds
    ? change(session, id, () => ({ kind: 'timer', seconds }))
    : problem('not-allowed')

/** Seconds that lie between two messages of those who do not look after the group; 0 for none. */
export const setSlow = async (session: Session, id: ConversationId, seconds: number): Promise<Answer> =>
  Number.isInteger(seconds) && seconds >= 0 && seconds <= maxSlowSeconds
    ? change(session, id, () => ({ kind: 'slow', seconds }))
    : problem('not-allowed')

/** Nobody is let in by it any more, as soon as they know. */
export const withdrawInvite = (session: Session, id: ConversationId, invite: string): Promise<Answer> =>
  change(session, id, () => ({ kind: 'withdraw', invite }))

const change = (session: Session, id: ConversationId, bodyOf: (room: Room) => MembersBody): Promise<Answer> =>
  session.rooms.enter<Answer>(id, async (room, draft) => {
    if (room === undefined) return { value: problem('no-such-conversation') }
    return { room: await authorMembersOp(session, draft, room, bodyOf(room)), value: ok(undefined) }
  })
