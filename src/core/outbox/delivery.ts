// Who has an own message, by verified acknowledgements only. An acknowledgement is a device's vector: what it has committed.
import type { DeviceId, IdentityId } from '../ids.ts'
import { chainKey, type ChainKey, type Vector } from '../log/chains.ts'
import { lanes, type Head } from '../event/event.ts'

/** What a device of somebody has told that it holds and has shown. */
export interface Acknowledged {
  readonly have: Vector
  /** Everything up to here in the order was seen by the person; 0 when they do not share it. */
  readonly readHlc: number
}

export type DeliveryState = 'waiting' | 'delivered' | 'read'

export interface PersonDelivery {
  readonly identity: IdentityId
  readonly state: DeliveryState
}

export interface OwnMessage {
  readonly device: DeviceId
  readonly seq: number
  readonly hlc: number
}

/** A present member, as far as delivery goes. */
export interface Recipient {
  readonly identity: IdentityId
  readonly devices: readonly DeviceId[]
  /** Ends of the content chains below which nothing is for them. */
  readonly floor: readonly Head[]
}

/** For each present member other than its author for whom the message is: how far it came. */
export const deliveryByPerson = (
  people: readonly Recipient[],
  me: IdentityId,
  acknowledged: ReadonlyMap<DeviceId, Acknowledged>,
  message: OwnMessage,
): readonly PersonDelivery[] =>
  people
    .filter((member) => member.identity !== me && !isBelow(member.floor, message))
    .map((member) => ({
      identity: member.identity,
      state: furthest(member.devices.map((device) => stateAt(acknowledged.get(device), message))),
    }))

/** How far the messages of one device have come, as places in its content chain. */
export interface Reach {
  /** Beyond this nobody else has any. */
  readonly somebody: number
  /** Up to this everybody has all that are for them; 0 while there is nobody else. */
  readonly everybody: number
}

/** Of the present members other than oneself: two bounds, so that nobody needs to go through the outbox message by message. */
export const reachOf = (
  people: readonly Recipient[],
  me: IdentityId,
  acknowledged: ReadonlyMap<DeviceId, Acknowledged>,
  device: DeviceId,
): Reach => {
  const key = chainKey(lanes.content, device)
  let [somebody, everybody] = [0, Infinity]
  for (const member of people) {
    if (member.identity === me) continue
    const held = Math.max(0, ...member.devices.map((other) => heldIn(key, acknowledged.get(other))))
    somebody = Math.max(somebody, held)
    everybody = Math.min(everybody, Math.max(held, floorIn(member.floor, device)))
  }
  return { somebody, everybody: Number.isFinite(everybody) ? everybody : 0 }
}

/**
 * Up to where in a device's content chain nobody of the present members lacks anything: every one of their devices has said so, or it is not
 * for them. Without anybody else: Infinity.
 */
export const heldByAll = (
  people: readonly Recipient[],
  me: IdentityId,
  acknowledged: ReadonlyMap<DeviceId, Acknowledged>,
  device: DeviceId,
): number => {
  const key = chainKey(lanes.content, device)
  return Math.min(
    ...people
      .filter(({ identity }) => identity !== me)
      .flatMap(({ devices, floor }) =>
        devices
          // Whoever said it holds it.
          .filter((other) => other !== device)
          .map((other) => Math.max(heldIn(key, acknowledged.get(other)), floorIn(floor, device))),
      ),
  )
}

/** Up to where a device holds a chain. */
const heldIn = (key: ChainKey, acknowledged: Acknowledged | undefined): number => acknowledged?.have.get(key) ?? 0

const stateAt = (acknowledged: Acknowledged | undefined, message: OwnMessage): DeliveryState => {
  if (heldIn(chainKey(lanes.content, message.device), acknowledged) < message.seq) return 'waiting'
  return acknowledged !== undefined && acknowledged.readHlc >= message.hlc ? 'read' : 'delivered'
}

const ranks: readonly DeliveryState[] = ['waiting', 'delivered', 'read']
const furthest = (states: readonly DeliveryState[]): DeliveryState => ranks.findLast((rank) => states.includes(rank)) ?? 'waiting'

const isBelow = (floor: readonly Head[], message: OwnMessage): boolean => floorIn(floor, message.device) >= message.seq

/** A plain loop: of a large group it runs for each member, over a floor as long as the group. */
const floorIn = (floor: readonly Head[], device: DeviceId): number => {
  let end = 0
  for (const head of floor) if (head.device === device && head.lane === lanes.content && head.seq > end) end = head.seq
  return end
}
