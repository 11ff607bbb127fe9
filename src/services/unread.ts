// What others said that was not seen here: what stands behind the mark of how far was read, what came late and stands before it, and
// which of it calls the person here. Written with each message, so that nothing has to be looked through for a number.
import { isMessage, type VerifiedEvent } from '../core/event/event.ts'
import type { EventId, IdentityId } from '../core/ids.ts'
import { callsPerson } from '../core/timeline/mention.ts'
import type { TimelineRow } from '../core/timeline/row.ts'
import type { ConversationRecord, UnreadRecord } from '../ports/tables.ts'
import type { Me } from './me.ts'

/** Kept at most; the oldest are let go of first. */
const mostKept = 200

/** The record after a message of anybody, whose row is `row`. */
export const withUnread = (
  record: ConversationRecord,
  me: Me,
  event: VerifiedEvent,
  author: IdentityId,
  row: TimelineRow,
): ConversationRecord => {
  if (!isMessage(event.body) || author === me.identity) return record
  const ref: UnreadRecord = { id: event.id, hlc: event.hlc, by: author }
  return {
    ...record,
    unread: record.unread + 1,
    ...(event.hlc <= record.readHlc ? { late: kept(record.late, ref) } : {}),
    ...(isCall(record, me, row) ? { calls: kept(record.calls, ref) } : {}),
  }
}

const kept = (refs: readonly UnreadRecord[] = [], ref: UnreadRecord): readonly UnreadRecord[] => [...refs, ref].slice(-mostKept)

const isCall = ({ names }: ConversationRecord, me: Me, row: TimelineRow): boolean =>
  row.kind === 'message' &&
  (row.callsEverybody === true || callsPerson(row.text, names.find(({ identity }) => identity === me.identity)?.name ?? ''))

/** What is left of it once everything up to a place in the order has been seen. */
export const seenUpTo = ({ late = [], calls = [] }: ConversationRecord, hlc: number): Pick<ConversationRecord, 'late' | 'calls'> => ({
  late: late.filter((ref) => ref.hlc > hlc),
  calls: calls.filter((ref) => ref.hlc > hlc),
})

/** The record without a message that has disappeared. */
export const withoutUnread = (record: ConversationRecord, message: EventId): ConversationRecord => ({
  ...record,
  unread: Math.max(0, record.unread - 1),
  ...(record.late === undefined ? {} : { late: record.late.filter(({ id }) => id !== message) }),
  ...(record.calls === undefined ? {} : { calls: record.calls.filter(({ id }) => id !== message) }),
})
