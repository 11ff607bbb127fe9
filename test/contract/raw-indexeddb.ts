// IndexedDB without any of our code: to do to a database what only a thief, a fault or an older page would do.

export const rawOpen = (name: string, version?: number): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = version === undefined ? indexedDB.open(name) : indexedDB.open(name, version)
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('not opened')))
  })

export const rawRequest = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('failed')))
  })

/** Runs `use` over one object store, and settles when its transaction has completed. */
export const rawUse = async <T>(name: string, table: string, use: (store: IDBObjectStore) => Promise<T>): Promise<T> => {
  const database = await rawOpen(name)
  try {
    const transaction = database.transaction(table, 'readwrite')
    const complete = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve())
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')))
    })
    const result = await use(transaction.objectStore(table))
    await complete
    return result
  } finally {
    database.close()
  }
}
