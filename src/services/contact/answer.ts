// Answering a stranger. Accepting takes the beginning that they sent into a conversation of one's own accord and asks them to be let in;
// from then on it is like any other. Deleting leaves only a mark by which the same person is not heard again for a while.
import { decodeEvent } from '../../core/event/codec.ts'
import type { VerifiedEvent } from '../../core/event/event.ts'
import type { ConversationId, IdentityId } from '../../core/ids.ts'
import { ok, type Result } from '../../core/result.ts'
import { msPerDay } from '../../core/time.ts'
import { requestDays } from '../../core/limits.ts'
import type { CommandProblem } from '../../ports/commands.ts'
import { absorb } from '../absorb.ts'
import type { Joining } from '../join.ts'
import { problem } from '../problems.ts'
import type { Session } from '../session.ts'

/** For how long one asks to be let in: what they gave holds no longer than this. */
const joinLifeMs = 3 * requestDays * msPerDay

export const acceptRequest = async (
  session: Session,
  joining: Pick<Joining, 'joinRoom'>,
  person: IdentityId,
): Promise<Result<ConversationId, CommandProblem>> => {
  const key = ['request', person] as const
  const request = await session.store.read((reader) => reader.get('contact', key))
  if (request?.kind !== 'request') return problem('no-such-conversation')
  const { conversation: id, secret, name, device } = request
  const isBegun = await joining.joinRoom(
    id,
    { secret, expiresAt: session.clock.now() + joinLifeMs },
    'direct',
    name,
    [device],
    async (room, draft) => {
      draft.delete('contact', key)
      draft.delete('contact', ['turned-away'])
      const events = request.events.flatMap((bytes) => {
        const event = decodeEvent(bytes)
        // Verified before it was kept; what the store gives back is authenticated by the store.
        return event.ok ? [event.value as VerifiedEvent] : []
      })
      return (await absorb(session, draft, room, events)).room
    },
  )
  // In it already: what they brought again is of no more use.
  if (!isBegun) await session.store.commit([{ kind: 'delete', table: 'contact', key }])
  return ok(id)
}

export const dropRequest = async (session: Session, person: IdentityId): Promise<Result<void, CommandProblem>> => {
  await session.store.commit([
    { kind: 'put', table: 'contact', key: ['request', person], value: { kind: 'dropped', at: session.clock.now() } },
    { kind: 'delete', table: 'contact', key: ['turned-away'] },
  ])
  return ok(undefined)
}
