// DHKEM(X25519, HKDF-SHA256) of RFC 9180, section 4.1: over the platform's own X25519 where it has one (Chrome 133, Firefox 130, Safari 17,
// Node 24), which takes a quarter of the time, else over the library's. Both give the same bytes.
import { DhkemX25519HkdfSha256 as PlatformX25519, type KemInterface } from '@hpke/core'
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519'

export const libraryX25519 = (): KemInterface => new DhkemX25519HkdfSha256()

/** `undefined` where the platform lacks it: an old browser, or a page that is not served securely. */
export const createPlatformX25519 = async (): Promise<KemInterface | undefined> => {
  const kem = new PlatformX25519()
  // Some browsers know the name and then fail: one secret that is shared tells.
  try {
    const pair = await kem.deriveKeyPair(new Uint8Array(32))
    const { enc } = await kem.encap({ recipientPublicKey: pair.publicKey, ekm: new Uint8Array(32) })
    await kem.decap({ recipientKey: pair.privateKey, enc })
    return kem
  } catch {
    return undefined
  }
}

let found: Promise<KemInterface> | undefined

/** Found out on first use. */
export const x25519OfThisPlatform = (): Promise<KemInterface> =>
  (found ??= createPlatformX25519().then((platform) => platform ?? libraryX25519()))
