// Ed25519 (RFC 8032) over WebCrypto where the platform has it (0.4 ms a verification), else @noble/curves (4 ms).
// Promises that every device judges a signature alike, whatever browser it runs in: both paths accept exactly the strict
// signatures. Strict means a canonical public key of prime order, S below the group order, and R equal byte by byte.
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Signer } from '../../ports/cipher.ts'
import { createPlatformEd25519, type Ed25519 } from './platform-ed25519.ts'
import { createRecent } from '../../core/recent.ts'

/** Public keys whose check is remembered: a few conversations of 500 people. */
const rememberedPublicKeys = 4_096

/** `platform` is what does the work: found out on first use unless given. */
export const createSigner = (platform: () => Promise<Ed25519> = ed25519OfThisPlatform): Signer => {
  let found: Promise<Ed25519> | undefined
  const work = (): Promise<Ed25519> => (found ??= platform())
  const isStrictKey = createRecent(rememberedPublicKeys, isStrictPublicKey)
  return {
    publicKey: async (seed) => ed25519.getPublicKey(seed),
    sign: async (seed, message) => (await work()).sign(seed, message),
    verify: async (publicKey, message, signature) => {
      if (publicKey.length !== 32 || signature.length !== 64 || !isStrictKey(publicKey)) return false
      return (await work()).verify(publicKey, message, signature)
    },
  }
}

/** The same through @noble/curves alone, for platforms without Ed25519. */
export const nobleEd25519: Ed25519 = {
  sign: async (seed, message) => ed25519.sign(message, seed),
  verify: async (publicKey, message, signature) => {
    try {
      // The library multiplies by the cofactor, browsers do not: an R with a small-order part would pass here and fail there.
      return (
        ed25519.verify(signature, message, publicKey, { zip215: false }) &&
        ed25519.Point.fromBytes(signature.subarray(0, 32), false).isTorsionFree()
      )
    } catch {
      return false
    }
  },
}

const ed25519OfThisPlatform = async (): Promise<Ed25519> => (await createPlatformEd25519()) ?? nobleEd25519

// A key with a small-order part lets its owner make signatures that some implementations accept and others refuse.
const isStrictPublicKey = (publicKey: Uint8Array): boolean => {
  try {
    const point = ed25519.Point.fromBytes(publicKey, false)
    return !point.isSmallOrder() && point.isTorsionFree() && bytesToHex(point.toBytes()) === bytesToHex(publicKey)
  } catch {
    return false
  }
}
