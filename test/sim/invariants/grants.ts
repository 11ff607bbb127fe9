// Whoever is let into a group without a grant gets nothing that was said before: the floor of the grant is where its giver stands, and
// nothing at or below it is sent to the newcomer.
import { lanes, type Head } from '../../../src/core/event/event.ts'
import type { ConversationId, DeviceId } from '../../../src/core/ids.ts'
import type { SimDevice } from '../world/device.ts'
import { conversationRecord, decodedOnce, rowsOf } from '../world/logs.ts'
import type { CreateInvariant } from './invariant.ts'

export const createGrants: CreateInvariant = ({ world }) => {
  const name = 'nothing before the grant'

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
      const own = writes.flatMap((write) => {
        const isOwn = write.kind === 'put' && write.table === 'events' && write.key[2] === device.id()
        return isOwn ? (decodedOnce(write.value.bytes) ?? []) : []
      })
      const sameCommit = own.filter((event) => event.lane === lanes.content).length
      for (const { body, conversation } of own) if (body.kind === 'add') checkFloor(device, conversation, body.floor, sameCommit)
    },
    wire: ({ seen, message }) => {
      const sender = world.deviceOf(seen.from)
      if (message?.kind !== 'events' || seen.kind !== 'frame' || sender === undefined || sender.isNoisy) return
      const record = conversationRecord(sender.disk, message.conversation)
      const floor = record?.people.find((person) => person.devices.includes(seen.to))?.floor ?? []
      if (floor.length === 0) return
      for (const event of message.events.flatMap((bytes) => decodedOnce(bytes) ?? [])) {
        if (floor.some((head) => head.lane === event.lane && head.device === event.device && head.seq >= event.seq))
          world.violate(name, `${sender.name} sends ${world.deviceOf(seen.to)?.name} ${event.body.kind} from before its grant`)
      }
    },
  }
}
