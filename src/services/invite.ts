// Inviting: a secret for the link, and an operation in the log by which every member can let its holder in.
import { msPerWeek } from '../core/time.ts'
import { encodeInvite, secretBytes } from '../core/invite/link.ts'
import { inviteKeys } from '../core/invite/secret.ts'
import type { InviteUses } from '../core/event/event.ts'
import type { ConversationId } from '../core/ids.ts'
import { nameConversation, nonceOf } from '../core/members/conversation-name.ts'
import { cleanName } from '../core/names.ts'
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem } from '../ports/commands.ts'
import { authorMembersOp, ensureEpoch } from './author.ts'
import type { Draft } from './draft.ts'
import { newDeviceCard } from './device-keys.ts'
import { personCardOf } from './identity.ts'
import { problem } from './problems.ts'
import { emptyRoom, newRecord, type Room } from './room.ts'
import type { Session } from './session.ts'

const inviteLifeMs = msPerWeek
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
export const inviteInto = async (session: Session, id: ConversationId, node?: string): Promise<NewInvite> =>
  session.rooms.enter<NewInvite>(id, async (room, draft) => {
    if (room?.conversation.members === undefined) return { value: problem('no-such-conversation') }
    return invite(session, draft, room, room.conversation.members.as === 'group' ? 'many' : 'single', node)
  })

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
): Promise<Room> => {
  const empty = emptyRoom(id, newRecord(as, as === 'direct' ? 'inviting' : 'member', name, session.clock.now()))
  const person = personCardOf(session.profile(), await newDeviceCard(session, draft, id))
  return ensureEpoch(session, draft, await authorMembersOp(session, draft, empty, { kind: 'create', as, nonce, name, meeting, person }))
}

const invite = async (session: Session, draft: Draft, room: Room, uses: InviteUses, node: string | undefined) => {
  const { id, members } = room.conversation
  const secret = session.random.bytes(secretBytes)
  const keys = inviteKeys(secret)
  const expiresAt = session.clock.now() + inviteLifeMs
  const key = await session.signer.publicKey(keys.seed)
  const after = await authorMembersOp(session, draft, room, {
    kind: 'invite',
    invite: keys.invite,
    key,
    meeting: keys.meeting,
    expiresAt: Math.floor(expiresAt),
    uses,
  })
  const fragment = encodeInvite({
    kind: members?.as ?? 'direct',
    conversation: id,
    secret,
    expiresAt,
    inviter: session.profile().name,
    title: members?.name ?? '',
    ...(node === undefined ? {} : { node }),
  })
  draft.put('invites', [id, keys.invite], { secret, fragment, expiresAt })
  return { room: after, value: ok({ link: session.config.origin + fragment, conversation: id }) }
}
