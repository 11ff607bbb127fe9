// Public-key cryptography behind a port: the browser's own where it has it, audited libraries elsewhere, a quick one that keeps all the
// rules in the simulator. Symmetric primitives are synchronous and live in core (`@noble/*`).

/** HPKE suites by their number on the wire (RFC 9180 KEM ids). Both use HKDF-SHA256 and ChaCha20-Poly1305. */
export const hpkeSuites = { xWing: 0x647a, x25519: 0x0020 } as const
export type HpkeSuite = (typeof hpkeSuites)[keyof typeof hpkeSuites]

export interface HpkeKeyPair {
  readonly suite: HpkeSuite
  /** 1,216 bytes for X-Wing, 32 for X25519. */
  readonly publicKey: Uint8Array
  /** 32 bytes in both suites. */
  readonly privateKey: Uint8Array
}

export interface HpkeSealed {
  /** The encapsulated key: 1,120 bytes for X-Wing, 32 for X25519. */
  readonly enc: Uint8Array
  readonly ciphertext: Uint8Array
}

/** Single-shot HPKE in base mode (RFC 9180 section 6.1). Never changes its inputs. */
export interface Hpke {
  generate(suite: HpkeSuite): Promise<HpkeKeyPair>
  /** Throws RangeError on a public key that is malformed for the suite. */
  seal(suite: HpkeSuite, publicKey: Uint8Array, info: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Promise<HpkeSealed>
  /** `undefined` when it does not open, for whatever reason; never throws on bad bytes. */
  open(suite: HpkeSuite, privateKey: Uint8Array, sealed: HpkeSealed, info: Uint8Array, aad: Uint8Array): Promise<Uint8Array | undefined>
}

/** Ed25519 (RFC 8032). */
export interface Signer {
  /** The 32-byte public key of a 32-byte seed. */
  publicKey(seed: Uint8Array): Promise<Uint8Array>
  /** 64 bytes. */
  sign(seed: Uint8Array, message: Uint8Array): Promise<Uint8Array>
  /** Never throws, whatever the bytes. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>
}

export interface HpkeDep {
  readonly hpke: Hpke
}
export interface SignerDep {
  readonly signer: Signer
}
