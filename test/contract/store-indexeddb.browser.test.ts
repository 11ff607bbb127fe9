// The real store keeps the store's contract in a real browser, and what a disk and other tabs add to it.
import * as fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createIndexedDbStore } from '../../src/adapters/store-indexeddb/indexeddb-store.ts'
import { migrations as released, type Migration } from '../../src/adapters/store-indexeddb/migrations.ts'
import { channelName } from '../../src/adapters/store-indexeddb/news.ts'
import { compareKeys } from '../../src/core/record/key.ts'
import type { Live } from '../../src/ports/live.ts'
import type { Key } from '../../src/ports/store.ts'
import { loosen, put, remove, type LooseReader, type LooseStore } from './loose-store.ts'
import { rawOpen, rawRequest, rawUse } from './raw-indexeddb.ts'
import { see } from './seen.ts'
import { storeAgreesWithModel } from './store-model.contract.ts'
import type { TabCommand } from './store-tab.worker.ts'
import { storeContract, type StoreWorld } from './store.contract.ts'

interface Row {
  readonly k: Key
  readonly v: Uint8Array
}

interface IndexedDbWorld extends StoreWorld {
  readonly name: string
  readonly vaultKey: Uint8Array
  open(options?: { readonly vaultKey?: Uint8Array; readonly migrations?: readonly Migration[] }): Promise<LooseStore>
  rows(table: string): Promise<Row[]>
}

interface BucketNavigator {
  readonly storageBuckets: { open(name: string, options: { readonly quota: number }): Promise<{ readonly indexedDB: IDBFactory }> }
}

const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) }
const first: readonly Migration[] = [{ version: 1, adds: ['one', 'two'] }]

const createWorld = async (): Promise<IndexedDbWorld> => {
  const name = `store-${crypto.randomUUID()}`
  const vaultKey = random.bytes(32)
  const open: LooseStore[] = []
  return {
    name,
    vaultKey,
    tables: ['one', 'two'],
    open: async (options = {}) => {
      const store = loosen(await createIndexedDbStore({ name, vaultKey, random, migrations: first, ...options }))
      open.push(store)
      return store
    },
    rows: (table) => rawUse(name, table, (rows) => rawRequest<Row[]>(rows.getAll())),
    damage: (table, key) =>
      rawUse(name, table, async (rows) => {
        const row = await rawRequest<Row>(rows.get(key as IDBValidKey))
        row.v[row.v.length - 1]! ^= 1
        await rawRequest(rows.put(row))
      }),
    dispose: async () => {
      for (const store of open) await store.destroy()
    },
  }
}

storeContract('IndexedDB', createWorld)
storeAgreesWithModel('the real store', createWorld, 30)

let world: IndexedDbWorld
const endings: (() => unknown)[] = []
const begin = async () => {
  world = await createWorld()
  return world.open()
}
const finish = async () => {
  for (const end of endings.splice(0)) end()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  await world.dispose()
}

