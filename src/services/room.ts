// A conversation with what this device knows beyond its log: keys it can send on, what others acknowledged, what came too early.
import { emptyConversation, type Conversation } from '../core/conversation/conversation.ts'
import { decodeEvent } from '../core/event/codec.ts'
import { lanes, type VerifiedEvent } from '../core/event/event.ts'
import type { Epoch } from '../core/epoch/epoch.ts'
import { allToAll } from '../core/fan-out/ring.ts'
import type { ConversationId, DeviceId, EventId, IdentityId } from '../core/ids.ts'
import { chainKey } from '../core/log/chains.ts'
import { restoreLog } from '../core/members/log.ts'
import { defaultPolicy } from '../core/members/role.ts'
import { resolveMembers } from '../core/members/resolve.ts'
import type { Acknowledged } from '../core/outbox/delivery.ts'
import type { StoreReader } from '../ports/store.ts'
import type { AcknowledgedRecord, ConversationRecord } from '../ports/tables.ts'

export interface Room {
  readonly conversation: Conversation
  readonly record: ConversationRecord
  /** Epochs whose secret was opened here. */
  readonly epochs: readonly Epoch[]
  readonly acknowledged: ReadonlyMap<DeviceId, Acknowledged>
  /** Verified events that wait for their past; in memory only, since whoever sent them still has them. */
  readonly early: ReadonlyMap<EventId, VerifiedEvent>
  /** Nothing that was typed at the door is left to be said; `false` while nobody has looked. */
  readonly allSaid: boolean
  /** Place in one's own content chain of the last thing that was said to people; 0 when all had everything at the start. */
  readonly lastSaid: number
}

export const emptyRoom = (id: ConversationId, record: ConversationRecord): Room => ({
  conversation: emptyConversation(id),
  record,
  epochs: [],
  acknowledged: new Map(),
  early: new Map(),
  allSaid: false,
  lastSaid: 0,
})

export const newRecord = (
  as: ConversationRecord['as'],
  standing: ConversationRecord['standing'],
  title: string,
  at: number,
): ConversationRecord => ({
  as,
  standing,
  title,
  people: [],
  names: [],
  policy: defaultPolicy,
  timer: 0,
  membersHeads: [],
  contentHeads: [],
  awaited: 0,
  readHlc: 0,
  unread: 0,
  at,
})

/** Reads a room as it was committed. */
export const loadRoom = async (reader: StoreReader, id: ConversationId, record: ConversationRecord): Promise<Room> => {
  const chains = new Map((await reader.list('chains', [id])).map(({ value }) => [chainKey(value.lane, value.device), value]))
  const ops = (await reader.list('events', [id, lanes.members])).flatMap(({ value }) => {
    const event = decodeEvent(value.bytes)
    // Verified before it was committed; what the store gives back is authenticated by the store.
    return event.ok ? [event.value as VerifiedEvent] : []
  })
  const log = restoreLog(ops)
  const maxHlc = Math.max(0, ...[...chains.values()].map((head) => head.hlc))
  return {
    conversation: {
      id,
      chains,
      membersHeads: record.membersHeads,
      contentHeads: record.contentHeads,
      maxHlc,
      log,
      members: resolveMembers(log, log.ops),
    },
    record,
    epochs: (await reader.list('epochs', [id])).map(({ value }) => value),
    acknowledged: new Map((await reader.list('acknowledged', [id])).map(({ key, value }) => [key[1], acknowledgedOf(value)])),
    early: new Map(),
    allSaid: false,
    lastSaid: (await reader.list('outbox', [id], { reverse: true, limit: 1 }))[0]?.key[1] ?? 0,
  }
}

export const acknowledgedOf = (record: AcknowledgedRecord): Acknowledged => ({
  have: new Map(record.have.map(([device, seq]) => [chainKey(lanes.content, device), seq])),
  readHlc: record.readHlc,
})

/** Devices of the present members other than one's own. */
export const otherDevices = (room: Room, me: IdentityId): readonly DeviceId[] =>
  [...(room.conversation.members?.people.values() ?? [])]
    .filter((member) => member.identity !== me)
    .flatMap((member) => member.devices.map((card) => card.device))

/** Whether not everybody in it is linked with everybody. */
export const isLarge = (room: Room, me: IdentityId): boolean => otherDevices(room, me).length > allToAll
