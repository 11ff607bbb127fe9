// What a courier holds (PROTOCOL section 6): it can be addressed, expires, and says nothing else. No sender, group or epoch is readable on
// it; the key name is a hash of a public key that only two devices have ever seen, and is used once. Its whole length is a power of two.
//   version (1) | tag (16) | last day (2) | key name (8) | enc (32) | ciphertext
// Everything before `enc` is the associated data of the HPKE seal. Spoken to by the services that wrap, carry and open; never throws.
import { concatBytes, hash, slice, uint32 } from '../codec/bytes.ts'
import { malformed, type Malformed } from '../codec/cbor.ts'
import { envelopeId, fromHex, tag, toHex, type EnvelopeId, type Tag } from '../ids.ts'
import { maxEnvelopeBytes } from '../limits.ts'
import { err, ok, type Result } from '../result.ts'

export interface EnvelopeHead {
  readonly tag: Tag
  /** The last day on which it is carried, in days since 1970: the time-to-live in whole days. */
  readonly lastDay: number
  /** Names the one-time key that it is sealed to: 8 bytes in hex. */
  readonly key: string
}

export interface Envelope extends EnvelopeHead {
  /** The encapsulated key: 32 bytes. */
  readonly enc: Uint8Array
  readonly ciphertext: Uint8Array
}

const version = 1
const headBytes = 1 + 16 + 2 + 8
const encBytes = 32
const sealBytes = 16
const lengthBytes = 4
const overheadBytes = headBytes + encBytes + sealBytes + lengthBytes
const smallestBytes = 256

/** Bytes of content that the largest envelope holds. */
export const maxContentBytes = maxEnvelopeBytes - overheadBytes

/** The bytes that the seal is bound to. */
export const encodeHead = ({ tag, lastDay, key }: EnvelopeHead): Uint8Array =>
  concatBytes(Uint8Array.of(version), fromHex(tag), Uint8Array.of(lastDay >> 8, lastDay & 0xff), fromHex(key))

export const encodeEnvelope = (envelope: Envelope): Uint8Array => concatBytes(encodeHead(envelope), envelope.enc, envelope.ciphertext)

export const decodeEnvelope = (bytes: Uint8Array): Result<Envelope, Malformed> => {
  if (bytes[0] !== version || !isBucket(bytes.length)) return err(malformed('envelope'))
  return ok({
    tag: tag(bytes.subarray(1, 17)),
    lastDay: new DataView(bytes.buffer, bytes.byteOffset).getUint16(17),
    key: toHex(bytes.subarray(19, 27)),
    enc: slice(bytes, headBytes, headBytes + encBytes),
    ciphertext: slice(bytes, headBytes + encBytes),
  })
}

/** The name of an envelope among couriers; two copies have one name. */
export const nameEnvelope = (bytes: Uint8Array): EnvelopeId => envelopeId(hash('envelope-id/1', bytes).subarray(0, 16))

/** Length, content, zeros, so that the sealed envelope fills its bucket; `undefined` for what fits into none. */
export const padContent = (content: Uint8Array): Uint8Array | undefined => {
  let bucket = smallestBytes
  while (bucket < content.length + overheadBytes) bucket *= 2
  if (bucket > maxEnvelopeBytes) return undefined
  const padded = new Uint8Array(bucket - overheadBytes + lengthBytes)
  padded.set(uint32(content.length))
  padded.set(content, lengthBytes)
  return padded
}

export const unpadContent = (padded: Uint8Array): Result<Uint8Array, Malformed> => {
  if (padded.length < lengthBytes) return err(malformed('envelope'))
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0)
  return length <= padded.length - lengthBytes ? ok(slice(padded, lengthBytes, lengthBytes + length)) : err(malformed('envelope'))
}

const isBucket = (length: number): boolean => length >= smallestBytes && length <= maxEnvelopeBytes && Number.isInteger(Math.log2(length))
