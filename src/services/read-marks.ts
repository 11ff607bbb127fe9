// What was seen here, and what was typed and not sent yet.
import type { ConversationId, EventId } from '../core/ids.ts'
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem } from '../ports/commands.ts'
import { problem } from './problems.ts'
import type { Session } from './session.ts'

/** More unread ones than this are counted as this many. */
const maxCounted = 999

export const markRead = async (session: Session, id: ConversationId, upTo: EventId): Promise<Result<void, CommandProblem>> =>
  session.rooms.enter<Result<void, CommandProblem>>(id, async (room, draft) => {
    const place = await draft.get('places', [id, upTo])
    if (room === undefined || place === undefined) return { value: problem('no-such-conversation') }
    if (place.hlc <= room.record.readHlc && room.record.unread === 0) return { value: ok(undefined) }
    const readHlc = Math.max(room.record.readHlc, place.hlc)
    const newest = await session.store.read((reader) => reader.list('timeline', [id], { reverse: true, limit: maxCounted }))
    const unread = newest.filter(({ value }) => value.kind === 'message' && value.hlc > readHlc && value.author !== session.me.identity)
    return { room: { ...room, record: { ...room.record, readHlc, unread: unread.length } }, value: ok(undefined), durability: 'relaxed' }
  })
