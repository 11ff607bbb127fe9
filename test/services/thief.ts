// Somebody who has recorded everything that went over the wire and then gets hold of a device's whole database, opened: every key in it is
// tried on every recording. What the device keeps as its own history is not the question; what was recorded is.
import { createHpke } from '../../src/adapters/cipher-hpke/hpke.ts'
import type { MemoryDisk } from '../../src/adapters/store-memory/memory-disk.ts'
import { equalBytes } from '../../src/core/codec/bytes.ts'
import { decodeEnvelope } from '../../src/core/courier/envelope.ts'
import { commitmentOf, shareInfo } from '../../src/core/epoch/epoch.ts'
import { openSealed, type SealedHeader } from '../../src/core/epoch/sealed.ts'
import { keyAt, startChain, type SenderChain } from '../../src/core/epoch/sender-chain.ts'
import { decodeEvent } from '../../src/core/event/codec.ts'
import type { SignedEvent } from '../../src/core/event/event.ts'
import { toHex } from '../../src/core/ids.ts'
import type { HpkeSuite } from '../../src/ports/cipher.ts'
import type { HpkeKeyRecord } from '../../src/ports/tables.ts'
import { hear } from '../sim/world/wire.ts'
import type { World } from '../sim/world/world.ts'

export interface Recorded {
  readonly header: SealedHeader
  readonly bytes: Uint8Array
  /** Milliseconds of virtual time when it was on the wire first. */
  readonly at: number
}

export interface Recording {
  /** Each sealed message once. */
  readonly sealed: Map<string, Recorded>
  /** Events that make epochs: what their shares are sealed to is what keys are for. */
  readonly epochs: Map<string, SignedEvent>
  /** Envelopes of couriers, by the name of the one-time key that each is sealed to. */
  readonly envelopesByKey: Map<string, Set<string>>
}

/** Listens in on a whole world. */
export const record = (world: World): Recording => {
  const recording: Recording = { sealed: new Map(), epochs: new Map(), envelopesByKey: new Map() }
  const envelope = (bytes: Uint8Array): void => {
    const read = decodeEnvelope(bytes)
    if (!read.ok) return
    const known = recording.envelopesByKey.get(read.value.key) ?? new Set()
    recording.envelopesByKey.set(read.value.key, known.add(toHex(bytes)))
  }
  world.witness({
    wire: (seen) => {
      const { message, sealed } = hear(seen)
      if (sealed !== undefined && !recording.sealed.has(toHex(sealed.bytes)))
        recording.sealed.set(toHex(sealed.bytes), { ...sealed, at: world.scheduler.now() })
      if (message?.kind === 'carry') envelope(message.envelope)
      if (message?.kind === 'mail') message.envelopes.forEach(envelope)
      if (message?.kind !== 'events') return
      for (const bytes of message.events) {
        const event = decodeEvent(bytes)
        if (event.ok && event.value.body.kind === 'epoch') recording.epochs.set(event.value.id, event.value)
      }
    },
  })
  return recording
}

const hpke = createHpke({ bytes: (length) => new Uint8Array(length) })

/** The recorded messages that a database opens, with its chains, its skipped keys, and whatever its private keys open of recorded epochs. */
export const openedBy = async (disk: MemoryDisk, recording: Recording): Promise<readonly Recorded[]> => {
  const rows = (table: 'senderChains' | 'hpkeKeys') => disk.state().get(table) ?? []
  const chains = new Map(rows('senderChains').map(({ key, value }) => [`${key[1]} ${key[2]}`, value as SenderChain]))
  const keys = rows('hpkeKeys').map(({ value }) => value as HpkeKeyRecord)
  const secrets = new Map<string, Uint8Array>()
  for (const event of recording.epochs.values()) {
    const { body } = event
    if (body.kind !== 'epoch') continue
    for (const share of body.shares) {
      for (const { suite, privateKey } of keys) {
        const info = shareInfo(event.conversation, event.device, share.device)
        const secret = await hpke.open(suite as HpkeSuite, privateKey, share, info, body.commitment)
        if (secret !== undefined && equalBytes(commitmentOf(secret), body.commitment)) secrets.set(event.id, secret)
      }
    }
  }
  return [...recording.sealed.values()].filter(({ header, bytes }) => {
    const { epoch, sender, index } = header
    const secret = secrets.get(epoch)
    const tried = [chains.get(`${epoch} ${sender}`), secret && startChain(secret, epoch, sender)]
    return tried.some((chain) => {
      const key = chain && keyAt(chain, index)
      return key !== undefined && openSealed(bytes, key).ok
    })
  })
}

/** Whether two different things were ever sealed under one key, or one nonce served twice; sentences, none when all is well. */
export const repeated = ({ sealed, envelopesByKey }: Recording): readonly string[] => {
  const placeOf = ({ epoch, sender, index }: SealedHeader): string => `${epoch} ${sender} ${index}`
  const places = Map.groupBy([...sealed.values()], ({ header }) => placeOf(header))
  const nonces = Map.groupBy([...sealed.values()], ({ bytes }) => toHex(bytes.subarray(69, 93)))
  return [
    ...[...places].filter(([, of]) => of.length > 1).map(([place]) => `a key was used twice: ${place}`),
    ...[...nonces].filter(([, of]) => of.length > 1).map(([nonce]) => `a nonce was used twice: ${nonce}`),
    ...[...envelopesByKey].filter(([, of]) => of.size > 1).map(([key]) => `a one-time key was used twice: ${key}`),
  ]
}
