// The device's key as libp2p wants it, with its public half. The library makes that on the page's thread, which stands still for 20 to 40 ms
// while everything begins; the browser makes it elsewhere.
import { generateKeyPairFromSeed, privateKeyFromRaw } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'
import { ed25519Pkcs8 } from '../../core/codec/pkcs8.ts'

/** Of a 32-byte seed. */
export const keyPairOf = async (seed: Uint8Array): Promise<PrivateKey> => {
  try {
    const key = await crypto.subtle.importKey('pkcs8', ed25519Pkcs8(seed), 'Ed25519', true, ['sign'])
    const { x = '' } = await crypto.subtle.exportKey('jwk', key)
    const publicKey = Uint8Array.from(atob(x.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
    return privateKeyFromRaw(Uint8Array.of(...seed, ...publicKey))
  } catch {
    // A browser without Ed25519 (before Chrome 137, Firefox 130, Safari 17).
    return generateKeyPairFromSeed('Ed25519', seed)
  }
}
