// What Noise is made of, with keys for handshakes made ahead by the browser, elsewhere than on the page's thread. The first key that the
// library makes by itself takes a table of 30 to 80 ms in the midst of everything beginning, and each of them holds the page up.
import { pureJsCrypto } from '@libp2p/noise'
import type { NoiseInit } from '@libp2p/noise'

type NoiseCrypto = NonNullable<NoiseInit['crypto']>
type KeyPair = ReturnType<NoiseCrypto['generateX25519KeyPair']>

const keyBytes = 32
/** Handshakes that can begin at once; each takes one pair (RFC 7748) and never shares it. */
const pairsAhead = 8

/** The library's cryptography, with that many pairs at hand; in a browser without X25519 (before Chrome 133, Firefox 130, Safari 17) just the library's. */
export const noiseCrypto = async (): Promise<NoiseCrypto> => {
  const ahead: KeyPair[] = []
  const fill = async (): Promise<void> => {
    const pairs = await Promise.all(Array.from({ length: pairsAhead - ahead.length }, nativeKeyPair))
    ahead.push(...pairs)
  }
  try {
    await fill()
  } catch {
    return pureJsCrypto
  }
  let filling: Promise<void> | undefined
  return {
    ...pureJsCrypto,
    generateX25519KeyPair() {
      const pair = ahead.pop()
      filling ??= fill()
        .catch(() => undefined)
        .finally(() => (filling = undefined))
      return pair ?? pureJsCrypto.generateX25519KeyPair()
    },
  }
}

const nativeKeyPair = async (): Promise<KeyPair> => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey('X25519', true, ['deriveBits'])
  const [pkcs8, raw] = await Promise.all([crypto.subtle.exportKey('pkcs8', privateKey), crypto.subtle.exportKey('raw', publicKey)])
  // The key is the end of its PKCS #8 (RFC 8410, section 7).
  return { privateKey: new Uint8Array(pkcs8).slice(-keyBytes), publicKey: new Uint8Array(raw) }
}
