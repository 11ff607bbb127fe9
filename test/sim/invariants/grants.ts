// Whoever is let into a group without a grant gets nothing that was said before: the floor of the grant is where its giver stands, and
// nothing at or below it is sent to the newcomer.
import { lanes, type Head } from '../../../src/core/event/event.ts'
import type { ConversationId, DeviceId } from '../../../src/core/ids.ts'
import type { ConversationRecord } from '../../../src/ports/tables.ts'
import type { SimDevice } from '../world/device.ts'
import { conversationRecord, decodedOnce, rowsOf } from '../world/logs.ts'
import type { CreateInvariant } from './invariant.ts'

export const createGrants: CreateInvariant = ({ world }) => {
  const name = 'nothing before the grant'
  /** What is sent was read a moment before: a floor that rose this short ago may not have been known then. */
  const graceMs = 1_000
  const floors = new Map<string, { readonly floor: readonly Head[]; readonly since: number }>()
  const noteFloors = (device: SimDevice, { people }: ConversationRecord, conversation: ConversationId): void => {
    for (const person of people) {
      const key = `${device.name} ${conversation} ${person.identity}`
      const known = floors.get(key)?.floor
      if (known === undefined || !isSameFloor(known, person.floor)) floors.set(key, { floor: person.floor, since: world.scheduler.now() })
    }
  }

  const checkFloor = (device: SimDevice, conversation: ConversationId, floor: readonly Head[], sameCommit: number): void => {
    const record = conversationRecord(device.disk, conversation)
    if (record?.as !== 'group' || record.policy.history !== 'none') return
    for (const { key, value } of rowsOf(device.disk, 'chains', [conversation, lanes.content])) {
      const end = (value as Head).seq - (key[2] === device.id() ? sameCommit : 0)
      if ((floor.find((head) => head.device === key[2])?.seq ?? 0) < end)
        world.violate(name, `${device.name} lets somebody have what ${world.deviceOf(key[2] as DeviceId)?.name} said before`)
    }
  }

  return {
    name,
    commit: (device, writes) => {
      for (const write of writes) if (write.kind === 'put' && write.table === 'conversations') noteFloors(device, write.value, write.key[0])
      const own = writes.flatMap((write) => {
        const isOwn = write.kind === 'put' && write.table === 'events' && write.key[2] === device.id()
        return isOwn ? (decodedOnce(write.value.bytes) ?? []) : []
      })
      const sameCommit = own.filter((event) => event.lane === lanes.content).length
      for (const { body, conversation } of own) if (body.kind === 'add') checkFloor(device, conversation, body.floor, sameCommit)
    },
    wire: ({ seen, message }) => {
      const sender = world.deviceOf(seen.from)
      if (message?.kind !== 'events' || seen.kind !== 'frame' || sender === undefined || sender.isHostile) return
      const record = conversationRecord(sender.disk, message.conversation)
      const person = record?.people.find(({ devices }) => devices.includes(seen.to))
      const since = floors.get(`${sender.name} ${message.conversation} ${person?.identity}`)?.since ?? 0
      const floor = person?.floor ?? []
      if (floor.length === 0 || world.scheduler.now() - since < graceMs) return
      for (const event of message.events.flatMap((bytes) => decodedOnce(bytes) ?? [])) {
        if (floor.some((head) => head.lane === event.lane && head.device === event.device && head.seq >= event.seq))
          world.violate(name, `${sender.name} sends ${world.deviceOf(seen.to)?.name} ${event.body.kind} from before its grant`)
      }
    },
  }
}

const isSameFloor = (a: readonly Head[], b: readonly Head[]): boolean =>
  a.length === b.length &&
  a.every(({ lane, device, seq, id }, at) => {
    const other = b[at]!
    return lane === other.lane && device === other.device && seq === other.seq && id === other.id
  })
