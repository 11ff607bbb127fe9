// A vault for tests and the simulator: the key lies beside it in plain memory, and nothing is protected.
import type { RandomDep } from '../../ports/clock.ts'
import type { KeyVault, VaultFailure } from '../../ports/key-vault.ts'

/** What outlives a memory vault, as a disk outlives a tab. */
export interface MemoryVaultDisk {
  key?: Uint8Array
}

export interface MemoryKeyVaultOptions extends RandomDep {
  readonly disk?: MemoryVaultDisk
  /** Asked at each `unlock`: a failure to answer instead. */
  readonly fail?: () => VaultFailure | undefined
}

export const createMemoryKeyVault = ({ random, disk = {}, fail }: MemoryKeyVaultOptions): KeyVault => ({
  unlock: async () => {
    const failure = fail?.()
    if (failure !== undefined) return failure
    disk.key ??= random.bytes(32)
    return new Uint8Array(disk.key)
  },
  erase: async () => {
    delete disk.key
  },
})
