// HPKE (RFC 9180, base mode, single shot) with X-Wing or X25519, HKDF-SHA256 and ChaCha20-Poly1305, over @hpke/core.
// Spoken to by the services through the `Hpke` port. Works alike in a window, a worker and Node, and keeps no state between calls.
import { CipherSuite, type KemInterface } from '@hpke/core'
import { HkdfSha256 } from '@hpke/dhkem-x25519'
import { XWing } from '@hpke/hybridkem-x-wing'
import { hpkeSuites, type Hpke, type HpkeSuite } from '../../ports/cipher.ts'
import type { Random } from '../../ports/clock.ts'
import { createChaCha20Poly1305 } from './chacha20-poly1305.ts'
import { x25519OfThisPlatform } from './x25519.ts'

/**
 * `random` feeds key generation and encapsulation: the platform's own source unless a test wants the same bytes twice. `x25519` is what does
 * the work of that suite: found out on first use unless given.
 */
export const createHpke = (random: Random = platformRandom, x25519: () => Promise<KemInterface> = x25519OfThisPlatform): Hpke => {
  const xWingSuite = createSuite(new XWing(), 64)
  let x25519Suite: Promise<Suite> | undefined
  const suiteOf = async (suite: HpkeSuite): Promise<Suite> =>
    suite === hpkeSuites.xWing ? xWingSuite : (x25519Suite ??= x25519().then((kem) => createSuite(kem, 32)))
  return {
    generate: async (suite) => {
      const { kem } = await suiteOf(suite)
      const pair = await kem.deriveKeyPair(random.bytes(32))
      return {
        suite,
        publicKey: new Uint8Array(await kem.serializePublicKey(pair.publicKey)),
        privateKey: new Uint8Array(await kem.serializePrivateKey(pair.privateKey)),
      }
    },
    seal: async (suite, publicKey, info, aad, plaintext) => {
      const { kem, cipher, seedBytes } = await suiteOf(suite)
      if (publicKey.length !== kem.publicKeySize) {
        throw new RangeError(`an HPKE public key of this suite has ${kem.publicKeySize} bytes, not ${publicKey.length}`)
      }
      try {
        const recipientPublicKey = await kem.deserializePublicKey(publicKey)
        // Encapsulation from given randomness is what both KEMs define themselves (RFC 9180 section 7.1.3, X-Wing section 5.4.1):
        // one source of randomness for all, so that a simulated world can be repeated.
        const sealed = await cipher.seal({ recipientPublicKey, info, ekm: random.bytes(seedBytes) }, plaintext, aad)
        return { enc: new Uint8Array(sealed.enc), ciphertext: new Uint8Array(sealed.ct) }
      } catch (cause) {
        throw new RangeError('the HPKE public key is malformed', { cause })
      }
    },
    open: async (suite, privateKey, sealed, info, aad) => {
      const { kem, cipher } = await suiteOf(suite)
      try {
        const recipientKey = await kem.deserializePrivateKey(privateKey)
        return new Uint8Array(await cipher.open({ recipientKey, enc: sealed.enc, info }, sealed.ciphertext, aad))
      } catch {
        return undefined
      }
    },
  }
}

interface Suite {
  readonly kem: KemInterface
  readonly cipher: CipherSuite
  /** Bytes of randomness for one encapsulation. */
  readonly seedBytes: number
}

const createSuite = (kem: KemInterface, seedBytes: number): Suite => ({
  kem,
  cipher: new CipherSuite({ kem, kdf: new HkdfSha256(), aead: createChaCha20Poly1305() }),
  seedBytes,
})

const platformRandom: Random = { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) }
