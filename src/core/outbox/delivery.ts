// Who has an own message, by verified acknowledgements only. An acknowledgement is a device's vector: what it has committed.
import type { DeviceId, IdentityId } from '../ids.ts'
import { heldSeq, chainKey, type Vector } from '../log/chains.ts'
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

const stateAt = (acknowledged: Acknowledged | undefined, message: OwnMessage): DeliveryState => {
  if ((acknowledged?.have.get(chainKey(lanes.content, message.device)) ?? 0) < message.seq) return 'waiting'
  return acknowledged !== undefined && acknowledged.readHlc >= message.hlc ? 'read' : 'delivered'
}

const ranks: readonly DeliveryState[] = ['waiting', 'delivered', 'read']
const furthest = (states: readonly DeliveryState[]): DeliveryState => ranks.findLast((rank) => states.includes(rank)) ?? 'waiting'

const isBelow = (floor: readonly Head[], message: OwnMessage): boolean =>
  heldSeq(new Map(floor.map((head) => [chainKey(head.lane, head.device), head])), lanes.content, message.device) >= message.seq
