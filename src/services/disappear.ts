// What disappears, on this device: how its words come to be kept for a while, and how they are erased. Everything that was opened of them
// goes in one commit (the words beside the signed event, the row, edits, what the list of conversations showed of it, pin and star), and
// what stays is the signed event in its chain, which says nothing (core/event/fading). The search index never had them.
import { letGo, withoutWords } from '../core/event/codec.ts'
import { lanes, type VerifiedEvent } from '../core/event/event.ts'
import { goneAt } from '../core/event/fading.ts'
import type { ConversationId, EventId } from '../core/ids.ts'
import { compareOrder } from '../core/log/chains.ts'
import { timelineBucket } from '../core/timeline/bucket.ts'
import { withoutEdit } from '../core/timeline/fold.ts'
import type { MessageRow } from '../core/timeline/row.ts'
import { seenMessage } from '../core/timeline/seen.ts'
import type { ClockDep } from '../ports/clock.ts'
import type { Entry, StoreDep } from '../ports/store.ts'
import type { ConversationRecord } from '../ports/tables.ts'
import { excerpt } from './excerpt.ts'
import type { Draft } from './draft.ts'
import type { Me } from './me.ts'
import { dropReply } from './replies.ts'
import type { Room } from './room.ts'
import { withoutUnread } from './unread.ts'

/** Rows that are looked through for the last message at most. */
const maxLookedThrough = 200

/** An event as it is kept here: without its words when their time is over, otherwise with the moment at which it will be (`at`). */
export const keepFading = async (
  { clock }: ClockDep,
  draft: Draft,
  event: VerifiedEvent,
): Promise<{ readonly kept: VerifiedEvent; readonly at?: number }> => {
  const { conversation: id, device, seq, body, fading } = event
  if (fading === undefined || fading.words === null) return { kept: event }
  const now = clock.now()
  const message = body.kind === 'edit' ? body.target : { id: event.id, hlc: event.hlc }
  const at = body.kind === 'edit' ? await endOf(draft, id, message, now, now + fading.lifetime * 1_000) : goneAt(event, fading, now)
  if (at <= now) return { kept: letGo(event) }
  draft.put('fading', [id, message.id, event.id], { device, seq, hlc: message.hlc, lifetime: fading.lifetime, at })
  return { kept: event, at }
}

/** An edit goes with its message; one whose message is not here has a time of its own until then. */
const endOf = async (
  draft: Draft,
  id: ConversationId,
  message: { readonly id: EventId; readonly hlc: number },
  now: number,
  alone: number,
): Promise<number> => {
  const row = await draft.get('timeline', [id, timelineBucket(message.hlc), message.id])
  if (row === undefined && (await isHeld(draft, id, message.id))) return now
  return (row?.kind === 'message' ? row.fades?.at : undefined) ?? alone
}

/** Whether an event is here. A message that is and has no row has disappeared. */
export const isHeld = async (draft: Draft, id: ConversationId, event: EventId): Promise<boolean> =>
  (await draft.get('places', [id, event])) !== undefined

/** Erases what is due of one conversation; the room with what the list of conversations shows of it then. */
export const erase = async (
  { store, me }: StoreDep & { readonly me: Me },
  draft: Draft,
  room: Room,
  due: readonly Entry<'fading'>[],
): Promise<Room> => {
  const { id } = room.conversation
  let { record } = room
  const changed = new Set<number>()
  for (const { key, value } of due) {
    const [, message, event] = key
    const place = [id, timelineBucket(value.hlc), message] as const
    const row = await draft.get('timeline', place)
    changed.add(value.hlc)
    if (message !== event) {
      await eraseWords(draft, { key, value })
      if (row !== undefined) draft.put('timeline', place, withoutEdit(row, event))
      continue
    }
    // Its edits are due with it, and those that came before it now.
    for (const words of await store.read((reader) => reader.list('fading', [id, message]), ['fading'])) await eraseWords(draft, words)
    draft.delete('timeline', place)
    draft.delete('pins', [id, message])
    draft.delete('stars', [id, message])
    if (row?.kind !== 'message') continue
    dropReply(draft, id, message, row)
    if (isUnread(record, row, me)) record = withoutUnread(record, message)
  }
  const isLastChanged = record.last !== undefined && changed.has(record.last.hlc)
  return { ...room, record: isLastChanged ? await withLast(store, draft, id, record) : record }
}

const eraseWords = async (draft: Draft, { key, value }: Entry<'fading'>): Promise<void> => {
  const place = [key[0], lanes.content, value.device, value.seq] as const
  const event = await draft.get('events', place)
  if (event !== undefined) draft.put('events', place, { bytes: withoutWords(event.bytes) })
  draft.delete('fading', key)
}

const isUnread = ({ late, readHlc }: ConversationRecord, { author, hlc, id, isVoid }: MessageRow, me: Me): boolean =>
  author !== me.identity && isVoid !== true && (hlc > readHlc || late?.some((ref) => ref.id === id) === true)

/** What the list of conversations shows when its last message has gone. */
const withLast = async (
  store: StoreDep['store'],
  draft: Draft,
  id: ConversationId,
  before: ConversationRecord,
): Promise<ConversationRecord> => {
  const { last: _, ...record } = before
  const newest = await store.read((reader) => reader.list('timeline', [id], { reverse: true, limit: maxLookedThrough }), ['timeline'])
  const rows = await Promise.all(newest.map(({ key }) => draft.get('timeline', key)))
  const row = rows
    .filter((candidate): candidate is MessageRow => candidate?.kind === 'message' && candidate.isVoid !== true)
    .toSorted(compareOrder)
    .at(-1)
  return row === undefined ? record : { ...record, last: { author: row.author, text: excerpt(seenMessage(row).text), hlc: row.hlc } }
}
