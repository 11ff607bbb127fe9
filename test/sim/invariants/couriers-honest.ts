// Couriers tell what is so: a receipt stands for an envelope on the courier's disk, an envelope that is offered stands on its giver's, the
// private half of a one-time key is kept before the public one is told, no such key is ever sealed to twice, and it is gone when its envelope
// has come. No more copies go round than the author gave. Whoever counts as carrying an own message gave a receipt.
import { decodeEnvelope, nameEnvelope } from '../../../src/core/courier/envelope.ts'
import { nameOneTimeKey } from '../../../src/core/courier/one-time-keys.ts'
import type { Key, TableName } from '../../../src/ports/store.ts'
import type { CarriedRecord, ConversationRecord, EntrustedRecord } from '../../../src/ports/tables.ts'
import type { SimDevice } from '../world/device.ts'
import { blockedOn, rowAt, rowsOf } from '../world/logs.ts'
import type { CreateInvariant } from './invariant.ts'

export const createCouriersHonest: CreateInvariant = ({ world }) => {
  const name = 'couriers are honest'
  const envelopeByKey = new Map<string, string>()
  /** Receipts for envelopes, by author, envelope and courier. */
  const receipts = new Set<string>()
  /** The name of the one-time key of each envelope by somebody honest: what a liar sealed with the key's name alone stays shut. */
  const keyById = new Map<string, string>()
  const has = ({ disk }: SimDevice, table: TableName, key: Key): boolean => rowAt(disk, table, key) !== undefined
  /** Copies that somebody may give on: half of their own, and a courier keeps one. */
  const copiesToGive = ({ disk }: SimDevice, id: string): number => {
    const carried = rowAt(disk, 'carried', ['about', id]) as CarriedRecord | undefined
    if (carried?.kind === 'about') return Math.floor(carried.copies / 2)
    const own = rowsOf(disk, 'entrusted', []).find((row) => row.key[2] === id)?.value as EntrustedRecord | undefined
    return own === undefined ? 0 : Math.ceil(own.left / 2)
  }
  /**
   * Mail for a conversation that one has left, or with somebody who is blocked, is not opened, only let go of. Its key stays: whoever knows
   * the key's name could otherwise have it erased before the true envelope comes.
   */
  const mayBeUnopened = ({ disk }: SimDevice): boolean =>
    blockedOn(disk).size > 0 || rowsOf(disk, 'conversations', []).some(({ value }) => (value as ConversationRecord).standing === 'left')
  return {
    name,
    wire: ({ seen, message }) => {
      const sender = world.deviceOf(seen.from)
      if (seen.kind === 'frame' && message?.kind === 'carried' && message.kept) receipts.add(`${seen.to} ${message.envelope} ${seen.from}`)
      if (seen.kind !== 'frame' || sender === undefined || sender.isHostile || message === undefined) return
      switch (message.kind) {
        case 'one-time-keys':
          if (!message.keys.every((key) => has(sender, 'oneTimeKeys', ['mine', seen.to, nameOneTimeKey(key)])))
            world.violate(name, `${sender.name} gives one-time keys without keeping their private halves`)
          return
        case 'carry': {
          const [id, envelope] = [nameEnvelope(message.envelope), decodeEnvelope(message.envelope)]
          if (!has(sender, 'carried', ['own', id]) && !has(sender, 'carried', ['bytes', id]))
            world.violate(name, `${sender.name} hands over an envelope that is not on the disk`)
          if (!envelope.ok) return world.violate(name, `${sender.name} hands over what is no envelope`)
          // Whoever only carries it answers for nothing that its author did.
          if (has(sender, 'carried', ['own', id])) {
            // A liar may give two people the same keys, and harms nobody else.
            const key = `${seen.from} ${envelope.value.key}`
            const former = envelopeByKey.get(key)
            if (former !== undefined && former !== id) world.violate(name, `${sender.name} seals to a one-time key a second time`)
            envelopeByKey.set(key, id)
            keyById.set(id, envelope.value.key)
          }
          if (message.copies > copiesToGive(sender, id))
            world.violate(name, `${sender.name} gives ${message.copies} copies on, and may give ${copiesToGive(sender, id)}`)
          return
        }
        case 'collected':
          if (mayBeUnopened(sender)) return
          for (const id of message.envelopes) {
            const key = keyById.get(id)
            if (key !== undefined && rowsOf(sender.disk, 'oneTimeKeys', ['mine']).some((row) => row.key[2] === key))
              world.violate(name, `${sender.name} has opened an envelope and keeps the key to it`)
          }
          return
        case 'carried':
          if (message.kept && !has(sender, 'carried', ['about', message.envelope]))
            world.violate(name, `${sender.name} gives a receipt for what is not on the disk`)
          return
        default:
      }
    },
    commit: (device, writes) => {
      for (const write of writes) {
        if (write.kind !== 'put' || write.table !== 'entrusted') continue
        const [, , id] = write.key
        if (!write.value.couriers.every((courier) => receipts.has(`${device.id()} ${id} ${courier}`)))
          world.violate(name, `${device.name} takes an envelope for carried, and nobody gave a receipt`)
      }
    },
  }
}
