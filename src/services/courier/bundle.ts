// What goes into an envelope for a device: what sync would give it, as much as fits. What the device holds already is not known while it
// is away, but follows from the log: whoever has written or acknowledged an event holds everything that the event names as its past.
import { decodeEvent } from '../../core/event/codec.ts'
import { lanes, type Dep } from '../../core/event/event.ts'
import { maxContentBytes } from '../../core/courier/envelope.ts'
import type { DeviceId } from '../../core/ids.ts'
import { chainKey, heldSeq, mergeVectors, type Vector } from '../../core/log/chains.ts'
import type { Room } from '../room.ts'
import { serve } from '../serve.ts'
import type { Session } from '../session.ts'

export interface Bundle {
  readonly events: readonly Uint8Array[]
  /** The last own content event inside; 0 for none. */
  readonly upTo: number
  /** How far each chain is held by whoever has opened it, as far as the bundle says. */
  readonly through: Vector
}

/** Bytes of events in one envelope; the rest is for names, keys and lengths. */
const eventBudget = maxContentBytes - 2_048
/** Events that are looked at to find out what a device holds. */
const maxSteps = 64

/**
 * Everything that the device lacks if it fits, so that each envelope stands for itself. Otherwise what comes after `carried`, which is on
 * its way in other envelopes.
 */
export const bundleFor = async (session: Session, room: Room, device: DeviceId, carried: Vector): Promise<Bundle | undefined> => {
  const known = await knownTo(session, room, device)
  const whole = await serve(session, room.conversation.id, device, known)
  if (whole === undefined) return undefined
  if (!whole.more && sizeOf(whole.events) <= eventBudget) return bundleOf(session, whole.events)
  const rest = await serve(session, room.conversation.id, device, mergeVectors(known, carried))
  return rest && bundleOf(session, fitting(rest.events))
}

/** What a device holds for certain: its own chains, what it acknowledged, and the past of both. */
const knownTo = async (session: Session, room: Room, device: DeviceId): Promise<Vector> => {
  const { id, chains } = room.conversation
  const own = chainKey(lanes.content, session.me.device)
  const known = new Map<ReturnType<typeof chainKey>, number>()
  const places: Pick<Dep, 'lane' | 'device' | 'seq'>[] = [
    { lane: lanes.content, device: session.me.device, seq: room.acknowledged.get(device)?.have.get(own) ?? 0 },
    ...[lanes.members, lanes.content].map((lane) => ({ lane, device, seq: heldSeq(chains, lane, device) })),
  ]
  await session.store.read(async (reader) => {
    for (let step = 0; step < maxSteps; step++) {
      const place = places.shift()
      if (place === undefined) return
      const key = chainKey(place.lane, place.device)
      if (place.seq <= (known.get(key) ?? 0)) continue
      known.set(key, place.seq)
      const record = await reader.get('events', [id, place.lane, place.device, place.seq])
      const event = record && decodeEvent(record.bytes)
      if (event?.ok === true) places.push(...event.value.deps)
    }
  })
  return known
}

const bundleOf = (session: Session, events: readonly Uint8Array[]): Bundle => {
  const decoded = events.flatMap((bytes) => {
    const event = decodeEvent(bytes)
    return event.ok ? [event.value] : []
  })
  const own = decoded.filter((event) => event.lane === lanes.content && event.device === session.me.device)
  return {
    events,
    upTo: Math.max(0, ...own.map((event) => event.seq)),
    through: mergeVectors(new Map(), new Map(decoded.map((event) => [chainKey(event.lane, event.device), event.seq]))),
  }
}

const sizeOf = (events: readonly Uint8Array[]): number => events.reduce((sum, bytes) => sum + bytes.length + 5, 0)

const fitting = (events: readonly Uint8Array[]): readonly Uint8Array[] => {
  let size = 0
  const end = events.findIndex((bytes) => (size += bytes.length + 5) > eventBudget)
  return end === -1 ? events : events.slice(0, end)
}
