// Inviting: a secret for the link, and an operation in the log by which every member can let its holder in.
import { msPerWeek } from '../core/time.ts'
import { encodeInvite, secretBytes } from '../core/invite/link.ts'
import { inviteKeys } from '../core/invite/secret.ts'
import type { InviteUses } from '../core/event/event.ts'
import type { ConversationId } from '../core/ids.ts'
import { nameConversation, nonceOf } from '../core/members/conversation-name.ts'
import { cleanName } from '../core/names.ts'
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem, InviteWish } from '../ports/commands.ts'
import { authorMembersOp, ensureEpoch } from './author.ts'
import type { Draft } from './draft.ts'
import { newDeviceCard } from './device-keys.ts'
import { personCardOf } from './identity.ts'
import { problem } from './problems.ts'
import { emptyRoom, newRecord, type Room } from './room.ts'
import type { Session } from './session.ts'

const inviteLifeMs = msPerWeek
const maxInviteLifeMs = 52 * msPerWeek
/** For how long a request can be accepted: people answer when they are back. */
const askingLifeMs = 13 * msPerWeek
/** Shown while nobody has come to a direct conversation. */
const nobodyYet = ''

export type NewInvite = Result<{ readonly link: string; readonly conversation: ConversationId }, CommandProblem>

export const createGroup = async (session: Session, typed: string): Promise<Result<ConversationId, CommandProblem>> => {
  const name = cleanName(typed)
  if (name === '' || session.profile().name === '') return problem('bad-name')
  const beginning = newBeginning(session)
  await session.rooms.enter(beginning.id, async (_, draft) => ({
    room: await found(session, draft, beginning, 'group', name),
    value: undefined,
  }))
  return ok(beginning.id)
}

/** For one person, in a conversation of its own that begins with the invite. `node` is named in the link (see `Nodes.forInvite`). */
export const inviteSomeone = async (session: Session, node?: string): Promise<NewInvite> => {
  if (session.profile().name === '') return problem('bad-name')
  const beginning = newBeginning(session)
  return session.rooms.enter<NewInvite>(beginning.id, async (_, draft) =>
    invite(session, draft, await found(session, draft, beginning, 'direct', nobodyYet), 'single', node),
  )
}

/** Into a group, or again into a direct conversation to which nobody has come yet. */
export const inviteInto = async (session: Session, id: ConversationId, node?: string, wish: InviteWish = {}): Promise<NewInvite> =>
  session.rooms.enter<NewInvite>(id, async (room, draft) => {
    if (room?.conversation.members === undefined) return { value: problem('no-such-conversation') }
    if (room.record.standing === 'asking') return { value: problem('not-allowed') }
    const lifeMs = (wish.seconds ?? inviteLifeMs / 1_000) * 1_000
    if (!(lifeMs > 0 && lifeMs <= maxInviteLifeMs)) return { value: problem('not-allowed') }
    const uses = room.conversation.members.as === 'group' && wish.single !== true ? 'many' : 'single'
    return invite(session, draft, room, uses, node, lifeMs)
  })

/** A direct conversation with somebody who has to be asked first, with an invite for them alone and whatever `then` says in it. */
export const beginAsking = async <T>(
  session: Session,
  name: string,
  then: (draft: Draft, room: Room, secret: Uint8Array) => Promise<{ readonly room: Room; readonly value: T }>,
): Promise<{ readonly id: ConversationId; readonly value: T }> => {
  const beginning = newBeginning(session)
  const value = await session.rooms.enter(beginning.id, async (_, draft) => {
    const begun = await found(session, draft, beginning, 'direct', name, 'asking')
    const { room, secret } = await giveInvite(session, draft, begun, 'single', askingLifeMs)
    return then(draft, room, secret)
  })
  return { id: beginning.id, value }
}

interface Beginning {
  readonly id: ConversationId
  readonly nonce: Uint8Array
  readonly meeting: Uint8Array
}

/** What only this device can begin, and only once. */
const newBeginning = ({ me, random }: Pick<Session, 'me' | 'random'>): Beginning => {
  const meeting = random.bytes(32)
  const nonce = nonceOf(me.device, meeting)
  return { id: nameConversation(me.identity, nonce), nonce, meeting }
}

const found = async (
  session: Session,
  draft: Draft,
  { id, nonce, meeting }: Beginning,
  as: 'direct' | 'group',
  name: string,
  standing: 'inviting' | 'asking' | 'member' = as === 'direct' ? 'inviting' : 'member',
): Promise<Room> => {
  const empty = emptyRoom(id, newRecord(as, standing, name, session.clock.now()))
  const person = personCardOf(session.profile(), await newDeviceCard(session, draft, id))
  // What the other is called is for this device alone.
  const named = as === 'group' ? name : nobodyYet
  const create = { kind: 'create', as, nonce, name: named, meeting, person } as const
  return ensureEpoch(session, draft, await authorMembersOp(session, draft, empty, create))
}

/** The operation by which every member can let the holder of a new secret in. */
const giveInvite = async (session: Session, draft: Draft, room: Room, uses: InviteUses, lifeMs: number) => {
  const secret = session.random.bytes(secretBytes)
  const keys = inviteKeys(secret)
  const expiresAt = session.clock.now() + lifeMs
  const key = await session.signer.publicKey(keys.seed)
  const after = await authorMembersOp(session, draft, room, {
    kind: 'invite',
    invite: keys.invite,
    key,
    meeting: keys.meeting,
    expiresAt: Math.floor(expiresAt),
    uses,
  })
  return { room: after, secret, invite: keys.invite, expiresAt }
}

const invite = async (
  session: Session,
  draft: Draft,
  room: Room,
  uses: InviteUses,
  node: string | undefined,
  lifeMs: number = inviteLifeMs,
) => {
  const { id, members } = room.conversation
  const { room: after, secret, invite: name, expiresAt } = await giveInvite(session, draft, room, uses, lifeMs)
  const fragment = encodeInvite({
    kind: members?.as ?? 'direct',
    conversation: id,
    secret,
    expiresAt,
    inviter: session.profile().name,
    title: members?.name ?? '',
    ...(node === undefined ? {} : { node }),
  })
  draft.put('invites', [id, name], { secret, fragment, expiresAt, uses })
  return { room: after, value: ok({ link: session.config.origin + fragment, conversation: id }) }
}
