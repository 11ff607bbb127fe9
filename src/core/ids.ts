// Names of things, as branded lower-case hex strings: cheap map keys, and byte order equals string order.
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'

declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

/** A person: their 32-byte Ed25519 identity key, as 64 hex digits. */
export type IdentityId = Id<'identity'>
/** A device: its 32-byte Ed25519 signing key, as 64 hex digits. The libp2p peer id is derived from the same key. */
export type DeviceId = Id<'device'>
/** A conversation: 16 bytes, bound to its creator (see `members/conversation-name`), as 32 hex digits. */
export type ConversationId = Id<'conversation'>
/** An event: the SHA-256 of its signed bytes, as 64 hex digits. */
export type EventId = Id<'event'>
/** A blinded name that two sides derive from a shared secret: 16 bytes, as 32 hex digits. Used for rendezvous and gossip topics. */
export type Tag = Id<'tag'>
/** A sealed envelope that couriers carry: 16 bytes of its hash, as 32 hex digits. */
export type EnvelopeId = Id<'envelope'>
/** A person as a contact link names them: 16 bytes of a hash of their identity, as 32 hex digits. */
export type ContactId = Id<'contact'>

/** Bytes to lower-case hex. */
export const toHex: (bytes: Uint8Array) => string = bytesToHex
/** Hex to bytes; throws on anything but an even number of hex digits. */
export const fromHex: (hex: string) => Uint8Array = hexToBytes

const idFromBytes =
  <T extends string>(length: number) =>
  (bytes: Uint8Array): T => {
    if (bytes.length !== length) throw new RangeError(`expected ${length} bytes, got ${bytes.length}`)
    return toHex(bytes) as T
  }

export const identityId = idFromBytes<IdentityId>(32)
export const deviceId = idFromBytes<DeviceId>(32)
export const conversationId = idFromBytes<ConversationId>(16)
export const eventId = idFromBytes<EventId>(32)
export const contactId = idFromBytes<ContactId>(16)
export const tag = idFromBytes<Tag>(16)
export const envelopeId = idFromBytes<EnvelopeId>(16)

/** Orders ids as their bytes would be. */
export const compareIds = (a: string, b: string): -1 | 0 | 1 => (a < b ? -1 : a > b ? 1 : 0)
