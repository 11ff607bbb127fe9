// IndexedDB's requests as promises. They settle within the request's own event, which keeps its transaction alive for the next one.
import type { Key } from '../../ports/store.ts'
import { toStoreError } from './failures.ts'

/** A row as it lies in every object store; `k` is its key path. */
export interface Row {
  readonly k: Key
  readonly v: unknown
}

/** The result of one request. */
export const answer = <T>(ask: () => IDBRequest<T>): Promise<T> =>
  asked((resolve, reject) => {
    const request = ask()
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(toStoreError(request.error)))
  })

/**
 * The last few rows of a range, newest first: what every conversation on the screen asks for. Chromium 141 and its peers read them in
 * one request; before that a cursor walks backwards, one event for each row.
 */
export const newestRows = (store: () => IDBObjectStore, range: IDBKeyRange, limit: number): Promise<readonly Row[]> => {
  const count = Math.min(limit, 0xffff_ffff)
  // `getAllRecords` came in the same releases; an older browser would take the options for a key and throw.
  if (!('getAllRecords' in IDBObjectStore.prototype)) return walkBack(store, range, count)
  const options: unknown = { query: range, count, direction: 'prev' }
  return answer(() => store().getAll(options as IDBKeyRange))
}

const walkBack = (store: () => IDBObjectStore, range: IDBKeyRange, count: number): Promise<readonly Row[]> =>
  asked((resolve, reject) => {
    const rows: Row[] = []
    const request = store().openCursor(range, 'prev')
    request.addEventListener('error', () => reject(toStoreError(request.error)))
    request.addEventListener('success', () => {
      const cursor = request.result
      if (cursor !== null) rows.push(cursor.value as Row)
      if (cursor === null || rows.length >= count) resolve(rows)
      else cursor.continue()
    })
  })

/** A transaction that is over is the fault of the read that outlived it: a bug, so it is said and not swallowed. */
const asked = <T>(ask: (resolve: (value: T) => void, reject: (failure: Error) => void) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    try {
      ask(resolve, reject)
    } catch (thrown) {
      const isOver = thrown instanceof DOMException && (thrown.name === 'TransactionInactiveError' || thrown.name === 'InvalidStateError')
      reject(isOver ? new Error('a reader was used after its read; a read awaits nothing but its reader') : (thrown as Error))
    }
  })
