// What two devices say to each other while their people compare emojis, about one conversation (PROTOCOL section 1). One code, which goes on
// where those of contact/messages end; a step is a number of its own. Read and written by sync/messages; the order is that of comparison.ts.
import * as v from 'valibot'
import { encodeCbor } from '../codec/cbor.ts'
import { bytesOf, conversationShape } from '../codec/shape.ts'
import { fromHex, toHex, type ConversationId } from '../ids.ts'

export type ComparisonStep =
  /** Shall we compare? Whoever asks is bound to a nonce by its commitment (32 bytes). */
  | { readonly step: 'ask'; readonly commitment: Uint8Array }
  /** Yes, and a nonce (32 bytes) of one's own. */
  | { readonly step: 'accept'; readonly nonce: Uint8Array }
  /** The nonce (32 bytes) of the commitment: from now on both know the emojis. */
  | { readonly step: 'reveal'; readonly nonce: Uint8Array }
  /** What the person here has said of them. */
  | { readonly step: 'say'; readonly same: boolean }
  /** It ends here, with nothing found out. */
  | { readonly step: 'stop' }

export type ComparisonMessage = ComparisonStep & {
  readonly kind: 'comparison'
  readonly conversation: ConversationId
  /** Names one comparison: 16 random bytes of whoever asked, in hex. */
  readonly session: string
}

export const comparisonCode = 22
const steps = { ask: 0, accept: 1, reveal: 2, say: 3, stop: 4 } as const

/** Bytes of a nonce and of a commitment to one. */
export const comparisonNonceBytes = 32
/** Bytes of a session's name. */
export const comparisonSessionBytes = 16

const bytes = bytesOf(comparisonNonceBytes)
const stepShape = v.union([
  v.pipe(
    v.strictTuple([v.literal(steps.ask), bytes]),
    v.transform(([, commitment]): ComparisonStep => ({ step: 'ask', commitment })),
  ),
  v.pipe(
    v.strictTuple([v.literal(steps.accept), bytes]),
    v.transform(([, nonce]): ComparisonStep => ({ step: 'accept', nonce })),
  ),
  v.pipe(
    v.strictTuple([v.literal(steps.reveal), bytes]),
    v.transform(([, nonce]): ComparisonStep => ({ step: 'reveal', nonce })),
  ),
  v.pipe(
    v.strictTuple([v.literal(steps.say), v.boolean()]),
    v.transform(([, same]): ComparisonStep => ({ step: 'say', same })),
  ),
  v.pipe(
    v.strictTuple([v.literal(steps.stop)]),
    v.transform((): ComparisonStep => ({ step: 'stop' })),
  ),
])

/** The tuple that begins with the code. */
export const comparisonShape: v.GenericSchema<unknown, ComparisonMessage> = v.pipe(
  v.strictTuple([v.literal(comparisonCode), conversationShape, v.pipe(bytesOf(comparisonSessionBytes), v.transform(toHex)), stepShape]),
  v.transform(([, conversation, session, step]): ComparisonMessage => ({ kind: 'comparison', conversation, session, ...step })),
)

export const encodeComparisonMessage = (message: ComparisonMessage): Uint8Array =>
  encodeCbor([comparisonCode, fromHex(message.conversation), fromHex(message.session), stepToWire(message)])

const stepToWire = (message: ComparisonStep): readonly unknown[] => {
  switch (message.step) {
    case 'ask':
      return [steps.ask, message.commitment]
    case 'accept':
    case 'reveal':
      return [steps[message.step], message.nonce]
    case 'say':
      return [steps.say, message.same]
    case 'stop':
      return [steps.stop]
  }
}
