// What was seen here, and what was typed and not sent yet.
import type { ConversationId, EventId } from '../core/ids.ts'
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem } from '../ports/commands.ts'
import { problem } from './problems.ts'
import type { Session } from './session.ts'
import { seenUpTo } from './unread.ts'

/** More unread ones than this are counted as this many. */
const maxCounted = 999

export const markRead = async (session: Session, id: ConversationId, upTo: EventId): Promise<Result<void, CommandProblem>> =>
  session.rooms.enter<Result<void, CommandProblem>>(id, async (room, draft) => {
    const place = await draft.get('places', [id, upTo])
    if (room === undefined || place === undefined) return { value: problem('no-such-conversation') }
    const { record } = room
    if (place.hlc <= record.readHlc && record.unread === 0) return { value: ok(undefined) }
    const rest = seenUpTo(record, place.hlc)
    const readHlc = Math.max(record.readHlc, place.hlc)
    const newest = await session.store.read((reader) => reader.list('timeline', [id], { reverse: true, limit: maxCounted }))
    const unread = newest.filter(({ value }) => value.kind === 'message' && value.hlc > readHlc && value.author !== session.me.identity)
    const count = unread.length + (rest.late?.length ?? 0)
    return { room: { ...room, record: { ...record, ...rest, readHlc, unread: count } }, value: ok(undefined), durability: 'relaxed' }
  })
