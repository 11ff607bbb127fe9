// What people write is for members' eyes: it never goes to the device of anybody else, never over gossip in the clear, and never into
// the keys of the database, which a thief with the disk can see.
import { lanes, type VerifiedEvent } from '../../../src/core/event/event.ts'
import type { DeviceId } from '../../../src/core/ids.ts'
import { pastOf, restoreLog, saw } from '../../../src/core/members/log.ts'
import type { LinkMessage } from '../../../src/core/sync/messages.ts'
import type { SimDevice } from '../world/device.ts'
import { marker } from '../world/oracle.ts'
import { conversationRecord, decodedOnce, eventsOn } from '../world/logs.ts'
import type { CreateInvariant } from './invariant.ts'

type Events = Extract<LinkMessage, { kind: 'events' }>

export const createNoPlaintext: CreateInvariant = ({ world }) => {
  const name = 'no plaintext for non-members'
  const holdsText = (bytes: Uint8Array): boolean => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(marker)
  /** A commit is on the disk a moment before its device acts on it: whoever left this short ago may still be sent something. */
  const graceMs = 1_000
  const removedAt = new Map<string, number>()
  /** Whoever was removed is told of it with all that the remover had seen of the members lane: names among it, and nothing that was said. */
  const isParting = (sender: SimDevice, { conversation, events }: Events): boolean => {
    const ops = eventsOn(sender.disk, conversation).filter((event) => event.lane === lanes.members)
    const log = restoreLog(ops.map((op) => op as VerifiedEvent))
    const pasts = ops.flatMap((op) => (op.body.kind === 'remove' ? [{ op, past: pastOf(log, op) }] : []))
    return events.every((bytes) => {
      const event = decodedOnce(bytes)
      return event?.lane === lanes.members && pasts.some(({ op, past }) => op.id === event.id || saw(past, event))
    })
  }
  const devicesBySender = new Map<string, readonly DeviceId[]>()
  return {
    name,
    wire: ({ seen, message }) => {
      if (!holdsText(seen.bytes)) return
      const sender = world.deviceOf(seen.from)
      if (seen.kind === 'gossip') return world.violate(name, `${sender?.name} gossips in the clear`)
      // A preview tells the holder of an invite what it is for.
      if (sender === undefined || sender.isHostile || message?.kind === 'previewed') return
      const conversation = message !== undefined && 'conversation' in message ? message.conversation : undefined
      const record = conversation && conversationRecord(sender.disk, conversation)
      const isMember = record?.people.some((person) => person.devices.includes(seen.to)) ?? false
      const wasMember = world.scheduler.now() - (removedAt.get(`${sender.name} ${conversation} ${seen.to}`) ?? -Infinity) < graceMs
      if (!isMember && !wasMember && !(message?.kind === 'events' && isParting(sender, message))) {
        const to = world.deviceOf(seen.to)?.name ?? 'a stranger'
        world.violate(name, `${sender.name} sends readable ${message?.kind ?? 'bytes'} to ${to}, who is no member`)
      }
    },
    commit: (device, writes) => {
      for (const write of writes) {
        if (write.kind === 'put' && write.table === 'conversations') {
          const room = `${device.name} ${write.key[0]}`
          const devices = write.value.people.flatMap((person) => person.devices)
          for (const former of devicesBySender.get(room) ?? [])
            if (!devices.includes(former)) removedAt.set(`${room} ${former}`, world.scheduler.now())
          devicesBySender.set(room, devices)
        }
        if (write.key.join('/').includes(marker)) world.violate(name, `${device.name} writes text into a key of ${write.table}`)
      }
    },
  }
}
