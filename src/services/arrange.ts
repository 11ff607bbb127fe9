// How this device keeps a conversation: in front, put away, silent. Nobody else learns of it.
import type { ConversationId } from '../core/ids.ts'
import { ok, type Result } from '../core/result.ts'
import type { Arrangement, CommandProblem } from '../ports/commands.ts'
import { problem } from './problems.ts'
import type { Session } from './session.ts'

export const arrange = (session: Session, id: ConversationId, change: Arrangement): Promise<Result<void, CommandProblem>> =>
  session.rooms.enter<Result<void, CommandProblem>>(id, async (room) => {
    if (room === undefined) return { value: problem('no-such-conversation') }
    const { pinned, archived, mutedUntil } = change
    const record = {
      ...room.record,
      ...(pinned === undefined ? {} : { pinned }),
      ...(archived === undefined ? {} : { archived }),
      ...(mutedUntil === undefined ? {} : { mutedUntil }),
    }
    return { room: { ...room, record }, value: ok(undefined) }
  })
