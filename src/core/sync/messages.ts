// What two devices of a conversation say to each other on a link, and how it stands on the wire: CBOR tuples that begin with a number.
// See PROTOCOL.md beside this file. What they say about envelopes for others is in courier/messages, what strangers say in contact/messages,
// what is said while people compare emojis in verification/messages, what they tell of themselves in presence/messages; all are read and
// written here too.
import * as v from 'valibot'
import { encodeCbor, malformed, type Malformed } from '../codec/cbor.ts'
import { bytesOf, bytesUpTo, conversationShape, countShape, decodeShape, deviceShape, nameShape } from '../codec/shape.ts'
import { contactCodes, contactShapes, encodeContactMessage, type ContactMessage } from '../contact/messages.ts'
import { courierShapes, encodeCourierMessage, roomyCourierCodes, type CourierMessage } from '../courier/messages.ts'
import { lanes } from '../event/event.ts'
import { compareIds, fromHex, toHex, type ConversationId } from '../ids.ts'
import { maxControlFrameBytes, maxDataFrameBytes, maxEventBytes, maxMembers } from '../limits.ts'
import { chainKey, deviceOf, laneOf, type ChainKey, type Vector } from '../log/chains.ts'
import { personCardShape, personCardToWire, type PersonCard } from '../members/card.ts'
import { encodeNodesMessage, nodesShape, type NodesMessage } from '../nodes/messages.ts'
import { encodePresenceMessage, presenceShape, type PresenceMessage } from '../presence/messages.ts'
import { err, unreachable, type Result } from '../result.ts'
import { comparisonShape, encodeComparisonMessage, type ComparisonMessage } from '../verification/messages.ts'

export type SyncMessage =
  /** 16 bytes over everything held: equal on both sides means that nothing is to be done. `readHlc` is how far the person has read. */
  | { readonly kind: 'digest'; readonly digest: Uint8Array; readonly readHlc: number }
  /** Everything held, and the request for what goes beyond it. */
  | { readonly kind: 'want'; readonly have: Vector; readonly readHlc: number }
  /** Newly committed here: the acknowledgement of what came, and the offer of what others wrote. */
  | { readonly kind: 'have'; readonly have: Vector; readonly readHlc: number }
  /** Signed events as they came, in order; `more` when the asker should ask again. */
  | { readonly kind: 'events'; readonly events: readonly Uint8Array[]; readonly more: boolean }

export type LinkMessage = RoomMessage | CourierMessage | NodesMessage | ContactMessage | PresenceMessage

/** What is said about one conversation. */
export type RoomMessage =
  | (SyncMessage & { readonly conversation: ConversationId })
  /** One event, sealed for the members: the quick way. */
  | { readonly kind: 'sealed'; readonly conversation: ConversationId; readonly sealed: Uint8Array }
  | { readonly kind: 'typing'; readonly conversation: ConversationId }
  /** What is this invite for? */
  | { readonly kind: 'preview'; readonly conversation: ConversationId; readonly invite: string }
  | { readonly kind: 'previewed'; readonly conversation: ConversationId; readonly title: string; readonly inviter: string }
  /** Let me in: who I am, and the proof that I have the link. */
  | {
      readonly kind: 'join'
      readonly conversation: ConversationId
      readonly invite: string
      readonly person: PersonCard
      /** 64 bytes, see `joinMessage`. */
      readonly proof: Uint8Array
    }
  | { readonly kind: 'refused'; readonly conversation: ConversationId; readonly reason: RefusedReason }
  /** Whoever asked to be let in does not want to be any more. */
  | { readonly kind: 'step-back'; readonly conversation: ConversationId }
  | ComparisonMessage

/** `approval`: not yet, since somebody has to decide; `declined`: they have. */
export type RefusedReason = (typeof refusedReasons)[number]
const refusedReasons = ['expired', 'used', 'unknown', 'full', 'approval', 'declined'] as const

const codes = {
  digest: 1,
  want: 2,
  have: 3,
  events: 4,
  sealed: 5,
  typing: 6,
  preview: 7,
  previewed: 8,
  join: 9,
  refused: 10,
  stepBack: 24,
} as const

/** Chains in ascending order, each once, so that a vector too has one spelling. */
const vectorShape = v.pipe(
  v.array(
    v.pipe(
      v.strictTuple([v.picklist([lanes.members, lanes.content]), deviceShape, countShape]),
      v.transform(([lane, device, seq]): [ChainKey, number] => [chainKey(lane, device), seq]),
    ),
  ),
  v.maxLength(maxMembers * 8 * 4),
  v.check((entries) => entries.every(([key], at) => at === 0 || entries[at - 1]![0] < key)),
  v.transform((entries): Vector => new Map(entries)),
)
const inviteShape = v.pipe(bytesOf(16), v.transform(toHex))
const c = conversationShape

