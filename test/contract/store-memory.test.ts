// The memory store keeps the store's contract, and what it offers to the simulator beyond that holds too.
import { describe, expect, test } from 'vitest'
import { createMemoryDisk } from '../../src/adapters/store-memory/memory-disk.ts'
import { createMemoryStore, type MemoryStoreOptions, type MemoryStoreStep } from '../../src/adapters/store-memory/memory-store.ts'
import type { StoreFailure, TableName } from '../../src/ports/store.ts'
import { loosen, put, type LooseStore } from './loose-store.ts'
import { see } from './seen.ts'
import { storeAgreesWithModel } from './store-model.contract.ts'
import { storeContract, type StoreWorld } from './store.contract.ts'

const createWorld = async (): Promise<StoreWorld> => {
  const disk = createMemoryDisk()
  const open: LooseStore[] = []
  return {
    tables: ['one', 'two'],
    open: async () => {
      const store = loosen(createMemoryStore({ disk }))
      open.push(store)
      return store
    },
    damage: async (table, key) => disk.damage(table as TableName, key),
    dispose: async () => {
      for (const store of open) await store.destroy()
    },
  }
}

storeContract('memory', createWorld)
storeAgreesWithModel('the memory store', createWorld, 500)

describe('the memory store for the simulator', () => {
  const create = (options: MemoryStoreOptions = {}) => loosen(createMemoryStore(options))

  test('a commit that is made to fail writes nothing, and the next one does', async () => {
    let failure: StoreFailure | undefined = 'quota'
    const store = create({ fail: (step) => (step === 'commit' ? failure : undefined) })
    await expect(store.commit([put('one', ['a'], 1), put('two', ['a'], 1)])).rejects.toMatchObject({ name: 'StoreError', failure: 'quota' })
    expect(await store.read((reader) => reader.count('one', []))).toBe(0)
    failure = undefined
    await store.commit([put('one', ['a'], 1)])
    expect(await store.read((reader) => reader.count('one', []))).toBe(1)
  })

  test('a watch whose read fails tells the value as soon as a commit lets it try again', async () => {
    let broken = true
    const store = create({ fail: (step) => (step === 'read' && broken ? 'broken' : undefined) })
    const seen = see(store.watch((reader) => reader.count('one', [])))
    await store.commit([put('two', ['a'], 1)])
    broken = false
    await store.commit([put('two', ['b'], 1)])
    await seen.first((count) => count === 0)
    seen.stop()
  })

  test('a new store on the same disk finds what was committed before a crash, and nothing else', async () => {
    const disk = createMemoryDisk()
    const before: LooseStore = create({ disk, pause: (step) => (step === 'commit' ? before.close() : undefined) })
    await expect(before.commit([put('one', ['lost'], 1)])).rejects.toMatchObject({ failure: 'closed' })
    const after = create({ disk })
    expect(await after.read((reader) => reader.count('one', []))).toBe(0)
  })

  test('a crash after the bytes are on the disk keeps them, although the caller never heard of it', async () => {
    const disk = createMemoryDisk()
    const steps: MemoryStoreStep[] = []
    const before: LooseStore = create({
      disk,
      pause: (step) => {
        steps.push(step)
        return step === 'committed' ? before.close() : undefined
      },
    })
    await expect(before.commit([put('one', ['a'], 1)])).rejects.toMatchObject({ failure: 'closed' })
    expect(steps).toEqual(['commit', 'committed'])
    expect(await create({ disk }).read((reader) => reader.get('one', ['a']))).toBe(1)
  })

  test('a power cut takes relaxed commits, but none that a strict one followed', async () => {
    const disk = createMemoryDisk()
    const store = create({ disk })
    await store.commit([put('one', ['a'], 1)], 'relaxed')
    await store.commit([put('one', ['b'], 2)])
    await store.commit([put('one', ['c'], 3)], 'relaxed')
    await store.close()
    disk.powerCut()
    expect(await create({ disk }).read((reader) => reader.list('one', []))).toEqual([
      { key: ['a'], value: 1 },
      { key: ['b'], value: 2 },
    ])
  })

  test('a copy of a disk goes its own way', async () => {
    const disk = createMemoryDisk()
    const store = create({ disk })
    await store.commit([put('one', ['a'], 1)])
    const copy = create({ disk: disk.copy() })
    await store.commit([put('one', ['a'], 2)])
    expect(await copy.read((reader) => reader.get('one', ['a']))).toBe(1)
  })

  test('the same calls give the same order of events', async () => {
    const trace = async () => {
      const events: string[] = []
      const store = create()
      const stop = ['a', 'b'].map((name) =>
        store.watch((reader) => reader.count('one', [name])).subscribe((n) => events.push(`${name}${n}`)),
      )
      await Promise.all(
        [1, 2, 3].map((n) => store.commit([put('one', [n % 2 === 0 ? 'a' : 'b', n], n)]).then(() => events.push(`done ${n}`))),
      )
      await store.read(async () => events.push('read'))
      for (const end of stop) end()
      return events
    }
    expect(await trace()).toEqual(await trace())
  })
})