describe('the real store on its disk', () => {
  afterEach(finish)

  test('nothing of a value lies readable there, and equal values look different', async () => {
    const store = await begin()
    await store.commit([put('one', ['a'], { secret: 'attack at dawn' }), put('one', ['b'], { secret: 'attack at dawn' })])
    const texts = (await world.rows('one')).map(({ v }) => new TextDecoder('latin1').decode(v))
    expect(texts).toHaveLength(2)
    for (const text of texts) expect(text).not.toMatch(/attack|dawn|secret/)
    expect(texts[0]).not.toBe(texts[1])
  })

  test('with another vault key all records count as absent', async () => {
    const store = await begin()
    await store.commit([put('one', ['a'], 1), put('one', ['b'], 2)])
    await store.close()
    const thief = await world.open({ vaultKey: random.bytes(32) })
    expect(await thief.read((reader) => reader.get('one', ['a']))).toBeUndefined()
    expect(await thief.read((reader) => reader.list('one', []))).toEqual([])
    expect(thief.damaged()).toBe(2)
  })

  test('a record that was put in the place of another counts as absent', async () => {
    const store = await begin()
    await store.commit([put('one', ['alice'], 'hers'), put('one', ['bob'], 'his'), put('two', ['alice'], 'other')])
    const [alice, bob] = await world.rows('one')
    await rawUse(world.name, 'one', (rows) => rawRequest(rows.put({ k: alice!.k, v: bob!.v })))
    await rawUse(world.name, 'two', (rows) => rawRequest(rows.put({ k: alice!.k, v: alice!.v })))
    // Also when its right place was read before, and the same bytes are known.
    expect(await store.read((reader) => reader.get('one', ['bob']))).toBe('his')
    expect(await store.read((reader) => reader.get('one', ['alice']))).toBeUndefined()
    expect(await store.read((reader) => reader.get('two', ['alice']))).toBeUndefined()
  })

  test('rows of no known shape count as absent, one by one', async () => {
    const store = await begin()
    await store.commit([put('one', ['good'], 1)])
    const strange = [undefined, null, 'text', 7, new Uint8Array(0), new Uint8Array(5), new Uint8Array([2, ...random.bytes(60)])]
    await rawUse(world.name, 'one', async (rows) => {
      await Promise.all(strange.map((v, number) => rawRequest(rows.put({ k: ['bad', number], v }))))
    })
    expect(await store.read((reader) => reader.list('one', []))).toEqual([{ key: ['good'], value: 1 }])
    expect(store.damaged()).toBe(strange.length)
  })

  test('a commit is strict unless it asks to be relaxed, and reads are not writes', async () => {
    const store = await begin()
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    await store.commit([put('one', ['a'], 1)])
    await store.commit([put('two', ['a'], 1)], 'relaxed')
    await store.read((reader) => reader.get('one', ['a']))
    expect(transaction.mock.calls.map(([tables, mode, options]) => [Array.from(tables), mode, options?.durability])).toEqual([
      [['one'], 'readwrite', 'strict'],
      [['two'], 'readwrite', 'relaxed'],
      [['one', 'two'], 'readonly', undefined],
    ])
  })

  test('a write that fails in the middle takes the whole commit back', async () => {
    const store = await begin()
    let puts = 0
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function failing(this: IDBObjectStore, row: unknown) {
      puts += 1
      if (puts === 3) throw new DOMException('the disk said no', 'UnknownError')
      return this.add(row)
    })
    const writes = [1, 2, 3, 4].map((number) => put(number % 2 === 0 ? 'two' : 'one', [number], number))
    await expect(store.commit(writes)).rejects.toMatchObject({ name: 'StoreError', failure: 'broken' })
    expect(await store.read((reader) => Promise.all([reader.count('one', []), reader.count('two', [])]))).toEqual([0, 0])
    vi.restoreAllMocks()
    await store.commit(writes)
    expect(await store.read((reader) => Promise.all([reader.count('one', []), reader.count('two', [])]))).toEqual([2, 2])
  })

  test('a full disk is told as such and harms nothing', async () => {
    // A bucket is a small disk of its own: real quota, without taking it away from the tests beside this one.
    const bucket = await (navigator as unknown as BucketNavigator).storageBuckets.open(`small-${crypto.randomUUID()}`, {
      quota: 10_000_000,
    })
    vi.stubGlobal('indexedDB', bucket.indexedDB)
    const store = await begin()
    await store.commit([put('one', ['before'], 'kept')])
    await expect(store.commit([put('two', ['along'], 1), put('one', ['large'], new Uint8Array(12_000_000))])).rejects.toMatchObject({
      name: 'StoreError',
      failure: 'quota',
    })
    expect(await store.read((reader) => reader.list('one', []))).toEqual([{ key: ['before'], value: 'kept' }])
    expect(await store.read((reader) => reader.count('two', []))).toBe(0)
  })

  test('a read that awaits something else than its reader fails loudly instead of seeing two states', async () => {
    const store = await begin()
    const failing = store.read(async (reader) => {
      await reader.get('one', ['a'])
      await new Promise((resolve) => setTimeout(resolve, 50))
      return reader.get('one', ['a'])
    })
    await expect(failing).rejects.toThrow('awaits nothing but its reader')
  })

  test('the newest rows are the same where the browser cannot read backwards in one request', async () => {
    const store = await begin()
    await store.commit(Array.from({ length: 30 }, (_, number) => put('one', ['n', number], number)))
    const newest = () => store.read((reader) => reader.list('one', ['n'], { reverse: true, limit: 7, after: ['n', 28] }))
    const now = await newest()
    const modern = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'getAllRecords')
    endings.push(() => modern !== undefined && Object.defineProperty(IDBObjectStore.prototype, 'getAllRecords', modern))
    Reflect.deleteProperty(IDBObjectStore.prototype, 'getAllRecords')
    expect(await newest()).toEqual(now)
    expect(now.map(({ value }) => value)).toEqual([27, 26, 25, 24, 23, 22, 21])
  })
})

