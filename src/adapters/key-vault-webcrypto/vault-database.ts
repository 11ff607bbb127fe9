// The vault's own small database: one object store with one row. A second vault key must never come to be, or a tab would write records
// that the next start cannot read; so one transaction looks and writes, and the loser of a race takes the winner's.

const table = 'vault'
const row = 'key'

export const keptBytes = (name: string): Promise<unknown> => use(name, 'readonly', (store, done) => answerWith(store.get(row), done))

/** Keeps `fresh` unless there is something already; gives what is kept now. Settles when it is on the disk. */
export const keepIfAbsent = (name: string, fresh: unknown): Promise<unknown> =>
  use(name, 'readwrite', (store, done) =>
    answerWith(store.get(row), (kept) => {
      if (kept === undefined) store.add(fresh, row)
      done(kept === undefined ? fresh : kept)
    }),
  )

export const eraseVaultDatabase = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.addEventListener('success', () => resolve())
    request.addEventListener('error', () => reject(reasonOf(request)))
  })

/** One strict transaction; its result once it has completed. The connection does not outlive it, so it never is in anybody's way. */
const use = async (
  name: string,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore, done: (result: unknown) => void) => void,
): Promise<unknown> => {
  const database = await open(name)
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(table, mode, { durability: 'strict' })
      let result: unknown
      transaction.addEventListener('complete', () => resolve(result))
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('the vault could not be used')))
      work(transaction.objectStore(table), (value) => {
        result = value
      })
    })
  } finally {
    database.close()
  }
}

const open = (name: string): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(table))
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(reasonOf(request)))
  })

const answerWith = (request: IDBRequest<unknown>, done: (value: unknown) => void): void =>
  request.addEventListener('success', () => done(request.result))

const reasonOf = (request: IDBRequest): Error => request.error ?? new Error('the vault could not be opened')
