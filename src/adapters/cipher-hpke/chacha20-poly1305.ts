// ChaCha20-Poly1305 (RFC 8439) in the form that @hpke/core asks for, over the audited @noble/ciphers: WebCrypto does not have it.
import { AeadId, type AeadEncryptionContext, type AeadInterface } from '@hpke/core'
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'

type Bytes = ArrayBufferLike | ArrayBufferView

/** The AEAD 0x0003 of RFC 9180, section 7.3. */
export const createChaCha20Poly1305 = (): AeadInterface => ({
  id: AeadId.Chacha20Poly1305,
  keySize: 32,
  nonceSize: 12,
  tagSize: 16,
  createEncryptionContext: (key): AeadEncryptionContext => {
    const keyBytes = copyOf(key)
    return {
      seal: async (iv, data, aad) => chacha20poly1305(keyBytes, copyOf(iv), copyOf(aad)).encrypt(copyOf(data)).slice().buffer,
      open: async (iv, data, aad) => chacha20poly1305(keyBytes, copyOf(iv), copyOf(aad)).decrypt(copyOf(data)).slice().buffer,
    }
  },
})

const copyOf = (bytes: Bytes): Uint8Array<ArrayBuffer> =>
  ArrayBuffer.isView(bytes)
    ? Uint8Array.from(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    : Uint8Array.from(new Uint8Array(bytes))
