// The platform's own Ed25519 through WebCrypto (Chrome 137, Firefox 130, Safari 17, Node 24), with imported keys kept.
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
/** RFC 8410: the PKCS #8 frame around a 32-byte seed. */
const pkcs8Head = Uint8Array.of(0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20)

/** `undefined` where the platform lacks it: an old browser, or a page that is not served securely. */
export const createPlatformEd25519 = async (): Promise<Ed25519 | undefined> => {
  const subtle = globalThis.crypto?.subtle
  if (subtle === undefined) return undefined
  const privateKeyOf = createRecent(keptPrivateKeys, async (seed) => {
    const pkcs8 = new Uint8Array(pkcs8Head.length + seed.length)
    pkcs8.set(pkcs8Head)
    pkcs8.set(seed, pkcs8Head.length)
    return subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign'])
  })
  const publicKeyOf = createRecent(keptPublicKeys, async (bytes) =>
    subtle.importKey('raw', Uint8Array.from(bytes), algorithm, false, ['verify']),
  )
  const ed25519: Ed25519 = {
    sign: async (seed, message) => new Uint8Array(await subtle.sign(algorithm, await privateKeyOf(seed), Uint8Array.from(message))),
    verify: async (publicKey, message, signature) => {
      try {
        return await subtle.verify(algorithm, await publicKeyOf(publicKey), Uint8Array.from(signature), Uint8Array.from(message))
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
