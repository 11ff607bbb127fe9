// What is said and disappears. Chains are held for ever and by everybody, so words that are signed could never be taken out of them. Of what
// disappears the signature therefore covers a commitment only: a hash of the words with a random salt. The words travel beside the payload;
// once their time is over they are let go of, and the event stands in its chain as before, with the same id and a good signature. From the
// commitment nobody can guess at what it was (src/decisions/0026).
import * as v from 'valibot'
import { equalBytes, hash } from '../codec/bytes.ts'
import { encodeCbor, malformed, type Malformed } from '../codec/cbor.ts'
import { bytesOf, checkShape, countShape, decodeShape } from '../codec/shape.ts'
import { maxEventBytes, maxLifetimeSeconds } from '../limits.ts'
import { err, ok, type Result } from '../result.ts'
import { bodyFromWire, bodyToWire, refShape, refToWire } from './body.ts'
import { hlcPerMs } from './clock.ts'
import { lanes, type ContentBody, type EventBody, type EventFields, type EventRef, type Fading, type SignedEvent } from './event.ts'

/** The name on the wire: a kind of the content lane whose content is [lifetime, message that is edited or null, commitment]. */
export const fadingKind = 'fading'
/** Bytes of the salt: nobody tries out what a commitment may stand for. */
export const saltBytes = 32

/** What can be said so that it disappears. Remarks about a message go with it. */
export type Said = Extract<ContentBody, { readonly kind: 'text' | 'poll' | 'place' | 'card' | 'edit' }>

const contentShape = v.strictTuple([v.pipe(countShape, v.minValue(1), v.maxValue(maxLifetimeSeconds)), v.nullable(refShape), bytesOf(32)])
const wordsShape = v.strictTuple([
  bytesOf(saltBytes),
  v.picklist(['text', 'reply', 'poll', 'timed-poll', 'place', 'card', 'edit']),
  v.unknown(),
])

export const isSaid = (body: EventBody): body is Said =>
  body.kind === 'text' || body.kind === 'poll' || body.kind === 'place' || body.kind === 'card' || body.kind === 'edit'

/** Says something for `lifetime` seconds; `salt` is random and used once. */
export const fadingOf = (said: Said, lifetime: number, salt: Uint8Array): Fading => {
  const words = encodeCbor([salt, ...bodyToWire(said)])
  return { lifetime, commitment: commitmentOf(words), words }
}

const commitmentOf = (words: Uint8Array): Uint8Array => hash('fading/1', words)

/** The name and the content of an event that says what disappears, or has said it. */
export const fadingToWire = ({ lifetime, commitment }: Fading, body: EventBody): readonly [kind: string, content: unknown] => {
  const target = body.kind === 'edit' || body.kind === 'gone' ? body.target : null
  return [fadingKind, [lifetime, target && refToWire(target), commitment]]
}

/** What an event says, if the words are there; others than were committed to are malformed. */
export const fadingFromWire = (
  content: unknown,
  words: Uint8Array | null,
): Result<Required<Pick<EventFields, 'body' | 'fading'>>, Malformed> => {
  const shape = checkShape(contentShape, content, 'event')
  if (!shape.ok) return shape
  const [lifetime, target, commitment] = shape.value
  const fading: Fading = { lifetime, commitment, words }
  if (words === null) return ok({ body: { kind: 'gone', target }, fading })
  const decoded = decodeShape(wordsShape, words, maxEventBytes, 'event')
  if (!decoded.ok) return decoded
  const [, kind, said] = decoded.value
  const body = bodyFromWire(lanes.content, kind, said)
  if (!body.ok) return body
  const isTrue = equalBytes(commitmentOf(words), commitment) && isSame(target, body.value.kind === 'edit' ? body.value.target : null)
  return isTrue ? ok({ body: body.value, fading }) : err(malformed('event'))
}

const isSame = (a: EventRef | null, b: EventRef | null): boolean => a?.id === b?.id && a?.hlc === b?.hlc

/** Clocks may differ, and what is on its way takes a while: milliseconds in which a message counts as just written. */
const justMs = 10 * 60_000

/**
 * When the words are to go, by this device's clock: milliseconds since 1970. What comes soon after it was written has its time from now on;
 * what comes later has had it since it was written, and may be over before anybody sees it. A clock that is ahead of this device says nothing.
 */
export const goneAt = ({ hlc, wall }: Pick<SignedEvent, 'hlc' | 'wall'>, { lifetime }: Fading, now: number): number => {
  const written = Math.max(...[hlc / hlcPerMs, wall].map((at) => (at > now ? 0 : at)))
  const isJust = written === 0 || now - written <= justMs
  return Math.floor(isJust ? now : written) + lifetime * 1_000
}