/** One shape for each code: the tuple after the code. */
const shapes: readonly v.GenericSchema<unknown, LinkMessage>[] = [
  v.pipe(
    v.strictTuple([v.literal(codes.digest), c, bytesOf(16), countShape]),
    v.transform(([, conversation, digest, readHlc]): LinkMessage => ({ kind: 'digest', conversation, digest, readHlc })),
  ),
  v.pipe(
    v.strictTuple([v.literal(codes.want), c, vectorShape, countShape]),
    v.transform(([, conversation, have, readHlc]): LinkMessage => ({ kind: 'want', conversation, have, readHlc })),
  ),
  v.pipe(
    v.strictTuple([v.literal(codes.have), c, vectorShape, countShape]),
    v.transform(([, conversation, have, readHlc]): LinkMessage => ({ kind: 'have', conversation, have, readHlc })),
  ),
  v.pipe(
    v.strictTuple([v.literal(codes.events), c, v.array(bytesUpTo(maxEventBytes)), v.boolean()]),
    v.transform(([, conversation, events, more]): LinkMessage => ({ kind: 'events', conversation, events, more })),
  ),
  v.pipe(
    v.strictTuple([v.literal(codes.sealed), c, bytesUpTo(3 * maxEventBytes)]),
    v.transform(([, conversation, sealed]): LinkMessage => ({ kind: 'sealed', conversation, sealed })),
  ),
  v.pipe(
    v.strictTuple([v.literal(codes.typing), c]),
    v.transform(([, conversation]): LinkMessage => ({ kind: 'typing', conversation })),
  ),
  v.pipe(
    v.strictTuple([v.literal(codes.preview), c, inviteShape]),
    v.transform(([, conversation, invite]): LinkMessage => ({ kind: 'preview', conversation, invite })),
  ),
  v.pipe(
    v.strictTuple([v.literal(codes.previewed), c, v.union([nameShape, v.literal('')]), nameShape]),
    v.transform(([, conversation, title, inviter]): LinkMessage => ({ kind: 'previewed', conversation, title, inviter })),
  ),
  v.pipe(
    v.strictTuple([v.literal(codes.join), c, inviteShape, personCardShape, bytesOf(64)]),
    v.transform(([, conversation, invite, person, proof]): LinkMessage => ({ kind: 'join', conversation, invite, person, proof })),
  ),
  v.pipe(
    v.strictTuple([v.literal(codes.refused), c, v.picklist(refusedReasons)]),
    v.transform(([, conversation, reason]): LinkMessage => ({ kind: 'refused', conversation, reason })),
  ),
  ...courierShapes,
  nodesShape,
  ...contactShapes,
  comparisonShape,
  presenceShape,
  v.pipe(
    v.strictTuple([v.literal(codes.stepBack), c]),
    v.transform(([, conversation]): LinkMessage => ({ kind: 'step-back', conversation })),
  ),
]

/** What may be larger than a control frame: what people wrote, the vector of a large group, and envelopes. */
const roomy: readonly number[] = [codes.events, codes.sealed, codes.want, codes.have, ...roomyCourierCodes]

/** Reads a frame. */
export const decodeLinkMessage = (bytes: Uint8Array): Result<LinkMessage, Malformed> => {
  // The code is the second byte of a short CBOR array, which picks the one shape that is tried.
  const code = bytes[1] ?? 0
  const shape = shapes[code - 1]
  if (shape === undefined) return err(malformed('frame'))
  return decodeShape(shape, bytes, roomy.includes(code) ? maxDataFrameBytes : maxControlFrameBytes, 'frame')
}

const vectorToWire = (vector: Vector): readonly unknown[] =>
  [...vector].toSorted(([a], [b]) => compareIds(a, b)).map(([key, seq]) => [laneOf(key), fromHex(deviceOf(key)), seq])

export const encodeLinkMessage = (message: LinkMessage): Uint8Array => {
  if (message.kind === 'nodes') return encodeNodesMessage(message)
  if (message.kind === 'presence') return encodePresenceMessage(message)
  if (isContactMessage(message)) return encodeContactMessage(message)
  return 'conversation' in message ? encodeRoomMessage(message) : encodeCourierMessage(message)
}

/** Whether it is what strangers say to each other. */
export const isContactMessage = (message: LinkMessage): message is ContactMessage => message.kind in contactCodes

const encodeRoomMessage = (message: RoomMessage): Uint8Array => {
  const conversation = fromHex(message.conversation)
  switch (message.kind) {
    case 'digest':
      return encodeCbor([codes.digest, conversation, message.digest, message.readHlc])
    case 'want':
    case 'have':
      return encodeCbor([codes[message.kind], conversation, vectorToWire(message.have), message.readHlc])
    case 'events':
      return encodeCbor([codes.events, conversation, message.events, message.more])
    case 'sealed':
      return encodeCbor([codes.sealed, conversation, message.sealed])
    case 'typing':
      return encodeCbor([codes.typing, conversation])
    case 'preview':
      return encodeCbor([codes.preview, conversation, fromHex(message.invite)])
    case 'previewed':
      return encodeCbor([codes.previewed, conversation, message.title, message.inviter])
    case 'join':
      return encodeCbor([codes.join, conversation, fromHex(message.invite), personCardToWire(message.person), message.proof])
    case 'refused':
      return encodeCbor([codes.refused, conversation, message.reason])
    case 'step-back':
      return encodeCbor([codes.stepBack, conversation])
    case 'comparison':
      return encodeComparisonMessage(message)
    default:
      return unreachable(message)
  }
}
