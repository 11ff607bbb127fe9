// One journey's writes as one transaction. Values are sealed before it begins, so nothing inside can fail for another reason than the
// disk's, and nothing is waited for in the middle.
import type { Key, Write } from '../../ports/store.ts'
import { toStoreError } from './failures.ts'
import type { SealedRecords } from './sealed-records.ts'
import { copyKey } from '../../core/record/key.ts'

export type SealedWrite =
  | { readonly kind: 'put'; readonly table: string; readonly key: Key; readonly sealed: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'delete'; readonly table: string; readonly key: Key }

/** Throws a TypeError for a key or a value that cannot be stored. */
export const sealWrite = (records: SealedRecords, write: Write): SealedWrite => {
  const key: Key = copyKey<Key>(write.key)
  if (write.kind === 'delete') return { kind: 'delete', table: write.table, key }
  return { kind: 'put', table: write.table, key, sealed: records.seal(write.table, key, write.value) }
}

/** Settles when all of it is written (with `strict`, on the disk). Rejects with a StoreError when none of it is. */
export const commitSealed = (connection: IDBDatabase, writes: readonly SealedWrite[], durability: 'strict' | 'relaxed'): Promise<void> =>
  new Promise((resolve, reject) => {
    const tables = [...new Set(writes.map(({ table }) => table))]
    let transaction: IDBTransaction
    try {
      transaction = connection.transaction(tables, 'readwrite', { durability })
    } catch (thrown) {
      reject(toStoreError(thrown))
      return
    }
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () => reject(toStoreError(transaction.error)))
    try {
      for (const write of writes) {
        const store = transaction.objectStore(write.table)
        if (write.kind === 'put') store.put({ k: write.key, v: write.sealed })
        else store.delete(write.key as IDBValidKey)
      }
      // Without waiting for the answers: a request that fails still takes the whole transaction back.
      transaction.commit()
    } catch (thrown) {
      transaction.abort()
      reject(toStoreError(thrown))
    }
  })
