// An event's bytes: 64 bytes of Ed25519 signature, then the payload in deterministic CBOR. The id is the SHA-256 of the payload under a
// domain tag: a signature that was made twice does not make two events.
import * as v from 'valibot'
import { concatBytes, domain, hash } from '../codec/bytes.ts'
import { encodeCbor, malformed, type Malformed } from '../codec/cbor.ts'
import { conversationShape, countShape, decodeShape, deviceShape, eventShape, hlcShape, wallShape } from '../codec/shape.ts'
import { eventId, fromHex, type EventId } from '../ids.ts'
import { maxDeps, maxEventBytes } from '../limits.ts'
import { err, ok, type Result } from '../result.ts'
import { bodyFromWire, bodyToWire, depShape } from './body.ts'
import { lanes, type EventFields, type SignedEvent } from './event.ts'

const version = 1
export const signatureBytes = 64

const payloadShape = v.strictTuple([
  v.literal(version),
  conversationShape,
  v.picklist([lanes.members, lanes.content]),
  deviceShape,
  v.pipe(countShape, v.minValue(1)),
  v.nullable(eventShape),
  v.pipe(v.array(depShape), v.maxLength(maxDeps)),
  hlcShape,
  wallShape,
  v.nullable(eventShape),
  countShape,
  v.string(),
  // Anything but nothing: a tuple that ends before its content would have no spelling.
  v.pipe(
    v.unknown(),
    v.check((content) => content !== undefined),
  ),
])

/** The payload that is signed and hashed. */
export const encodePayload = (fields: EventFields): Uint8Array => {
  const [kind, content] = bodyToWire(fields.body)
  return encodeCbor([
    version,
    fromHex(fields.conversation),
    fields.lane,
    fromHex(fields.device),
    fields.seq,
    fields.prev === null ? null : fromHex(fields.prev),
    fields.deps.map((dep) => [dep.lane, fromHex(dep.device), dep.seq, fromHex(dep.id)]),
    fields.hlc,
    fields.wall,
    fields.epoch === null ? null : fromHex(fields.epoch),
    fields.index,
    kind,
    content,
  ])
}

/** What a device signs for an event. */
export const signedMessage = (payload: Uint8Array): Uint8Array => concatBytes(domain('event/1'), payload)

export const payloadId = (payload: Uint8Array): EventId => eventId(hash('event-id/1', payload))

/** The id of an event's bytes, signature included. */
export const idOfBytes = (bytes: Uint8Array): EventId => payloadId(bytes.subarray(signatureBytes))

/** Decodes and checks the form; knows nothing of signatures or rights. */
export const decodeEvent = (bytes: Uint8Array): Result<SignedEvent, Malformed> => {
  if (bytes.length <= signatureBytes || bytes.length > maxEventBytes) return err(malformed('event'))
  const payload = bytes.subarray(signatureBytes)
  const decoded = decodeShape(payloadShape, payload, maxEventBytes, 'event')
  if (!decoded.ok) return decoded
  const [, conversation, lane, device, seq, prev, deps, hlc, wall, epoch, index, kind, content] = decoded.value
  if ((seq === 1) !== (prev === null)) return err(malformed('event'))
  if (lane === lanes.members && deps.some((dep) => dep.lane !== lanes.members)) return err(malformed('event'))
  const body = bodyFromWire(lane, kind, content)
  if (!body.ok) return body
  return ok({ conversation, lane, device, seq, prev, deps, hlc, wall, epoch, index, body: body.value, id: payloadId(payload), bytes })
}
