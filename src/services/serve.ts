// What a member's device lacks and may have: signed events as they came, members lane first, in order, one bounded frame at a time.
import { decodeEvent } from '../core/event/codec.ts'
import { lanes, type Lane, type SignedEvent } from '../core/event/event.ts'
import type { ConversationId, DeviceId } from '../core/ids.ts'
import { chainKey, compareOrder, holdSame, vectorOf, type Vector } from '../core/log/chains.ts'
import { memberOfDevice, type Member } from '../core/members/members.ts'
import type { SyncMessage } from '../core/sync/messages.ts'
import { proofsFor } from './forks.ts'
import type { Room } from './room.ts'
import type { Session } from './session.ts'

/** Bytes of events in one frame. */
const frameBudget = 256 * 1024
/** Events read at once, so that a long absence does not fill the memory; of usual length so many fill a frame. */
const maxEventsPerFrame = 768

type EventsMessage = Extract<SyncMessage, { kind: 'events' }>

export interface Served {
  readonly message: EventsMessage
  /** How far the chains go of which it holds something. */
  readonly upTo: Vector
}

export interface ServeOptions {
  /** It held no more when it asked last, so perhaps it cannot take the oldest. */
  readonly isAgain?: boolean
  /** Events in the frame at most, if they are fewer than a frame holds. */
  readonly most?: number
}

/** The next frame for a device that holds `beyond`; undefined when it is no member, by what is known here. */
export const serve = async (...asked: Parameters<typeof serveFrame>): Promise<EventsMessage | undefined> =>
  (await serveFrame(...asked))?.message

/** As `serve`, and how far it goes. */
export const serveFrame = async (
  session: Pick<Session, 'rooms' | 'store'>,
  id: ConversationId,
  device: DeviceId,
  beyond: Vector,
  { isAgain = false, most = Infinity }: ServeOptions = {},
): Promise<Served | undefined> => {
  const room = session.rooms.get(id)
  const member = room?.conversation.members && memberOfDevice(room.conversation.members, device)
  if (room === undefined || member === undefined) return undefined
  const limit = Math.min(most, maxEventsPerFrame)
  const chosenOf = async (lane: Lane): Promise<Batch> =>
    (isAgain ? fairly : oldest)(await eventsBeyond(session, room, member, beyond, lane, limit), limit)
  const members = await chosenOf(lanes.members)
  const content = members.more ? { events: [], more: true } : await chosenOf(lanes.content)
  const events = [...members.events, ...content.events]
  const served = events.length > 0 ? fit(events, members.more || content.more) : undefined
  if (served !== undefined && !isAgain) return served
  // Before what they could not take so far: it may be the longer of two tales.
  const proofs = [...(await endsToCompare(session, room, member, beyond)), ...(await proofsFor(session, room, device))]
  if (served !== undefined && proofs.length === 0) return served
  const all = [...proofs, ...(served?.message.events ?? [])]
  const count = countThatFits(all)
  const isWhole = count === all.length
  const more = !isWhole || served?.message.more === true
  return { message: { kind: 'events', events: all.slice(0, count), more }, upTo: (isWhole ? served?.upTo : undefined) ?? new Map() }
}

/**
 * Who asks although both hold equally much holds something else in one place at least: some device told different people different things.
 * The ends of the chains show which, and are the proof.
 */
const endsToCompare = async (
  session: Pick<Session, 'store'>,
  room: Room,
  member: Member,
  beyond: Vector,
): Promise<readonly Uint8Array[]> => {
  const { id, chains } = room.conversation
  const ours = vectorOf(chains)
  if (!holdSame(ours, beyond)) return []
  const floor = floorOf(member)
  const theirs = [...chains].filter(([key, head]) => head.seq > (floor.get(key) ?? 0))
  return session.store.read(
    async (reader) => {
      const ends = await Promise.all(theirs.map(([, head]) => reader.get('events', [id, head.lane, head.device, head.seq])))
      return ends.flatMap((record) => record?.bytes ?? [])
    },
    ['events'],
  )
}

interface Batch {
  readonly events: readonly Given[]
  readonly more: boolean
}

/** Ends of the chains at and below which nothing is for them. */
const floorOf = (member: Member): Vector => new Map(member.floor.map((head) => [chainKey(head.lane, head.device), head.seq]))

/** An event that is to be given, and its place. */
type Given = Pick<SignedEvent, 'lane' | 'device' | 'seq' | 'bytes'>

const oldest = (events: readonly Given[], limit: number): Batch => ({ events: events.slice(0, limit), more: events.length > limit })

/**
 * Of each chain as much as of the others: one that its author forked is refused where the tales part, and as long as it is the oldest, all
 * that the others said would wait behind it for ever.
 */
const fairly = (events: readonly Given[], limit: number): Batch => {
  const sizeByDevice = new Map(events.map(({ device }) => [device, 0]))
  const share = frameBudget / sizeByDevice.size
  const chosen = events.filter(({ device, bytes }) => {
    const before = sizeByDevice.get(device) ?? 0
    const size = before + bytes.length + 8
    // What follows one that is left out is left out too: a chain is taken in its order.
    sizeByDevice.set(device, before > 0 && size > share ? Infinity : size)
    return before === 0 || size <= share
  })
  return { events: chosen.slice(0, limit), more: Math.min(chosen.length, limit) < events.length }
}

/** What lies beyond, over all chains of a lane, oldest first. */
const eventsBeyond = async (
  session: Pick<Session, 'store'>,
  room: Room,
  member: Member,
  beyond: Vector,
  lane: Lane,
  limit: number,
): Promise<readonly Given[]> => {
  const { id, chains } = room.conversation
  const floor = floorOf(member)
  const found = await session.store.read(
    async (reader) => {
      const found = []
      for (const [key, head] of chains) {
        const after = Math.max(beyond.get(key) ?? 0, floor.get(key) ?? 0)
        if (head.lane !== lane || head.seq <= after) continue
        const prefix = [id, lane, head.device] as const
        found.push(await reader.list('events', prefix, { after: [...prefix, after], limit: limit + 1 }))
      }
      return found.filter(({ length }) => length > 0)
    },
    ['events'],
  )
  // A chain is in order as it lies there; only several have to be read to be brought into one.
  const [only] = found
  if (only !== undefined && found.length === 1)
    return only.map(({ key: [, , device, seq], value: { bytes } }) => ({ lane, device, seq, bytes }))
  return found
    .flat()
    .flatMap(({ value }) => {
      const event = decodeEvent(value.bytes)
      return event.ok ? [event.value] : []
    })
    .toSorted(compareOrder)
}

const fit = (events: readonly Given[], more: boolean): Served => {
  const given = events.slice(0, countThatFits(events.map(({ bytes }) => bytes)))
  const message: EventsMessage = { kind: 'events', events: given.map(({ bytes }) => bytes), more: more || given.length < events.length }
  return { message, upTo: new Map(given.map(({ lane, device, seq }) => [chainKey(lane, device), seq])) }
}

/** Of events in a row as many as one frame holds; at least one. */
export const countThatFits = (events: readonly Uint8Array[]): number => {
  let size = 0
  const count = events.findIndex((bytes) => (size += bytes.length + 8) > frameBudget)
  return count === -1 ? events.length : Math.max(1, count)
}
