// What every key vault promises (src/ports/key-vault.ts).
import { afterEach, describe, expect, test } from 'vitest'
import type { KeyVault } from '../../src/ports/key-vault.ts'

export interface KeyVaultWorld {
  /** One more tab that opens the same vault, or the same tab after a reload. */
  open(): KeyVault
  dispose(): Promise<void>
}

export const keyVaultContract = (name: string, createWorld: () => KeyVaultWorld): void => {
  describe(`key vault contract: ${name}`, () => {
    let worlds: KeyVaultWorld[] = []
    const begin = () => {
      const world = createWorld()
      worlds.push(world)
      return world
    }
    afterEach(async () => {
      for (const world of worlds) await world.dispose()
      worlds = []
    })

    test('the first unlock makes a key of 32 bytes that is not all zeros', async () => {
      const key = (await begin().open().unlock()) as Uint8Array
      expect(key).toBeInstanceOf(Uint8Array)
      expect(key).toHaveLength(32)
      expect(key.some((byte) => byte !== 0)).toBe(true)
    })

    test('it is the same key after a reload and in every tab, whatever anybody does to their copy', async () => {
      const world = begin()
      const vault = world.open()
      const first = (await vault.unlock()) as Uint8Array
      const kept = Uint8Array.from(first)
      first.fill(0)
      expect(await vault.unlock()).toEqual(kept)
      expect(await world.open().unlock()).toEqual(kept)
    })

    test('ten tabs that ask first at the same moment get one key', async () => {
      const world = begin()
      const keys = await Promise.all(Array.from({ length: 10 }, () => world.open().unlock()))
      expect(new Set(keys.map((key) => (key as Uint8Array).toString())).size).toBe(1)
      expect(await world.open().unlock()).toEqual(keys[0])
    })

    test('two vaults have different keys', async () => {
      expect(await begin().open().unlock()).not.toEqual(await begin().open().unlock())
    })

    test('after erasing there is a new key, and erasing twice harms nothing', async () => {
      const world = begin()
      const before = await world.open().unlock()
      await world.open().erase()
      await world.open().erase()
      const after = await world.open().unlock()
      expect(after).toHaveLength(32)
      expect(after).not.toEqual(before)
    })
  })
}
