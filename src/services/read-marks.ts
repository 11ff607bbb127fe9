// What was seen here, and what was typed and not sent yet.
import type { ConversationId, EventId } from '../core/ids.ts'
import { ok, type Result } from '../core/result.ts'
import { timelineBucket } from '../core/timeline/bucket.ts'
import type { CommandProblem } from '../ports/commands.ts'
import { problem } from './problems.ts'
import type { Room } from './room.ts'
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
    const count = (await unreadBehind(session, room, readHlc)) + (rest.late?.length ?? 0)
    return { room: { ...room, record: { ...record, ...rest, readHlc, unread: count } }, value: ok(undefined), durability: 'relaxed' }
  })

/** Whoever reads what was said last, as most do, has read all of it; nothing has to be looked through for that. */
const unreadBehind = async ({ store, me }: Session, { conversation: { id, maxHlc } }: Room, readHlc: number): Promise<number> => {
  if (readHlc >= maxHlc) return 0
  const after = [id, timelineBucket(readHlc)] as const
  const rows = await store.read((reader) => reader.list('timeline', [id], { after, limit: maxCounted }), ['timeline'])
  return rows.filter(({ value }) => value.kind === 'message' && value.hlc > readHlc && value.author !== me.identity).length
}
