// A receipt: how far a device holds what the others of a large group said, given to all of them by gossip, since it is linked with a few only.
// Sealed as events are (epoch/sealed) under a key of the epoch, with the version and the epoch as header:
//   version (1) | epoch (32) | nonce (24) | ciphertext of CBOR [how far read, [a place for each device of the epoch, in their order]]
// Whose it is, gossip proves: the message that carries it is signed by its device.
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import * as v from 'valibot'
import { concatBytes, domain, slice } from '../codec/bytes.ts'
import { encodeCbor, malformed, type Malformed } from '../codec/cbor.ts'
import { countShape, decodeShape } from '../codec/shape.ts'
import type { Epoch } from '../epoch/epoch.ts'
import { openBehind, sealBehind, smallestSealedBytes } from '../epoch/sealed.ts'
import { lanes } from '../event/event.ts'
import { eventId, fromHex, type EventId } from '../ids.ts'
import { maxMembers } from '../limits.ts'
import { chainKey, type Vector } from '../log/chains.ts'
import { err, ok, type Result } from '../result.ts'

/** The same two things that two who are linked tell each other, see `Acknowledged`. */
export interface Receipt {
  readonly have: Vector
  readonly readHlc: number
}

export const receiptVersion = 2
const headerBytes = 1 + 32
const maxReceiptBytes = 64 * 1024

/** Milliseconds within which each of so many others says what it holds: a receipt or two a second in the whole group, however large it is. */
export const receiptSpreadMs = (others: number): number => others * 1_000

/** The 32-byte key of all receipts of an epoch. It opens nothing else, and lies here for as long as the epoch's chains do. */
export const receiptKeyOf = (secret: Uint8Array, epoch: EventId): Uint8Array =>
  hkdf(sha256, secret, fromHex(epoch), domain('receipts/1'), 32)

/** Seals a receipt for the devices of an epoch. `nonce` is 24 random bytes. Chains of other devices are left out. */
export const sealReceipt = (epoch: Epoch, key: Uint8Array, nonce: Uint8Array, { have, readHlc }: Receipt): Uint8Array => {
  const head = concatBytes(Uint8Array.of(receiptVersion), fromHex(epoch.id))
  const places = epoch.devices.map((device) => have.get(chainKey(lanes.content, device)) ?? 0)
  return sealBehind(head, key, nonce, encodeCbor([readHlc, places]))
}

/** The epoch whose key opens it: all that can be read without. */
export const receiptEpoch = (bytes: Uint8Array): Result<EventId, Malformed> =>
  bytes[0] === receiptVersion && bytes.length >= headerBytes + smallestSealedBytes && bytes.length <= maxReceiptBytes
    ? ok(eventId(slice(bytes, 1, headerBytes)))
    : err(malformed('receipt'))

const receiptShape = v.strictTuple([countShape, v.pipe(v.array(countShape), v.maxLength(maxMembers * 8))])

/** What it says, or `malformed` when the key does not fit, or it is not about the devices of this epoch. */
export const openReceipt = (bytes: Uint8Array, epoch: Epoch, key: Uint8Array): Result<Receipt, Malformed> => {
  const plain = openBehind(headerBytes, bytes, key)
  const said = plain.ok ? decodeShape(receiptShape, plain.value, maxReceiptBytes, 'receipt') : plain
  if (!said.ok) return said
  const [readHlc, places] = said.value
  if (places.length !== epoch.devices.length) return err(malformed('receipt'))
  return ok({ readHlc, have: new Map(epoch.devices.map((device, at) => [chainKey(lanes.content, device), places[at] ?? 0])) })
}
