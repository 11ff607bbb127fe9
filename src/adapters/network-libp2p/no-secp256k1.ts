// What the page has in the place of @noble/curves' secp256k1 (see vite.config.ts). Devices and nodes have Ed25519 keys; libp2p brings
// code for keys of the other kind along, some 7 KB that nobody runs. Whoever comes with such a key is refused like one with a malformed key.

const refuse = (): never => {
  throw new Error('a secp256k1 key is nobody here')
}

/** As much of the library's interface as libp2p calls. */
export const secp256k1 = {
  sign: refuse,
  verify: refuse,
  getPublicKey: refuse,
  Point: { fromBytes: refuse },
  utils: { randomSecretKey: refuse },
}
