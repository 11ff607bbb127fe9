// A change of the members may take back, or give back, what others said unaware of it: the rows that this concerns are marked again in the
// same commit.
import { isVoidIn } from '../core/conversation/counts.ts'
import { decodeEvent } from '../core/event/codec.ts'
import { lanes, type SignedEvent } from '../core/event/event.ts'
import type { DeviceId, EventId } from '../core/ids.ts'
import type { Cutoff, Members } from '../core/members/members.ts'
import { markVoid, rowOf } from '../core/timeline/fold.ts'
import { timelineBucket } from '../core/timeline/bucket.ts'
import type { StoreDep } from '../ports/store.ts'
import type { Draft } from './draft.ts'
import { recordReply } from './replies.ts'
import type { Room } from './room.ts'

/** Marks rows after the members changed from `before`. */
export const remarkRows = async (deps: StoreDep, draft: Draft, before: Members | undefined, room: Room): Promise<void> => {
  const after = room.conversation.members
  if (before === undefined || after === undefined) return
  const events = [...opsToMark(before, room), ...(await contentToMark(deps, draft, before, room))]
  for (const event of events) {
    const target = rowOf(event)
    if (target === undefined) continue
    const key = [room.conversation.id, timelineBucket(target.hlc), target.id] as const
    const row = await draft.get('timeline', key)
    if (row === undefined) continue
    const isVoid = isVoidIn(room.conversation, event)
    draft.put('timeline', key, markVoid(row, event, isVoid))
    const author = after.ownerByDevice.get(event.device)
    if (author !== undefined) recordReply(draft, event, author, !isVoid)
  }
}

const opsToMark = (before: Members, room: Room): readonly SignedEvent[] => {
  const after = room.conversation.members?.voidOps ?? new Set<EventId>()
  const changed = new Set([...before.voidOps, ...after].filter((id) => before.voidOps.has(id) !== after.has(id)))
  return room.conversation.log.ops.filter((op) => changed.has(op.id))
}

const contentToMark = async (deps: StoreDep, draft: Draft, before: Members, room: Room): Promise<readonly SignedEvent[]> => {
  const { id, members } = room.conversation
  const after = members?.cutoffsByDevice ?? new Map<DeviceId, readonly Cutoff[]>()
  const events: SignedEvent[] = []
  for (const device of new Set([...before.cutoffsByDevice.keys(), ...after.keys()])) {
    const [was, is] = [before.cutoffsByDevice.get(device) ?? [], after.get(device) ?? []]
    if (JSON.stringify(was) === JSON.stringify(is)) continue
    const from = Math.min(...[...was, ...is].map((cutoff) => cutoff.lastSeq))
    const prefix = [id, lanes.content, device] as const
    const kept = await deps.store.read((reader) => reader.list('events', prefix, { after: [...prefix, from] }))
    const written = draft
      .writes()
      .flatMap((write) =>
        write.kind === 'put' && write.table === 'events' && write.key[0] === id && write.key[2] === device ? [write.value] : [],
      )
    for (const { bytes } of [...kept.map(({ value }) => value), ...written]) {
      const event = decodeEvent(bytes)
      if (event.ok && event.value.lane === lanes.content) events.push(event.value)
    }
  }
  return events
}
