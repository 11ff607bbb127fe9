// What is inside an envelope: signed events for one device, what the writer's device acknowledges of the reader's, and fresh one-time
// keys. The writer's device signs all of it, bound to the reader's device, so that nobody can seal another's words anew.
//   signature (64) | [version, conversation, from, to, events, acknowledged, read, keys left, keys]   in deterministic CBOR
import * as v from 'valibot'
import { concatBytes, domain, slice } from '../codec/bytes.ts'
import { encodeCbor, malformed, type Malformed } from '../codec/cbor.ts'
import { bytesOf, bytesUpTo, conversationShape, countShape, decodeShape, deviceShape } from '../codec/shape.ts'
import { fromHex, type ConversationId, type DeviceId } from '../ids.ts'
import { maxEventBytes } from '../limits.ts'
import type { SignatureClaim } from '../members/card.ts'
import { err, ok, type Result } from '../result.ts'
import { maxContentBytes } from './envelope.ts'
import { maxHandOut, oneTimeKeyBytes } from './one-time-keys.ts'

export interface Content {
  readonly conversation: ConversationId
  readonly from: DeviceId
  readonly to: DeviceId
  /** Signed events as they came, in causal order. */
  readonly events: readonly Uint8Array[]
  /** How far the writer's device holds the reader's content chain. */
  readonly acknowledged: number
  /** How far its person has read, in the order of the clock; 0 when that is not shared. */
  readonly readHlc: number
  /** How many of the reader's one-time keys the writer has left. */
  readonly keysLeft: number
  /** One-time public keys of the writer, for the reader. */
  readonly keys: readonly Uint8Array[]
}

const version = 1
const signatureBytes = 64

const payloadShape = v.strictTuple([
  v.literal(version),
  conversationShape,
  deviceShape,
  deviceShape,
  v.array(bytesUpTo(maxEventBytes)),
  countShape,
  countShape,
  countShape,
  v.pipe(v.array(bytesOf(oneTimeKeyBytes)), v.maxLength(maxHandOut)),
])

/** The signed part. */
export const encodeContentPayload = (content: Content): Uint8Array =>
  encodeCbor([
    version,
    fromHex(content.conversation),
    fromHex(content.from),
    fromHex(content.to),
    content.events,
    content.acknowledged,
    content.readHlc,
    content.keysLeft,
    content.keys,
  ])

/** What the writer's device signs. */
export const contentMessage = (payload: Uint8Array): Uint8Array => concatBytes(domain('courier-content/1'), payload)

export const encodeContent = (signature: Uint8Array, payload: Uint8Array): Uint8Array => concatBytes(signature, payload)

/** The content, and the claim that it was written by `from`; the claim is to be checked by whoever asked. */
export const decodeContent = (bytes: Uint8Array): Result<{ readonly content: Content; readonly claim: SignatureClaim }, Malformed> => {
  if (bytes.length <= signatureBytes || bytes.length > maxContentBytes) return err(malformed('envelope'))
  const payload = slice(bytes, signatureBytes)
  const decoded = decodeShape(payloadShape, payload, maxContentBytes, 'envelope')
  if (!decoded.ok) return decoded
  const [, conversation, from, to, events, acknowledged, readHlc, keysLeft, keys] = decoded.value
  const content = { conversation, from, to, events, acknowledged, readHlc, keysLeft, keys }
  return ok({ content, claim: { publicKey: fromHex(from), message: contentMessage(payload), signature: slice(bytes, 0, signatureBytes) } })
}
