// The platform's own Ed25519 through WebCrypto (Chrome 137, Firefox 130, Safari 17, Node 24), with imported keys kept.
import { ed25519Pkcs8 } from '../../core/codec/pkcs8.ts'
import { createRecent } from '../../core/recent.ts'

/** Ed25519 for a public key that is known to be strict. */
export interface Ed25519 {
  sign(seed: Uint8Array, message: Uint8Array): Promise<Uint8Array>
  /** Never throws. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>
}

const keptPublicKeys = 1_024
const keptPrivateKeys = 8
const algorithm = 'Ed25519'

/** `undefined` where the platform lacks it: an old browser, or a page that is not served securely. */
export const createPlatformEd25519 = async (): Promise<Ed25519 | undefined> => {
  const subtle = globalThis.crypto?.subtle
  if (subtle === undefined) return undefined
  const privateKeyOf = createRecent(keptPrivateKeys, async (seed) =>
    subtle.importKey('pkcs8', ed25519Pkcs8(seed), algorithm, false, ['sign']),
  )
  const publicKeyOf = createRecent(keptPublicKeys, async (bytes) =>
    subtle.importKey('raw', new Uint8Array(bytes), algorithm, false, ['verify']),
  )
  const ed25519: Ed25519 = {
    sign: async (seed, message) => new Uint8Array(await subtle.sign(algorithm, await privateKeyOf(seed), new Uint8Array(message))),
    verify: async (publicKey, message, signature) => {
      try {
        return await subtle.verify(algorithm, await publicKeyOf(publicKey), new Uint8Array(signature), new Uint8Array(message))
      } catch {
        return false
      }
    },
  }
  // Some browsers know the name and then fail: one signature tells.
  try {
    return (await ed25519.sign(new Uint8Array(32), new Uint8Array(0))).length === 64 ? ed25519 : undefined
  } catch {
    return undefined
  }
}