const openTab = async () => {
  const worker = new Worker(new URL('store-tab.worker.ts', import.meta.url), { type: 'module' })
  endings.push(() => worker.terminate())
  const messages: Live<{ readonly kind: string; readonly what?: string; readonly value?: unknown }> = {
    subscribe: (next) => {
      const listener = ({ data }: MessageEvent) => next(data)
      worker.addEventListener('message', listener)
      return () => worker.removeEventListener('message', listener)
    },
  }
  const seen = see(messages)
  const tell = async (command: TabCommand) => {
    const before = seen.values.filter(({ what }) => what === command.kind).length
    worker.postMessage(command)
    await seen.newest(() => seen.values.filter(({ what }) => what === command.kind).length > before, 10_000)
  }
  await tell({ kind: 'open', name: world.name, vaultKey: world.vaultKey })
  return { tell, seen, worker }
}

describe('the real store where news are missed', () => {
  afterEach(finish)
  /** As nobody tells: what another tab commits while a page is put away never reaches it. */
  const removeSilently = (key: string) => rawUse(world.name, 'one', (rows) => rawRequest(rows.delete([key])))

  test('a page that was put away works on, and its watches tell what was committed meanwhile', async () => {
    const store = await begin()
    await store.commit([put('one', ['a'], 'before')])
    const seen = see(store.watch((reader) => reader.get('one', ['a'])))
    endings.push(seen.stop)
    await seen.first((value) => value === 'before')

    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    await removeSilently('a')
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await seen.newest((value) => value === undefined)
    await store.commit([put('one', ['a'], 'back again')])
    await seen.newest((value) => value === 'back again')
  })

  test('a page that is shown for the first time has missed nothing', async () => {
    const store = await begin()
    const look = vi.fn<(reader: LooseReader) => Promise<number>>((reader) => reader.count('one', []))
    const seen = see(store.watch(look))
    endings.push(seen.stop)
    await seen.first((count) => count === 0)
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }))
    await store.read((reader) => reader.count('one', []))
    expect(look).toHaveBeenCalledTimes(1)
  })

  test('a worker, which knows nothing of pages, looks again when it is told to', async () => {
    const store = await begin()
    await store.commit([put('one', ['a'], 'before')])
    const tab = await openTab()
    await tab.tell({ kind: 'watch', table: 'one', key: ['a'] })
    await tab.seen.first(({ value }) => value === 'before')
    await removeSilently('a')
    await tab.tell({ kind: 'recheck' })
    await tab.seen.newest(({ kind, value }) => kind === 'seen' && value === undefined)
  })
})

describe('the order of keys', () => {
  test('is the one of IndexedDB', () => {
    const part = fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), fc.double({ noNaN: true }), fc.integer({ min: -2, max: 2 }))
    const key = fc.array(part, { maxLength: 4 })
    const sides = fc.property(key, key, (a, b) => Math.sign(compareKeys(a, b)) === indexedDB.cmp(a, b))
    expect(() => fc.assert(sides, { numRuns: 500 })).not.toThrow()
  })
})

