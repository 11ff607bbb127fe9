// The members lane as held: its operations in order, and for each the part of the lane that its author had seen. Because chains are
// linear and held without gaps, such a past is one number for each device, and asking whether one operation saw another is one comparison.
import type { DeviceId, EventId } from '../ids.ts'
import { lanes, type EventFields, type VerifiedEvent } from '../event/event.ts'
import { compareOrder } from '../log/chains.ts'

/** How much of each device's members chain was seen: by the device's place in the log, and 0 behind the last number. */
export interface Past {
  readonly placeByDevice: ReadonlyMap<DeviceId, number>
  readonly seqs: readonly number[]
}

/** An operation and what its author had seen. */
interface HeldOp {
  readonly op: VerifiedEvent
  readonly past: Past
}

export interface MembersLog {
  /** In order: by clock, ties by id. */
  readonly ops: readonly VerifiedEvent[]
  /** Devices in the order in which they first wrote something that was taken in: a number each, so that a past is short. */
  readonly placeByDevice: ReadonlyMap<DeviceId, number>
  /** By place, from the first operation on. */
  readonly chains: readonly (readonly HeldOp[])[]
  /** By place: the last operation on which somebody's rights may hang. */
  readonly weightySeqs: readonly number[]
  /** By place: the last operation that takes somebody else out. */
  readonly removalSeqs: readonly number[]
}

export const emptyMembersLog: MembersLog = { ops: [], placeByDevice: new Map(), chains: [], weightySeqs: [], removalSeqs: [] }

const heldOp = (log: MembersLog, device: DeviceId, seq: number): HeldOp | undefined =>
  log.chains[log.placeByDevice.get(device) ?? -1]?.[seq - 1]

/** What the author of an operation that is held had seen; nothing, for one that is not. */
export const pastOfOp = (log: MembersLog, op: EventFields): Past => heldOp(log, op.device, op.seq)?.past ?? nothingSeen
const nothingSeen: Past = { placeByDevice: new Map(), seqs: [] }

/**
 * Whether the places in the members lane that an event names are held, and are what it says they are. If the name of another operation
 * could stand there, its author's past would be one thing to those who hold that operation already and another to the rest.
 */
export const namesHeldOps = (log: MembersLog, event: EventFields): boolean =>
  event.deps.every((dep) => dep.lane !== lanes.members || heldOp(log, dep.device, dep.seq)?.op.id === dep.id)

/** The part of the members lane that the author of an event (of either lane) had seen. Everything it names must be held. */
export const pastOf = (log: MembersLog, event: EventFields): Past => {
  const seqs: number[] = log.chains.map(() => 0)
  const see = (device: DeviceId, seq: number, id: EventId) => {
    const [place, held] = [log.placeByDevice.get(device), heldOp(log, device, seq)]
    if (place === undefined || held?.op.id !== id) return
    const theirs = held.past.seqs
    // A plain loop: in a large group this is most of the work of an operation.
    for (let other = 0; other < theirs.length; other++) if (theirs[other]! > seqs[other]!) seqs[other] = theirs[other]!
    if (seq > seqs[place]!) seqs[place] = seq
  }
  if (event.lane === lanes.members && event.prev !== null) see(event.device, event.seq - 1, event.prev)
  for (const dep of event.deps) if (dep.lane === lanes.members) see(dep.device, dep.seq, dep.id)
  return { placeByDevice: log.placeByDevice, seqs }
}

/** Up to which operation of a device a past goes; 0 for none. */
export const seenUpTo = (past: Past, device: DeviceId): number => past.seqs[past.placeByDevice.get(device) ?? -1] ?? 0

/** Whether a past includes an operation. */
export const saw = (past: Past, op: EventFields): boolean => seenUpTo(past, op.device) >= op.seq

/** The operations that an author had seen. */
export const opsSeen = (log: MembersLog, past: Past): readonly VerifiedEvent[] => log.ops.filter((op) => saw(past, op))

const reaches = (past: Past, seqs: readonly number[]): boolean => seqs.every((seq, place) => (past.seqs[place] ?? 0) >= seq)

/** Whether the author had seen every operation that is held. */
export const sawAll = (log: MembersLog, past: Past): boolean => log.chains.every((chain, place) => (past.seqs[place] ?? 0) >= chain.length)

/** Whether the author had seen every operation that others' rights may hang on: since then somebody left, or took another name or keys. */
export const sawAllThatWeighs = (log: MembersLog, past: Past): boolean => reaches(past, log.weightySeqs)

/** Whether the author had seen every removal of one person by another. */
export const sawAllRemovals = (log: MembersLog, past: Past): boolean => reaches(past, log.removalSeqs)

/** The log with one more operation, the next of its device. */
export const appendOp = (log: MembersLog, op: VerifiedEvent): MembersLog => {
  const at = log.ops.findLastIndex((other) => compareOrder(other, op) < 0) + 1
  const place = log.placeByDevice.get(op.device) ?? log.chains.length
  const isNew = place === log.chains.length
  const held: HeldOp = { op, past: pastOf(log, op) }
  return {
    ops: log.ops.toSpliced(at, 0, op),
    placeByDevice: isNew ? new Map(log.placeByDevice).set(op.device, place) : log.placeByDevice,
    chains: replaced(log.chains, place, [...(log.chains[place] ?? []), held]),
    weightySeqs: replaced(log.weightySeqs, place, weighs(op, at === log.ops.length) ? op.seq : (log.weightySeqs[place] ?? 0)),
    removalSeqs: replaced(log.removalSeqs, place, op.body.kind === 'remove' ? op.seq : (log.removalSeqs[place] ?? 0)),
  }
}

/**
 * Names, timers, slowness, pictures, invites that nobody has used or should, who asks to be let in, leaving, and new keys of the device that speaks give or
 * take nobody else's rights. New keys weigh all
 * the same when a clock that lied puts them before something that is held: they could be the first word on whose device it is.
 */
const weighs = ({ body, device }: VerifiedEvent, isLast: boolean): boolean => {
  switch (body.kind) {
    case 'name':
    case 'timer':
    case 'slow':
    case 'approval':
    case 'apply':
    case 'dismiss':
    case 'withdraw':
    case 'profile':
    case 'picture':
    case 'invite':
    case 'leave':
    case 'unknown':
      return false
    case 'device':
      return !isLast || body.device.device !== device
    default:
      return true
  }
}

/** The list with another item in its place, which may be right behind the last. */
const replaced = <T>(list: readonly T[], place: number, item: T): readonly T[] =>
  place === list.length ? [...list, item] : list.with(place, item)

/** The log of operations that were taken in once, in whatever order they are given. */
export const restoreLog = (ops: readonly VerifiedEvent[]): MembersLog => {
  let log = emptyMembersLog
  // In order of the clock this is one pass; only a clock that lied stands before what its author had seen.
  for (let waiting = ops.toSorted(compareOrder); ;) {
    const left = waiting.filter((op) => {
      if (!follows(log, op)) return true
      log = appendOp(log, op)
      return false
    })
    if (left.length === waiting.length) return log
    waiting = left
  }
}

const follows = (log: MembersLog, op: VerifiedEvent): boolean =>
  (op.seq === 1 || heldOp(log, op.device, op.seq - 1)?.op.id === op.prev) &&
  heldOp(log, op.device, op.seq) === undefined &&
  namesHeldOps(log, op)
