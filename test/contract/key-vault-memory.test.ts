// The memory vault keeps the contract, and fails when a test says so.
import { expect, test } from 'vitest'
import { createMemoryKeyVault, type MemoryVaultDisk } from '../../src/adapters/key-vault-memory/memory-key-vault.ts'
import { createSystemRandom } from '../../src/adapters/system/random.ts'
import { keyVaultContract } from './key-vault.contract.ts'

const random = createSystemRandom()

keyVaultContract('memory', () => {
  const disk: MemoryVaultDisk = {}
  return { open: () => createMemoryKeyVault({ random, disk }), dispose: async () => undefined }
})

test('a memory vault stays shut when it is told to', async () => {
  expect(await createMemoryKeyVault({ random, fail: () => 'unavailable' }).unlock()).toBe('unavailable')
})
