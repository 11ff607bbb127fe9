// The store's benchmark as it runs inside the page: each figure beside the same work on bare IndexedDB, turn by turn in one run.
import { createIndexedDbStore } from '../../src/adapters/store-indexeddb/indexeddb-store.ts'
import { createSystemRandom } from '../../src/adapters/system/random.ts'
import type { Store, Write } from '../../src/ports/store.ts'

/** Milliseconds. */
export interface Figure {
  readonly p50: number
  readonly p95: number
  readonly p99: number
}
export interface Pair {
  readonly store: Figure
  readonly bare: Figure
  /** Of the medians. */
  readonly ratio: number
}
export interface StoreFigures {
  readonly runs: number
  /** Five records of about 300 bytes. */
  readonly commitStrict: Pair
  readonly commitRelaxed: Pair
  /** From the call of a strict commit to the new value of a watched record; bare: commit, then read. */
  readonly watchRecord: Pair
  /** The same for a list of the newest 200 rows. */
  readonly watchTimeline: Pair
  /** The newest 200 of 10,000 rows, read before and again; bare: in one request. */
  readonly listWarm: Pair
  /** The same right after opening, when every row must be deciphered. */
  readonly listCold: Pair
  /** A strict commit while five watched lists of 200 rows in another table are being read anew; bare: the same five reads under way. */
  readonly commitBusy: Pair
}

const random = createSystemRandom()
const conversation = 'ab'.repeat(16)
const id = () => Array.from(random.bytes(32), (byte) => byte.toString(16).padStart(2, '0')).join('')

export const measure = async (runs: number): Promise<StoreFigures> => {
  const name = `bench-${id()}`
  const vaultKey = random.bytes(32)
  const store = await createIndexedDbStore({ name, vaultKey, random })
  const bare = await openBare(`${name}-bare`)
  await fill(store, bare)
  const figures: StoreFigures = {
    runs,
    commitStrict: await pair(
      runs,
      () => store.commit(five()),
      () => bareCommit(bare, 'strict'),
    ),
    commitRelaxed: await pair(
      runs,
      () => store.commit(five(), 'relaxed'),
      () => bareCommit(bare, 'relaxed'),
    ),
    watchRecord: await watchRecord(runs, store, bare),
    watchTimeline: await watchTimeline(runs, store, bare),
    listWarm: await pair(
      runs,
      () => store.read((reader) => reader.list('timeline', [conversation] as never, { reverse: true, limit: 200 })),
      () => bareNewest(bare),
    ),
    listCold: await listCold(Math.ceil(runs / 5), { name, vaultKey, random }, bare),
    commitBusy: await commitBusy(runs, store, bare),
  }
  await store.destroy()
  bare.close()
  indexedDB.deleteDatabase(`${name}-bare`)
  return figures
}

let counter = 0
const record = () => ({
  id: id(),
  author: id(),
  at: 1_795_000_000_000 + counter,
  text: 'see you at the station',
  state: 'queued',
  bytes: random.bytes(80),
})
const put = (table: string, key: readonly unknown[], value: unknown): Write => ({ kind: 'put', table, key, value }) as unknown as Write
/** As one message of a person: event, place, timeline row, outbox row, chain. */
const five = (): readonly Write[] => {
  counter += 1
  return [
    put('events', [conversation, 1, 'device', counter], record()),
    put('places', [conversation, `event ${counter}`], record()),
    put('timeline', [conversation, counter, 'event'], record()),
    put('outbox', [conversation, counter % 50], record()),
    put('chains', [conversation, 1, 'device'], record()),
  ]
}

const fill = async (store: Store, bare: IDBDatabase) => {
  for (let batch = 0; batch < 20; batch += 1) {
    const rows = Array.from({ length: 500 }, (_, n) => put('timeline', [conversation, batch * 500 + n - 10_000, 'event'], record()))
    await store.commit(rows, 'relaxed')
    const transaction = bare.transaction('timeline', 'readwrite')
    for (let n = 0; n < 500; n += 1)
      transaction.objectStore('timeline').put({ k: [conversation, batch * 500 + n - 10_000, 'event'], v: random.bytes(360) })
    await over(transaction)
  }
}

const watchRecord = async (runs: number, store: Store, bare: IDBDatabase): Promise<Pair> => {
  const told = listener<{ readonly text: string } | undefined>()
  const stop = store.watch((reader) => reader.get('drafts', [conversation] as never)).subscribe(told.next)
  const pairs = await pair(
    runs,
    async () => {
      const text = `${(counter += 1)}`
      const seen = told.when((value) => value?.text === text)
      await Promise.all([store.commit([put('drafts', [conversation], { text })]), seen])
    },
    async () => {
      await bareCommit(bare, 'strict', 1)
      await request(bare.transaction('chains').objectStore('chains').get([conversation, 1, 'device']))
    },
  )
  stop()
  return pairs
}

