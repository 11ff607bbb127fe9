// An event's bytes: 64 bytes of Ed25519 signature, then the payload in deterministic CBOR. The id is the SHA-256 of the payload under a
// domain tag: a signature that was made twice does not make two events. Of what disappears (fading.ts) the payload stands in a pair with the
// words, which neither the signature nor the id covers: without them the event has the same name and the same place.
import * as v from 'valibot'
import { concatBytes, domain, hash } from '../codec/bytes.ts'
import { encodeCbor, malformed, type Malformed } from '../codec/cbor.ts'
import { bytesUpTo, conversationShape, countShape, decodeShape, deviceShape, eventShape, hlcShape, wallShape } from '../codec/shape.ts'
import { eventId, fromHex, type EventId } from '../ids.ts'
import { maxDeps, maxEventBytes } from '../limits.ts'
import { err, ok, type Result } from '../result.ts'
import { bodyFromWire, bodyToWire, depShape } from './body.ts'
import { fadingFromWire, fadingKind, fadingToWire } from './fading.ts'
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
  const [kind, content] = fields.fading === undefined ? bodyToWire(fields.body) : fadingToWire(fields.fading, fields.body)
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

/** The bytes of an event; `words` stand beside the payload while what disappears is there. */
export const joinEvent = (signature: Uint8Array, payload: Uint8Array, words: Uint8Array | null = null): Uint8Array =>
  concatBytes(signature, words === null ? payload : encodeCbor([payload, words]))

const pairShape = v.strictTuple([bytesUpTo(maxEventBytes), bytesUpTo(maxEventBytes)])
/** How CBOR begins a list of two; a payload is a list of thirteen. */
const pairHead = 0x82

/** What is signed in an event's bytes, and the words beside it. Of bytes that are malformed something that no decoder takes. */
const partsOf = (bytes: Uint8Array): { readonly payload: Uint8Array; readonly words: Uint8Array | null } => {
  const rest = bytes.subarray(signatureBytes)
  const pair = rest[0] === pairHead ? decodeShape(pairShape, rest, maxEventBytes, 'event') : undefined
  return pair?.ok === true ? { payload: pair.value[0], words: pair.value[1] } : { payload: rest, words: null }
}

/** What is signed and hashed in an event's bytes. */
export const payloadOf = (bytes: Uint8Array): Uint8Array => partsOf(bytes).payload

/** The event without what it says, if that disappears: the same name, the same signature. */
export const withoutWords = (bytes: Uint8Array): Uint8Array => joinEvent(bytes.subarray(0, signatureBytes), payloadOf(bytes))

/** An event once its words are gone. */
export const letGo = <E extends SignedEvent>(event: E): E => {
  const { body, fading } = event
  if (fading === undefined) return event
  const target = body.kind === 'edit' || body.kind === 'gone' ? body.target : null
  return { ...event, body: { kind: 'gone', target }, fading: { ...fading, words: null }, bytes: withoutWords(event.bytes) }
}

/** The id of an event's bytes, signature included. */
export const idOfBytes = (bytes: Uint8Array): EventId => payloadId(payloadOf(bytes))

/** Decodes and checks the form; knows nothing of signatures or rights. */
export const decodeEvent = (bytes: Uint8Array): Result<SignedEvent, Malformed> => {
  if (bytes.length <= signatureBytes || bytes.length > maxEventBytes) return err(malformed('event'))
  const { payload, words } = partsOf(bytes)
  const decoded = decodeShape(payloadShape, payload, maxEventBytes, 'event')
  if (!decoded.ok) return decoded
  const [, conversation, lane, device, seq, prev, deps, hlc, wall, epoch, index, kind, content] = decoded.value
  if ((seq === 1) !== (prev === null)) return err(malformed('event'))
  if (lane === lanes.members && deps.some((dep) => dep.lane !== lanes.members)) return err(malformed('event'))
  const place = { conversation, lane, device, seq, prev, deps, hlc, wall, epoch, index, id: payloadId(payload), bytes }
  if (kind === fadingKind && lane === lanes.content) {
    const faded = fadingFromWire(content, words)
    return faded.ok ? ok({ ...place, ...faded.value }) : faded
  }
  const body = kind === fadingKind || words !== null ? err(malformed('event')) : bodyFromWire(lane, kind, content)
  return body.ok ? ok({ ...place, body: body.value }) : body
}
