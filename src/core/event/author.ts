// Making an event of one's own: the next place in the chain, everything seen as its past, a clock that runs ahead of all of it.
import { maxDeps, maxEpochDeps, maxWallClockMs } from '../limits.ts'
import { nextHlc } from './clock.ts'
import { encodePayload, joinEvent, payloadId, signedMessage } from './codec.ts'
import { lanes, type EventBody, type EventFields, type Fading, type Head, type Lane, type VerifiedEvent } from './event.ts'
import type { ConversationId, DeviceId, EventId } from '../ids.ts'

/** What an author has to know of the conversation. */
export interface AuthoringPoint {
  readonly conversation: ConversationId
  readonly device: DeviceId
  /** The end of this device's own chain in the lane. */
  readonly own: Head | undefined
  readonly membersHeads: readonly Head[]
  readonly contentHeads: readonly Head[]
  /** The ends of all chains that are held: what was seen. One alone would not do: it may be a lie that is not followed. */
  readonly ends: readonly Head[]
}

/** Where in an epoch's sender chain the event will be sealed. */
export interface SealPlace {
  readonly epoch: EventId
  readonly index: number
}

/** The unsigned fields of the next event. `now` is milliseconds since 1970 by this device; `fading` makes what it says disappear. */
export const nextEvent = (
  point: AuthoringPoint,
  lane: Lane,
  body: EventBody,
  now: number,
  place?: SealPlace,
  fading?: Fading,
): EventFields => {
  const wall = Math.min(Math.max(0, Math.floor(now)), maxWallClockMs)
  return {
    conversation: point.conversation,
    lane,
    device: point.device,
    seq: (point.own?.seq ?? 0) + 1,
    prev: point.own?.id ?? null,
    deps: depsOf(point, lane, body.kind === 'epoch' ? maxEpochDeps : maxDeps),
    hlc: nextHlc(
      wall,
      point.own?.hlc ?? 0,
      point.ends.map(({ hlc }) => hlc),
    ),
    wall,
    epoch: place?.epoch ?? null,
    index: place?.index ?? 0,
    body,
    ...(fading === undefined ? {} : { fading }),
  }
}

/** The signed event; `sign` comes from a port. What one signs oneself needs no check. */
export const authorEvent = async (fields: EventFields, sign: (message: Uint8Array) => Promise<Uint8Array>): Promise<VerifiedEvent> => {
  const payload = encodePayload(fields)
  const signature = await sign(signedMessage(payload))
  return { ...fields, id: payloadId(payload), bytes: joinEvent(signature, payload, fields.fading?.words) } as VerifiedEvent
}

/**
 * Members heads first, since rights hang on them, and of these one's own, which stands for all that one had seen when one last changed
 * something; then the newest content heads; never one's own chain, which `prev` names.
 */
const depsOf = (point: AuthoringPoint, lane: Lane, atMost: number): EventFields['deps'] => {
  const isOwn = (head: Head) => Number(head.device === point.device)
  const newestFirst = (a: Head, b: Head) => isOwn(b) - isOwn(a) || b.hlc - a.hlc || (a.id < b.id ? 1 : -1)
  const heads = [...point.membersHeads.toSorted(newestFirst), ...(lane === lanes.content ? point.contentHeads.toSorted(newestFirst) : [])]
  return heads
    .filter((head) => !(head.lane === lane && head.device === point.device))
    .slice(0, atMost)
    .map(({ lane: l, device, seq, id }) => ({ lane: l, device, seq, id }))
}