describe('the real store and its migrations', () => {
  afterEach(finish)
  const second: readonly Migration[] = [...first, { version: 2, adds: ['three'], drops: ['two'] }]

  test('a newer page finds the records of an older one and has its new tables', async () => {
    const old = await begin()
    await old.commit([put('one', ['a'], 1)])
    await old.close()
    const store = await world.open({ migrations: second })
    await store.commit([put('three', ['b'], 2)])
    expect(await store.read((reader) => Promise.all([reader.get('one', ['a']), reader.get('three', ['b'])]))).toEqual([1, 2])
  })

  test('an older page in another tab lets go at once and refuses from then on', async () => {
    const old = await begin()
    const seen = see(old.watch((reader) => reader.count('one', [])))
    await seen.first((count) => count === 0)
    const store = await world.open({ migrations: second })
    await expect(old.commit([put('one', ['a'], 1)])).rejects.toMatchObject({ failure: 'closed' })
    await expect(old.read((reader) => reader.count('one', []))).rejects.toMatchObject({ failure: 'closed' })
    await store.commit([put('one', ['a'], 1)])
    expect(seen.values).toEqual([0])
  })

  test('a tab that does not let go is waited for', async () => {
    const old = await begin()
    await old.commit([put('one', ['a'], 1)])
    await old.close()
    const stubborn = await rawOpen(world.name)
    const blocked = new Promise((resolve) => {
      const open = IDBFactory.prototype.open
      vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function listening(this: IDBFactory, ...how) {
        const request = open.apply(this, how)
        request.addEventListener('blocked', resolve)
        return request
      })
    })
    const opening = world.open({ migrations: second })
    await blocked
    stubborn.close()
    expect(await (await opening).read((reader) => reader.get('one', ['a']))).toBe(1)
  })

  test('a page that skipped versions catches up on all of them, and a new one starts at the newest', async () => {
    const third: readonly Migration[] = [...second, { version: 3, adds: ['four'] }]
    const old = await begin()
    await old.close()
    const tables = async (name: string) => {
      const raw = await rawOpen(name)
      endings.push(() => raw.close())
      return [raw.version, ...raw.objectStoreNames]
    }
    await world.open({ migrations: third })
    expect(await tables(world.name)).toEqual([3, 'four', 'one', 'three'])
    const another = await createWorld()
    await (await another.open({ migrations: third })).close()
    expect(await tables(another.name)).toEqual([3, 'four', 'one', 'three'])
    indexedDB.deleteDatabase(another.name)
  })

  test('the released versions make every table once', async () => {
    world = await createWorld()
    const store = await world.open({ migrations: released })
    expect(await store.read((reader) => reader.count('timeline', []))).toBe(0)
    const raw = await rawOpen(world.name)
    expect(Array.from(raw.objectStoreNames)).toEqual([...new Set(released.flatMap(({ adds }) => adds))].toSorted())
    raw.close()
  })

  test('an upgrade that fails says why and leaves the older version as it was', async () => {
    const old = await begin()
    await old.commit([put('one', ['a'], 1)])
    await old.close()
    const failing = world.open({ migrations: [...first, { version: 2, adds: ['three', 'one'] }] })
    await expect(failing).rejects.toMatchObject({ name: 'StoreError', failure: 'broken', cause: { name: 'ConstraintError' } })
    const store = await world.open()
    expect(await store.read((reader) => reader.get('one', ['a']))).toBe(1)
  })

  test('an older page does not touch a database from the future', async () => {
    await begin()
    const store = await world.open({ migrations: second })
    await store.commit([put('one', ['a'], 1)])
    await store.close()
    await expect(world.open()).rejects.toMatchObject({ name: 'StoreError', failure: 'broken' })
    const raw = await rawOpen(world.name)
    expect(Array.from(raw.objectStoreNames)).toEqual(['one', 'three'])
    raw.close()
  })
})

