// A sealed event: what travels on gossip and to devices that hold the epoch. XChaCha20-Poly1305 under the sender chain's key, a random
// 24-byte nonce, the header as associated data, the plaintext padded to buckets so that sizes say little.
//   version (1) | epoch (32) | sender (32) | index (4) | nonce (24) | ciphertext
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { concatBytes, slice, uint32 } from '../codec/bytes.ts'
import { malformed, type Malformed } from '../codec/cbor.ts'
import { deviceId, eventId, fromHex, type DeviceId, type EventId } from '../ids.ts'
import { maxEventBytes } from '../limits.ts'
import { err, ok, type Result } from '../result.ts'

export interface SealedHeader {
  readonly epoch: EventId
  readonly sender: DeviceId
  readonly index: number
}

const version = 1
const headerBytes = 1 + 32 + 32 + 4
export const sealNonceBytes = 24
const tagBytes = 16
const lengthBytes = 4
const smallestBucket = 256
const largestBucket = 2 * maxEventBytes
/** Whatever is sealed takes at least so many bytes beside its header. */
export const smallestSealedBytes = sealNonceBytes + smallestBucket + tagBytes
const maxSealedBytes = headerBytes + sealNonceBytes + largestBucket + tagBytes

const encodeHeader = (header: SealedHeader): Uint8Array =>
  concatBytes(Uint8Array.of(version), fromHex(header.epoch), fromHex(header.sender), uint32(header.index))

/** Seals the bytes of one signed event. `key` is 32 bytes and used once, `nonce` 24 random ones. */
export const seal = (header: SealedHeader, key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array =>
  sealBehind(encodeHeader(header), key, nonce, plaintext)

/** The header, the nonce (24 random bytes) and the padded plaintext under a key of 32 bytes, bound to the header. */
export const sealBehind = (head: Uint8Array, key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array =>
  concatBytes(head, nonce, xchacha20poly1305(key, nonce, head).encrypt(pad(plaintext)))

/** What can be read without a key. */
export const sealedHeader = (sealed: Uint8Array): Result<SealedHeader, Malformed> => {
  if (sealed.length < headerBytes + smallestSealedBytes || sealed.length > maxSealedBytes || sealed[0] !== version) {
    return err(malformed('sealed message'))
  }
  return ok({
    epoch: eventId(slice(sealed, 1, 33)),
    sender: deviceId(slice(sealed, 33, 65)),
    index: new DataView(sealed.buffer, sealed.byteOffset).getUint32(65),
  })
}

/** The bytes inside, or `malformed` when the key does not fit or the content is not what was sealed. */
export const openSealed = (sealed: Uint8Array, key: Uint8Array): Result<Uint8Array, Malformed> => openBehind(headerBytes, sealed, key)

/** What `sealBehind` sealed behind a header of so many bytes, or `malformed` likewise. */
export const openBehind = (headLength: number, sealed: Uint8Array, key: Uint8Array): Result<Uint8Array, Malformed> => {
  const head = sealed.subarray(0, headLength)
  const nonce = sealed.subarray(headLength, headLength + sealNonceBytes)
  try {
    return unpad(xchacha20poly1305(key, nonce, head).decrypt(sealed.subarray(headLength + sealNonceBytes)))
  } catch {
    return err(malformed('sealed message'))
  }
}

/** Length, content, zeros up to the next power of two. */
const pad = (plaintext: Uint8Array): Uint8Array => {
  let bucket = smallestBucket
  while (bucket < plaintext.length + lengthBytes) bucket *= 2
  const padded = new Uint8Array(bucket)
  padded.set(uint32(plaintext.length))
  padded.set(plaintext, lengthBytes)
  return padded
}

const unpad = (padded: Uint8Array): Result<Uint8Array, Malformed> => {
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0)
  return length <= padded.length - lengthBytes ? ok(slice(padded, lengthBytes, lengthBytes + length)) : err(malformed('sealed message'))
}
