// What devices say to each other about envelopes and one-time keys on a link. Not about a conversation: a courier never hears of one.
// Codes go on where those of sync/messages end, which reads and writes these as well.
import * as v from 'valibot'
import { encodeCbor } from '../codec/cbor.ts'
import { bytesOf, bytesUpTo, countShape } from '../codec/shape.ts'
import { envelopeId, fromHex, toHex, type EnvelopeId } from '../ids.ts'
import { maxEnvelopeBytes } from '../limits.ts'
import { unreachable } from '../result.ts'
import { collectNonceBytes } from './mailbox.ts'
import { maxHandOut, oneTimeKeyBytes } from './one-time-keys.ts'
import { maxCopies } from './policy.ts'

export type CourierMessage =
  /** So many of your one-time keys are left here: give more when that is too few. */
  | { readonly kind: 'keys-left'; readonly left: number }
  /** Public keys for you alone, each to be used once. */
  | { readonly kind: 'one-time-keys'; readonly keys: readonly Uint8Array[] }
  /** Carry this, and so many copies of it in all. */
  | { readonly kind: 'carry'; readonly copies: number; readonly envelope: Uint8Array }
  /** The courier's receipt: it is on the disk here, or it was refused. */
  | { readonly kind: 'carried'; readonly envelope: EnvelopeId; readonly kept: boolean }
  /** Is there mail for these? 8-byte blinded mailbox tags in hex, see `blindTag`. */
  | { readonly kind: 'collect'; readonly nonce: Uint8Array; readonly wanted: readonly string[] }
  | { readonly kind: 'mail'; readonly envelopes: readonly Uint8Array[] }
  /** Committed or of no use here: these need not be carried any more. */
  | { readonly kind: 'collected'; readonly envelopes: readonly EnvelopeId[] }

export const courierCodes = {
  'keys-left': 11,
  'one-time-keys': 12,
  carry: 13,
  carried: 14,
  collect: 15,
  mail: 16,
  collected: 17,
} as const

/** Mailboxes in one request. */
export const maxWanted = 4_096
/** Envelopes in one frame of mail. */
export const maxMail = 256

const idShape = v.pipe(
  bytesOf(16),
  v.transform((bytes): EnvelopeId => envelopeId(bytes)),
)

/** One shape for each code, in the order of the codes: the tuple that begins with it. */
export const courierShapes: readonly v.GenericSchema<unknown, CourierMessage>[] = [
  v.pipe(
    v.strictTuple([v.literal(courierCodes['keys-left']), countShape]),
    v.transform(([, left]): CourierMessage => ({ kind: 'keys-left', left })),
  ),
  v.pipe(
    v.strictTuple([v.literal(courierCodes['one-time-keys']), v.pipe(v.array(bytesOf(oneTimeKeyBytes)), v.maxLength(maxHandOut))]),
    v.transform(([, keys]): CourierMessage => ({ kind: 'one-time-keys', keys })),
  ),
  v.pipe(
    v.strictTuple([v.literal(courierCodes.carry), v.pipe(countShape, v.minValue(1), v.maxValue(maxCopies)), bytesUpTo(maxEnvelopeBytes)]),
    v.transform(([, copies, envelope]): CourierMessage => ({ kind: 'carry', copies, envelope })),
  ),
  v.pipe(
    v.strictTuple([v.literal(courierCodes.carried), idShape, v.boolean()]),
    v.transform(([, envelope, kept]): CourierMessage => ({ kind: 'carried', envelope, kept })),
  ),
  v.pipe(
    v.strictTuple([
      v.literal(courierCodes.collect),
      bytesOf(collectNonceBytes),
      v.pipe(v.array(v.pipe(bytesOf(8), v.transform(toHex))), v.maxLength(maxWanted)),
    ]),
    v.transform(([, nonce, wanted]): CourierMessage => ({ kind: 'collect', nonce, wanted })),
  ),
  v.pipe(
    v.strictTuple([v.literal(courierCodes.mail), v.pipe(v.array(bytesUpTo(maxEnvelopeBytes)), v.maxLength(maxMail))]),
    v.transform(([, envelopes]): CourierMessage => ({ kind: 'mail', envelopes })),
  ),
  v.pipe(
    v.strictTuple([v.literal(courierCodes.collected), v.pipe(v.array(idShape), v.maxLength(maxMail))]),
    v.transform(([, envelopes]): CourierMessage => ({ kind: 'collected', envelopes })),
  ),
]

/** Frames that may be larger than a control frame. */
export const roomyCourierCodes: readonly number[] = [courierCodes.carry, courierCodes.mail]

export const encodeCourierMessage = (message: CourierMessage): Uint8Array => {
  const code = courierCodes[message.kind]
  switch (message.kind) {
    case 'keys-left':
      return encodeCbor([code, message.left])
    case 'one-time-keys':
      return encodeCbor([code, message.keys])
    case 'carry':
      return encodeCbor([code, message.copies, message.envelope])
    case 'carried':
      return encodeCbor([code, fromHex(message.envelope), message.kept])
    case 'collect':
      return encodeCbor([code, message.nonce, message.wanted.map(fromHex)])
    case 'mail':
      return encodeCbor([code, message.envelopes])
    case 'collected':
      return encodeCbor([code, message.envelopes.map(fromHex)])
    default:
      return unreachable(message)
  }
}
