// Frees room on this device: what is older than a moment goes from a conversation that goes on. Only what every device of the present members
// has said that it holds, and what was read here: nobody who is in comes to lack anything. What stays is as for somebody who came into the
// conversation later; that the chains were held further is still told, so nothing is sent again (src/decisions/0034).
import { decodeEvent } from '../core/event/codec.ts'
import { hlcPerMs } from '../core/event/clock.ts'
import { isMessage, lanes, type Head, type SignedEvent } from '../core/event/event.ts'
import type { ConversationId, EventId, IdentityId } from '../core/ids.ts'
import { headOf } from '../core/log/admission.ts'
import { heldByAll } from '../core/outbox/delivery.ts'
import { ok, type Result } from '../core/result.ts'
import { timelineBucket } from '../core/timeline/bucket.ts'
import type { CommandProblem, FreedUp } from '../ports/commands.ts'
import type { StoreReader } from '../ports/store.ts'
import type { Draft } from './draft.ts'
import { problem } from './problems.ts'
import { dropReply } from './replies.ts'
import type { Room } from './room.ts'
import type { Visit } from './rooms.ts'
import type { Session } from './session.ts'

/** Events removed in one commit. */
const atOnce = 400

type FreeingSession = Pick<Session, 'store' | 'rooms' | 'me'>

/** `before` in milliseconds since 1970. */
export const freeUp = async (session: FreeingSession, id: ConversationId, before: number): Promise<Result<FreedUp, CommandProblem>> => {
  if (session.rooms.get(id) === undefined) return problem('no-such-conversation')
  let freed: FreedUp = { removed: 0, isAll: true }
  for (;;) {
    const step = await session.rooms.enter(id, (room, draft) => freeSome(session, room, draft, before))
    freed = { removed: freed.removed + step.removed, isAll: step.isAll }
    if (!step.more) return ok(freed)
  }
}

interface Step extends FreedUp {
  readonly more: boolean
}

const freeSome = async ({ store, me }: FreeingSession, room: Room | undefined, draft: Draft, before: number): Promise<Visit<Step>> => {
  if (room === undefined) return { value: { removed: 0, isAll: true, more: false } }
  const { events, isAll, more } = await store.read((reader) => oldEvents(reader, room, me.identity, before), ['events'])
  if (events.length === 0) return { value: { removed: 0, isAll, more } }
  const { freed, removed } = await remove(store, draft, room, events)
  return { room: { ...room, record: { ...room.record, freed } }, value: { removed, isAll, more }, durability: 'relaxed' }
}

/** What may go, chain by chain from its beginning; `isAll` unless something of that age has to stay. */
const oldEvents = async (reader: StoreReader, room: Room, me: IdentityId, before: number) => {
  const { id, chains } = room.conversation
  const events: SignedEvent[] = []
  let isAll = true
  for (const end of chains.values()) {
    if (end.lane !== lanes.content) continue
    // The newest of each chain stays: whether the next one continues it is seen by it.
    const limit = Math.min(end.seq - 1, heldByAll(room.record.people, me, room.acknowledged, end.device))
    const prefix = [id, lanes.content, end.device] as const
    const freed = freedIn(room, end)
    const rest = atOnce - events.length
    if (rest <= 0) return { events, isAll, more: true }
    for (const { key, value } of await reader.list('events', prefix, { after: [...prefix, freed], limit: rest })) {
      const event = decodeEvent(value.bytes)
      if (!event.ok || event.value.hlc >= before * hlcPerMs) break
      if (key[3] > limit || isUnread(room, event.value)) {
        isAll = isAll && key[3] === end.seq
        break
      }
      events.push(event.value)
    }
  }
  return { events, isAll, more: events.length >= atOnce }
}

const freedIn = ({ record }: Room, end: Head): number => record.freed?.find(({ device }) => device === end.device)?.seq ?? 0

const isUnread = ({ record: { readHlc, late } }: Room, { id, hlc }: SignedEvent): boolean =>
  hlc > readHlc || late?.some((ref) => ref.id === id) === true

/** Removes them with their rows; how far each chain is freed then. What is pinned, starred, or shown in the list of conversations stays to be seen. */
const remove = async (store: Session['store'], draft: Draft, room: Room, events: readonly SignedEvent[]) => {
  const { id } = room.conversation
  const marked = await store.read(
    async (reader) => [...(await reader.keys('pins', [id])), ...(await reader.keys('stars', [id]))],
    ['pins', 'stars'],
  )
  const kept = new Set<EventId>(marked.map(([, message]) => message))
  const freed = new Map(room.record.freed?.map((head) => [head.device, head]))
  const rowKey = (event: SignedEvent) => [id, timelineBucket(event.hlc), event.id] as const
  await draft.prefetch('timeline', events.map(rowKey))
  let removed = 0
  for (const event of events) {
    draft.delete('events', [id, event.lane, event.device, event.seq])
    freed.set(event.device, headOf(event))
    const row = await draft.get('timeline', rowKey(event))
    if (kept.has(event.id) || (row !== undefined && row.hlc === room.record.last?.hlc)) continue
    draft.delete('places', [id, event.id])
    if (event.fading !== undefined) draft.delete('fading', [id, event.body.kind === 'edit' ? event.body.target.id : event.id, event.id])
    if (row?.kind !== 'message') continue
    draft.delete('timeline', rowKey(event))
    dropReply(draft, id, event.id, row)
    if (isMessage(event.body)) removed += 1
  }
  return { freed: [...freed.values()], removed }
}
