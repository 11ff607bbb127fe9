// The default vault (PROTOCOL 1): a random vault key, wrapped under an AES-GCM key that the browser keeps and never gives out. It has a
// database of its own, which holds one row. Whoever copies the disk gets the wrapping key only through the browser's own storage of
// keys; a script in this origin can use it, but not carry it away.
import type { RandomDep } from '../../ports/clock.ts'
import type { KeyVault, VaultFailure } from '../../ports/key-vault.ts'
import { eraseVaultDatabase, keepIfAbsent, keptBytes } from './vault-database.ts'
import { isWrappedKey, unwrapKey, wrapNewKey } from './wrapped-key.ts'

export interface WebCryptoKeyVaultOptions extends RandomDep {
  /** The vault's database in this origin. */
  readonly name: string
}

export const createWebCryptoKeyVault = ({ name, random }: WebCryptoKeyVaultOptions): KeyVault => ({
  unlock: async () => {
    try {
      let kept = await keptBytes(name)
      if (kept === undefined) kept = await keepIfAbsent(name, await wrapNewKey(random))
      return isWrappedKey(kept) ? await unwrapKey(kept) : 'damaged'
    } catch {
      return 'unavailable' satisfies VaultFailure
    }
  },
  erase: () => eraseVaultDatabase(name),
})
