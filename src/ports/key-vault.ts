// Where the key that encrypts this device's records is kept. The default wraps it under a key that the browser never gives out.

/** Why the vault stays shut. */
export type VaultFailure = 'damaged' | 'unavailable'

export interface KeyVault {
  /** The 32-byte vault key; made and kept on first use. The same over reloads and in every tab, whoever asks first. */
  unlock(): Promise<Uint8Array | VaultFailure>
  /** Forgets the key: everything that was encrypted with it is lost. */
  erase(): Promise<void>
}