describe('the real store and a connection that goes away', () => {
  afterEach(finish)
  const refuses = async (store: LooseStore) => {
    await expect(store.commit([put('one', ['a'], 1)])).rejects.toMatchObject({ name: 'StoreError', failure: 'closed' })
    await expect(store.read((reader) => reader.count('one', []))).rejects.toMatchObject({ name: 'StoreError', failure: 'closed' })
  }

  test('it lets go at once when another tab deletes the database, and is closed', async () => {
    const store = await begin()
    const committed = store.commit([put('one', ['a'], 1)])
    await rawRequest(indexedDB.deleteDatabase(world.name))
    await committed
    await refuses(store)
    const again = await world.open()
    expect(await again.read((reader) => reader.count('one', []))).toBe(0)
  })

  test('it is closed when the browser takes the connection away', async () => {
    const store = await begin()
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    await store.read((reader) => reader.count('one', []))
    const [connection] = transaction.mock.contexts as IDBDatabase[]
    connection!.dispatchEvent(new Event('close'))
    await refuses(store)
    const again = await world.open()
    await again.commit([put('one', ['a'], 1)])
  })

  test('it is closed when IndexedDB says so, even before anybody was told', async () => {
    const store = await begin()
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    await store.read((reader) => reader.count('one', []))
    const [connection] = transaction.mock.contexts as IDBDatabase[]
    connection!.close()
    await refuses(store)
  })

  test('the database with which a new log is begun does not stay', async () => {
    const open = vi.spyOn(IDBFactory.prototype, 'open')
    await begin()
    const { name } = world
    expect(open.mock.calls.map(([database]) => database).filter((database) => database !== name)).toEqual([`${name}-log`])
    await vi.waitFor(async () =>
      expect((await indexedDB.databases()).map((database) => database.name).filter((other) => other?.startsWith(name))).toEqual([name]),
    )
  })

  test('a database that does not open at first is asked again, but not for ever', async () => {
    world = await createWorld()
    const { name } = world
    const really = indexedDB.open.bind(indexedDB)
    let failing = 2
    let asked = 0
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation((database, version) => {
      if (database !== name) return really(database, version)
      asked += 1
      if (asked <= failing) throw new DOMException('Internal error opening backing store', 'UnknownError')
      return really(database, version)
    })
    const store = await world.open()
    expect(await store.read((reader) => reader.count('one', []))).toBe(0)
    expect(asked).toBe(3)
    failing = Infinity
    await expect(world.open()).rejects.toMatchObject({ name: 'StoreError', failure: 'broken' })
    expect(asked).toBe(7)
  })
})

describe('the real store in two realms', () => {
  afterEach(finish)

  test('each is told of what the other commits', async () => {
    const store = await begin()
    const tab = await openTab()
    const here = see(store.watch((reader) => reader.get('one', ['from there'])))
    await here.first((value) => value === undefined)
    await tab.tell({ kind: 'watch', table: 'one', key: ['from here'] })
    await tab.seen.first(({ kind }) => kind === 'seen')

    await tab.tell({ kind: 'commit', table: 'one', key: ['from there'], value: 'hello' })
    await here.first((value) => value === 'hello')
    await store.commit([put('one', ['from here'], 'hello back')])
    await tab.seen.first(({ value }) => value === 'hello back')
    here.stop()
  })

  test('news that come while a watch is running are looked at after it', async () => {
    const store = await begin()
    let runs = 0
    let arrived = false
    // Channels hear in the order in which they were made: what this one has heard, the store has heard before.
    const [elsewhere, witness] = [new BroadcastChannel(channelName(world.name)), new BroadcastChannel(channelName(world.name))]
    witness.addEventListener('message', () => (arrived = true))
    endings.push(
      () => elsewhere.close(),
      () => witness.close(),
    )
    const live = store.watch(async (reader) => {
      runs += 1
      const value = await reader.get('one', ['a'])
      // Another tab's word may overtake the answer of the disk.
      if (runs === 1) elsewhere.postMessage(new Map([['one', [['a']]]]))
      while (!arrived) await reader.get('one', ['b'])
      return [runs, value]
    })
    const seen = see(live)
    endings.push(seen.stop)
    await seen.first(([run]) => run === 2)
  })

  test('other tabs are told of tables and keys, and of no value', async () => {
    const store = await begin()
    const channel = new BroadcastChannel(channelName(world.name))
    endings.push(() => channel.close())
    const told = new Promise((resolve) => channel.addEventListener('message', ({ data }) => resolve(data)))
    await store.commit([put('one', ['a', 1], 'secret'), put('two', ['b'], 'secret'), remove('one', ['c'])])
    expect(await told).toEqual(
      new Map([
        ['one', [['a', 1], ['c']]],
        ['two', [['b']]],
      ]),
    )
  })

  test('what a killed tab had committed is there, and its death holds nobody up', async () => {
    const store = await begin()
    const tab = await openTab()
    await tab.tell({ kind: 'commit', table: 'one', key: ['will'], value: 'last words' })
    tab.worker.terminate()
    expect(await store.read((reader) => reader.get('one', ['will']))).toBe('last words')
    await store.commit([put('one', ['will'], 'mine now')])
  })
})
