// What people write is for members' eyes: it never goes to the device of anybody else, never over gossip in the clear, and never into
// the keys of the database, which a thief with the disk can see.
import { marker } from '../world/oracle.ts'
import { conversationRecord } from '../world/logs.ts'
import type { CreateInvariant } from './invariant.ts'

export const createNoPlaintext: CreateInvariant = ({ world }) => {
  const name = 'no plaintext for non-members'
  const holdsText = (bytes: Uint8Array): boolean => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(marker)
  return {
    name,
    wire: ({ seen, message }) => {
      if (!holdsText(seen.bytes)) return
      const sender = world.deviceOf(seen.from)
      if (seen.kind === 'gossip') return world.violate(name, `${sender?.name} gossips in the clear`)
      // A preview tells the holder of an invite what it is for.
      if (sender === undefined || message?.kind === 'previewed') return
      const record = message === undefined ? undefined : conversationRecord(sender.disk, message.conversation)
      const isMember = record?.people.some((person) => person.devices.includes(seen.to)) ?? false
      if (!isMember) {
        const to = world.deviceOf(seen.to)?.name ?? 'a stranger'
        world.violate(name, `${sender.name} sends readable ${message?.kind ?? 'bytes'} to ${to}, who is no member`)
      }
    },
    commit: (device, writes) => {
      for (const write of writes) {
        if (write.key.join('/').includes(marker)) world.violate(name, `${device.name} writes text into a key of ${write.table}`)
      }
    },
  }
}
