// An Ed25519 seed in the only form in which WebCrypto takes one.

/** RFC 8410: what stands before the 32 bytes. */
const head = Uint8Array.of(0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20)

/** The PKCS #8 frame around a 32-byte seed. */
export const ed25519Pkcs8 = (seed: Uint8Array): Uint8Array<ArrayBuffer> => {
  const pkcs8 = new Uint8Array(head.length + seed.length)
  pkcs8.set(head)
  pkcs8.set(seed, head.length)
  return pkcs8
}
