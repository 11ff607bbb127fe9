// What strangers say to each other on a link before they share a conversation (PROTOCOL section 2). Codes go on where those of
// nodes/messages end; read and written by sync/messages. A request is never answered: whoever made it learns nothing until it is accepted.
import * as v from 'valibot'
import { concatBytes, domain, hash, uint32 } from '../codec/bytes.ts'
import { encodeCbor } from '../codec/cbor.ts'
import { bytesOf, bytesUpTo, conversationShape, identityShape } from '../codec/shape.ts'
import { fromHex, toHex, type ConversationId, type DeviceId, type IdentityId } from '../ids.ts'
import { secretBytes } from '../invite/link.ts'
import { maxRequestBytes } from '../limits.ts'
import { unreachable } from '../result.ts'

/** How a stranger came to write: by a contact link, which they prove to have, or as a member of a group that both are in. */
export type RequestWay =
  | { readonly kind: 'link'; readonly link: string; readonly proof: Uint8Array }
  | { readonly kind: 'group'; readonly conversation: ConversationId }

export type ContactMessage =
  /** Is this the door of this contact link? `link` is its public id, 16 bytes in hex. */
  | { readonly kind: 'knock'; readonly link: string }
  /** It is: this device belongs to that identity, by the identity's own signature. */
  | { readonly kind: 'at-home'; readonly link: string; readonly identity: IdentityId; readonly certificate: Uint8Array }
  /** May I talk with you? The beginning of a conversation as signed events, and the secret of the invite that they hold. */
  | { readonly kind: 'request'; readonly way: RequestWay; readonly secret: Uint8Array; readonly events: readonly Uint8Array[] }

export const contactCodes = { knock: 19, 'at-home': 20, request: 21 } as const

/** Events of one request: the beginning, the text, and what keys and names changed while it waited. */
export const maxRequestEvents = 32

const linkShape = v.pipe(bytesOf(16), v.transform(toHex))
const wayShape = v.union([
  v.pipe(
    v.strictTuple([v.literal(0), linkShape, bytesOf(64)]),
    v.transform(([, link, proof]): RequestWay => ({ kind: 'link', link, proof })),
  ),
  v.pipe(
    v.strictTuple([v.literal(1), conversationShape]),
    v.transform(([, conversation]): RequestWay => ({ kind: 'group', conversation })),
  ),
])

/** One shape for each code, in the order of the codes. */
export const contactShapes: readonly v.GenericSchema<unknown, ContactMessage>[] = [
  v.pipe(
    v.strictTuple([v.literal(contactCodes.knock), linkShape]),
    v.transform(([, link]): ContactMessage => ({ kind: 'knock', link })),
  ),
  v.pipe(
    v.strictTuple([v.literal(contactCodes['at-home']), linkShape, identityShape, bytesOf(64)]),
    v.transform(([, link, identity, certificate]): ContactMessage => ({ kind: 'at-home', link, identity, certificate })),
  ),
  v.pipe(
    v.strictTuple([
      v.literal(contactCodes.request),
      wayShape,
      bytesOf(secretBytes),
      v.pipe(v.array(bytesUpTo(maxRequestBytes)), v.minLength(1), v.maxLength(maxRequestEvents)),
    ]),
    v.transform(([, way, secret, events]): ContactMessage => ({ kind: 'request', way, secret, events })),
  ),
]

export const encodeContactMessage = (message: ContactMessage): Uint8Array => {
  const code = contactCodes[message.kind]
  switch (message.kind) {
    case 'knock':
      return encodeCbor([code, fromHex(message.link)])
    case 'at-home':
      return encodeCbor([code, fromHex(message.link), fromHex(message.identity), message.certificate])
    case 'request':
      return encodeCbor([code, wayToWire(message.way), message.secret, message.events])
    default:
      return unreachable(message)
  }
}

const wayToWire = (way: RequestWay): readonly unknown[] =>
  way.kind === 'link' ? [0, fromHex(way.link), way.proof] : [1, fromHex(way.conversation)]

/** What the stranger signs with the contact link's key, from one device to another and for these events alone. */
export const requestMessage = (link: string, from: DeviceId, to: DeviceId, events: readonly Uint8Array[]): Uint8Array =>
  concatBytes(
    domain('request/1'),
    fromHex(link),
    fromHex(from),
    fromHex(to),
    hash('request-events/1', ...events.flatMap((bytes) => [uint32(bytes.length), bytes])),
  )
