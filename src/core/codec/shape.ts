// Shapes of what comes out of CBOR: valibot schemas for the field types that all formats share, and one way to apply them.
import * as v from 'valibot'
import { maxHlc } from '../event/clock.ts'
import { conversationId, deviceId, eventId, identityId, type ConversationId, type DeviceId, type EventId, type IdentityId } from '../ids.ts'
import { isSafeName } from '../names.ts'
import { maxNameCharacters, maxTextBytes, maxWallClockMs } from '../limits.ts'
import { err, ok, type Result } from '../result.ts'
import { utf8Length } from './bytes.ts'
import { decodeCbor, malformed, type Malformed } from './cbor.ts'

/** Byte strings of exactly `length` bytes. */
export const bytesOf = (length: number) =>
  v.pipe(
    v.instance(Uint8Array<ArrayBufferLike>),
    v.check((bytes) => bytes.length === length),
  )
/** Byte strings of at most `max` bytes. */
export const bytesUpTo = (max: number) =>
  v.pipe(
    v.instance(Uint8Array<ArrayBufferLike>),
    v.check((bytes) => bytes.length <= max),
  )

export const identityShape = v.pipe(
  bytesOf(32),
  v.transform((bytes): IdentityId => identityId(bytes)),
)
export const deviceShape = v.pipe(
  bytesOf(32),
  v.transform((bytes): DeviceId => deviceId(bytes)),
)
export const eventShape = v.pipe(
  bytesOf(32),
  v.transform((bytes): EventId => eventId(bytes)),
)
export const conversationShape = v.pipe(
  bytesOf(16),
  v.transform((bytes): ConversationId => conversationId(bytes)),
)

/** A count: a safe non-negative integer. */
export const countShape = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** Milliseconds since 1970, before 2100. */
export const wallShape = v.pipe(countShape, v.maxValue(maxWallClockMs))
/** A hybrid logical clock, see `event/clock.ts`. */
export const hlcShape = v.pipe(countShape, v.maxValue(maxHlc))
/** A person's or room's name as it travels: 1 to 64 code points, no controls, no overrides of direction. */
export const nameShape = v.pipe(
  v.string(),
  v.check((name) => name.length > 0 && name.length <= 4 * maxNameCharacters && [...name].length <= maxNameCharacters),
  v.check(isSafeName),
)
/** A message's text: 1 byte to 16 KiB of UTF-8. */
export const textShape = v.pipe(
  v.string(),
  v.check((text) => text.length > 0 && text.length <= maxTextBytes && utf8Length(text) <= maxTextBytes),
)

/** Decodes canonical CBOR of a given shape; whatever else comes is `malformed`, never thrown. */
export const decodeShape = <const S extends v.GenericSchema>(
  schema: S,
  bytes: Uint8Array,
  maxBytes: number,
  what: string,
): Result<v.InferOutput<S>, Malformed> => {
  const decoded = decodeCbor(bytes, maxBytes, what)
  return decoded.ok ? checkShape(schema, decoded.value, what) : decoded
}

/** Checks a decoded value against a shape. */
export const checkShape = <const S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  what: string,
): Result<v.InferOutput<S>, Malformed> => {
  const result = v.safeParse(schema, value, { abortEarly: true })
  return result.success ? ok(result.output) : err(malformed(what))
}
