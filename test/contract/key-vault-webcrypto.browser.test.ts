// The real vault keeps the contract in a real browser, and its key cannot be carried away or quietly replaced.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createWebCryptoKeyVault } from '../../src/adapters/key-vault-webcrypto/webcrypto-key-vault.ts'
import type { WrappedKey } from '../../src/adapters/key-vault-webcrypto/wrapped-key.ts'
import { createSystemRandom } from '../../src/adapters/system/random.ts'
import { keyVaultContract } from './key-vault.contract.ts'
import { rawRequest, rawUse } from './raw-indexeddb.ts'

const random = createSystemRandom()
const createWorld = () => {
  const name = `vault-${crypto.randomUUID()}`
  const open = () => createWebCryptoKeyVault({ name, random })
  return { name, open, dispose: () => open().erase() }
}

keyVaultContract('WebCrypto', createWorld)

describe('the real vault', () => {
  const world = createWorld()
  afterEach(async () => {
    vi.restoreAllMocks()
    await world.dispose()
  })
  const change = (to: (kept: WrappedKey) => unknown) =>
    rawUse(world.name, 'vault', async (store) => {
      const kept = await rawRequest<WrappedKey>(store.get('key'))
      await rawRequest(store.put(to(kept), 'key'))
    })

  test('the wrapping key cannot be exported, and the vault key does not lie beside it', async () => {
    const key = (await world.open().unlock()) as Uint8Array
    const kept = await rawUse(world.name, 'vault', (store) => rawRequest<WrappedKey>(store.get('key')))
    expect(kept.wrapping.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', kept.wrapping)).rejects.toThrow('not extractable')
    expect(kept.wrapped.toString()).not.toContain(key.toString())
  })

  test('a flipped byte, a foreign row and another wrapping key are damage, and are not replaced by a new key', async () => {
    const others = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    const spoils: ((kept: WrappedKey) => unknown)[] = [
      (kept) => ({ ...kept, wrapped: kept.wrapped.map((byte, at) => (at === 7 ? byte ^ 1 : byte)) }),
      (kept) => ({ ...kept, nonce: new Uint8Array(12) }),
      (kept) => ({ ...kept, wrapping: others }),
      (kept) => ({ ...kept, version: 2 }),
      () => 'nonsense',
      () => null,
    ]
    for (const spoil of spoils) {
      await world.open().unlock()
      await change(spoil)
      expect(await world.open().unlock()).toBe('damaged')
      expect(await world.open().unlock()).toBe('damaged')
      await world.open().erase()
    }
  })

  test('without a database it says that it is unavailable', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('no storage here', 'SecurityError')
    })
    expect(await world.open().unlock()).toBe('unavailable')
  })

  test('a key is never given out before it is on the disk', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    await world.open().unlock()
    const writing = transaction.mock.calls.find(([, mode]) => mode === 'readwrite')
    expect(writing?.[2]).toEqual({ durability: 'strict' })
  })
})