const watchTimeline = async (runs: number, store: Store, bare: IDBDatabase): Promise<Pair> => {
  const told = listener<readonly { readonly key: readonly unknown[] }[]>()
  const live = store.watch((reader) => reader.list('timeline', [conversation] as never, { reverse: true, limit: 200 }))
  const stop = live.subscribe(told.next)
  const pairs = await pair(
    runs,
    async () => {
      const writes = five()
      const seen = told.when((rows) => rows[0]?.key[1] === counter)
      await Promise.all([store.commit(writes), seen])
    },
    async () => {
      await bareCommit(bare, 'strict')
      await bareNewest(bare)
    },
  )
  stop()
  return pairs
}

const listCold = async (runs: number, options: Parameters<typeof createIndexedDbStore>[0], bare: IDBDatabase): Promise<Pair> =>
  pair(
    runs,
    async (start) => {
      const fresh = await createIndexedDbStore(options)
      start()
      await fresh.read((reader) => reader.list('timeline', [conversation] as never, { reverse: true, limit: 200 }))
      void fresh.close()
    },
    () => bareNewest(bare),
  )

const commitBusy = async (runs: number, store: Store, bare: IDBDatabase): Promise<Pair> => {
  const stops = Array.from({ length: 5 }, () =>
    store.watch((reader) => reader.list('timeline', [conversation] as never, { reverse: true, limit: 200 })).subscribe(() => undefined),
  )
  const pairs = await pair(
    runs,
    // The first wakes the watches; what is measured is the second, which has nothing to do with them.
    async (start) => {
      await store.commit([put('timeline', [conversation, (counter += 1), 'event'], record())])
      start()
      await store.commit([put('drafts', [conversation], record())])
    },
    () => {
      for (let list = 0; list < 5; list += 1) void bareNewest(bare)
      return bareCommit(bare, 'strict', 1)
    },
  )
  for (const stop of stops) stop()
  return pairs
}

const openBare = (name: string) =>
  new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(name, 1)
    opening.addEventListener('upgradeneeded', () => {
      for (const table of ['events', 'places', 'timeline', 'outbox', 'chains']) opening.result.createObjectStore(table, { keyPath: 'k' })
    })
    opening.addEventListener('success', () => resolve(opening.result))
    opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')))
  })

const bareCommit = (bare: IDBDatabase, durability: IDBTransactionDurability, records = 5): Promise<void> => {
  counter += 1
  const keys = new Map<string, IDBValidKey>([
    ['chains', [conversation, 1, 'device']],
    ['events', [conversation, 1, 'device', counter]],
    ['places', [conversation, `event ${counter}`]],
    ['timeline', [conversation, counter, 'event']],
    ['outbox', [conversation, counter % 50]],
  ])
  const used = [...keys].slice(0, records)
  const transaction = bare.transaction(
    used.map(([table]) => table),
    'readwrite',
    { durability },
  )
  for (const [table, k] of used) transaction.objectStore(table).put({ k, v: random.bytes(360) })
  transaction.commit()
  return over(transaction)
}

const bareNewest = (bare: IDBDatabase) => {
  const query = IDBKeyRange.bound([conversation], [conversation, []])
  return request(
    bare
      .transaction('timeline')
      .objectStore('timeline')
      .getAll({ query, count: 200, direction: 'prev' } as never),
  )
}

const over = (transaction: IDBTransaction) =>
  new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')))
  })

const request = <T>(asked: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    asked.addEventListener('success', () => resolve(asked.result))
    asked.addEventListener('error', () => reject(asked.error ?? new Error('failed')))
  })

const listener = <T>() => {
  let look: (value: T) => void = () => undefined
  return {
    next: (value: T) => look(value),
    when: (is: (value: T) => boolean) =>
      new Promise<void>((resolve) => {
        look = (value) => is(value) && resolve()
      }),
  }
}

/** Both sides turn by turn, so that whatever else the machine does hits both. `start` begins the measured part later than the turn. */
const pair = async (runs: number, ours: (start: () => void) => Promise<unknown>, theirs: () => Promise<unknown>): Promise<Pair> => {
  const [store, bare]: [number[], number[]] = [[], []]
  for (let run = -10; run < runs; run += 1) {
    let from = performance.now()
    await ours(() => (from = performance.now()))
    const between = performance.now()
    const ourTime = between - from
    await theirs()
    if (run < 0) continue
    store.push(ourTime)
    bare.push(performance.now() - between)
  }
  const [ourFigure, bareFigure] = [figureOf(store), figureOf(bare)]
  return { store: ourFigure, bare: bareFigure, ratio: round(ourFigure.p50 / bareFigure.p50) }
}

export const figureOf = (times: readonly number[]): Figure => {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

const round = (value: number) => Math.round(value * 1_000) / 1_000
