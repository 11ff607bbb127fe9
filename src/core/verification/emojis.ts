// Seven emojis that two people see alike only if both of them mean the same two identities: a short authentication string. Whoever asks is
// bound to a nonce by a commitment before the other's is known, so somebody in the middle, who needs two comparisons to come out alike, has
// to fix every nonce of theirs unseen: one chance in 2^42 for each time that two people compare. The exchange is that of Vaudenay, "Secure
// Communications over Insecure Channels Based on Short Authenticated Strings" (CRYPTO 2005); that there are seven of 64 is from Matrix.
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, domain, hash } from '../codec/bytes.ts'
import { fromHex, type ConversationId, type DeviceId, type IdentityId } from '../ids.ts'

export interface ComparisonSide {
  readonly identity: IdentityId
  readonly device: DeviceId
}

/** Who compares with whom, where, and in which session (16 bytes in hex). */
export interface ComparisonOf {
  readonly conversation: ConversationId
  readonly session: string
  readonly asker: ComparisonSide
  readonly answerer: ComparisonSide
}

/** Emojis that are compared. */
export const comparedEmojis = 7

/** What binds the asker to a 32-byte nonce: 32 bytes. */
export const commitmentTo = (nonce: Uint8Array, of: ComparisonOf): Uint8Array => hash('emoji-commitment/1', nonce, contextOf(of))

/** Seven numbers from 0 to 63, the same for both sides. */
export const emojisOf = (of: ComparisonOf, askerNonce: Uint8Array, answererNonce: Uint8Array): readonly number[] => {
  const bytes = hkdf(sha256, concatBytes(askerNonce, answererNonce), undefined, concatBytes(domain('emojis/1'), contextOf(of)), 6)
  // 42 of 48 bits, six for each.
  const bits = bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n)
  return Array.from({ length: comparedEmojis }, (_, at) => Number((bits >> BigInt(42 - 6 * at)) & 63n))
}

/** Every part has a fixed length, so that nothing can be read two ways. */
const contextOf = ({ conversation, session, asker, answerer }: ComparisonOf): Uint8Array =>
  concatBytes(...[conversation, session, asker.identity, asker.device, answerer.identity, answerer.device].map(fromHex))
