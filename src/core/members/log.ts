// The members lane as held: its operations in order, and for each the part of the lane that its author had seen. Because chains are
// linear, such a past is a vector, and asking whether one operation saw another is one comparison.
import type { DeviceId, EventId } from '../ids.ts'
import { lanes, type EventFields, type VerifiedEvent } from '../event/event.ts'
import { compareOrder } from '../log/chains.ts'

/** How much of each device's members chain was seen. */
export type Past = ReadonlyMap<DeviceId, number>

export interface MembersLog {
  /** In order: by clock, ties by id. */
  readonly ops: readonly VerifiedEvent[]
  readonly opById: ReadonlyMap<EventId, VerifiedEvent>
  readonly pastById: ReadonlyMap<EventId, Past>
}

export const emptyMembersLog: MembersLog = { ops: [], opById: new Map(), pastById: new Map() }

/**
 * Whether the places in the members lane that an event names are held, and are what it says they are. If the name of another operation
 * could stand there, its author's past would be one thing to those who hold that operation already and another to the rest.
 */
export const namesHeldOps = (log: MembersLog, event: EventFields): boolean =>
  event.deps.every((dep) => {
    const op = log.opById.get(dep.id)
    return dep.lane !== lanes.members || (op?.device === dep.device && op.seq === dep.seq)
  })

/** The part of the members lane that the author of an event (of either lane) had seen. Everything it names must be held. */
export const pastOf = (log: MembersLog, event: EventFields): Past => {
  const past = new Map<DeviceId, number>()
  const see = (device: DeviceId, seq: number, id: EventId) => {
    for (const [other, upTo] of log.pastById.get(id) ?? []) past.set(other, Math.max(upTo, past.get(other) ?? 0))
    past.set(device, Math.max(seq, past.get(device) ?? 0))
  }
  if (event.lane === lanes.members && event.prev !== null) see(event.device, event.seq - 1, event.prev)
  for (const dep of event.deps) if (dep.lane === lanes.members) see(dep.device, dep.seq, dep.id)
  return past
}

/** Whether a past includes an operation. */
export const saw = (past: Past, op: EventFields): boolean => (past.get(op.device) ?? 0) >= op.seq

/** The log with one more operation. */
export const appendOp = (log: MembersLog, op: VerifiedEvent): MembersLog => {
  const at = log.ops.findLastIndex((other) => compareOrder(other, op) < 0) + 1
  return {
    ops: log.ops.toSpliced(at, 0, op),
    opById: new Map(log.opById).set(op.id, op),
    pastById: new Map(log.pastById).set(op.id, pastOf(log, op)),
  }
}

/** The log of operations that were taken in once, in whatever order they are given. */
export const restoreLog = (ops: readonly VerifiedEvent[]): MembersLog => {
  let log = emptyMembersLog
  // In order of the clock this is one pass; only a clock that lied stands before what its author had seen.
  for (let waiting = ops.toSorted(compareOrder); waiting.length > 0;) {
    const next = waiting.find((op) => (op.prev === null || log.opById.has(op.prev)) && namesHeldOps(log, op))
    if (next === undefined) return log
    log = appendOp(log, next)
    waiting = waiting.filter((op) => op !== next)
  }
  return log
}

/** The operations that an author had seen. */
export const opsSeen = (log: MembersLog, past: Past): readonly VerifiedEvent[] => log.ops.filter((op) => saw(past, op))
