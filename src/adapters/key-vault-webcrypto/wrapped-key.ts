// The vault key as it is kept: sealed with AES-256-GCM under a key that cannot be exported.
import type { Random } from '../../ports/clock.ts'

export interface WrappedKey {
  readonly version: 1
  /** Not extractable: IndexedDB keeps the handle, and the browser the bytes. */
  readonly wrapping: CryptoKey
  /** 12 random bytes. */
  readonly nonce: Uint8Array<ArrayBuffer>
  /** 32 bytes of key and 16 of authentication. */
  readonly wrapped: Uint8Array<ArrayBuffer>
}

const domain = new TextEncoder().encode('parley/vault-key\0')

export const wrapNewKey = async (random: Random): Promise<WrappedKey> => {
  const wrapping = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const nonce = new Uint8Array(random.bytes(12))
  const vaultKey = new Uint8Array(random.bytes(32))
  const wrapped = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: domain }, wrapping, vaultKey))
  return { version: 1, wrapping, nonce, wrapped }
}

/** The 32 bytes, or `damaged` when they are not what was wrapped. */
export const unwrapKey = async ({ wrapping, nonce, wrapped }: WrappedKey): Promise<Uint8Array | 'damaged'> => {
  try {
    const key = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData: domain }, wrapping, wrapped))
    return key.length === 32 ? key : 'damaged'
  } catch {
    return 'damaged'
  }
}

export const isWrappedKey = (kept: unknown): kept is WrappedKey => {
  if (typeof kept !== 'object' || kept === null) return false
  const { version, wrapping, nonce, wrapped } = kept as Partial<Record<keyof WrappedKey, unknown>>
  return version === 1 && wrapping instanceof CryptoKey && nonce instanceof Uint8Array && wrapped instanceof Uint8Array
}
