// What an invite's secret gives: its public id, the key that proves one has the link, and the secret of its meeting place.
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, domain, hash } from '../codec/bytes.ts'
import { fromHex, toHex, type ConversationId, type DeviceId } from '../ids.ts'

export interface InviteKeys {
  /** 16 bytes in hex; says which invite without giving the secret away. */
  readonly invite: string
  /** Ed25519 seed, 32 bytes: whoever can sign with it has the link. */
  readonly seed: Uint8Array
  /** 32 bytes from which the tags are derived at which the invited find the inviting. */
  readonly meeting: Uint8Array
}

/** `secret` is the link's, 16 bytes. */
export const inviteKeys = (secret: Uint8Array): InviteKeys => {
  const derive = (purpose: string, length: number) => hkdf(sha256, secret, undefined, domain(`invite/1/${purpose}`), length)
  return { invite: toHex(derive('id', 16)), seed: derive('key', 32), meeting: derive('meeting', 32) }
}

/** What the invited sign with the link's key, towards one device and for one person card, so that it cannot be replayed. */
export const joinMessage = (conversation: ConversationId, invite: string, from: DeviceId, to: DeviceId, card: Uint8Array): Uint8Array =>
  concatBytes(domain('join/1'), fromHex(conversation), fromHex(invite), fromHex(from), fromHex(to), hash('join-card/1', card))
