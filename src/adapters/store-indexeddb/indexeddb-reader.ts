// One consistent view for one `read`: a single read transaction over all tables. Promises here settle inside of IndexedDB's own events
// and everything else is synchronous, so the transaction stays alive for as long as the read awaits nothing but its reader.
import { copyKey } from '../../core/record/key.ts'
import type { Key, ListOptions, StoreReader, TableName } from '../../ports/store.ts'
import { prefixRange, rangeAfter } from './key-range.ts'
import { answer, newestRows, type Row } from './requests.ts'
import type { SealedRecords } from './sealed-records.ts'

export interface ReaderOptions {
  /** The transaction of this read, for a table; throws when the read is over. */
  readonly transaction: (table: string) => IDBTransaction
  readonly records: SealedRecords
  readonly onDamaged: (table: string, key: Key) => void
  /** Told of every key (`exact`) or prefix before it is looked at. */
  readonly onLook?: (table: string, key: Key, exact: boolean) => void
}

export const createIndexedDbReader = ({ transaction, records, onDamaged, onLook }: ReaderOptions): StoreReader => {
  const valueOf = (table: string, { k, v }: Row): unknown => {
    const value = records.open(table, k, v)
    if (value === undefined) onDamaged(table, k)
    return value
  }
  const storeOf = (table: string) => transaction(table).objectStore(table)

  const reader = {
    get: async (table: TableName, key: Key) => {
      const at = copyKey(key)
      onLook?.(table, at, true)
      const row = await answer<Row | undefined>(() => storeOf(table).get(at as IDBValidKey))
      return row === undefined ? undefined : valueOf(table, row)
    },
    list: async (table: TableName, prefix: Key, { reverse = false, limit = Infinity, after }: ListOptions = {}) => {
      onLook?.(table, copyKey(prefix), false)
      const entries: { key: Key; value: unknown }[] = []
      let last = after
      while (entries.length < limit) {
        const range = rangeAfter(prefix, last, reverse)
        if (range === undefined) break
        const wanted = limit - entries.length
        const rows = await rowsIn(() => storeOf(table), range, reverse, wanted)
        for (const row of rows) {
          const value = valueOf(table, row)
          if (value !== undefined) entries.push({ key: row.k, value })
        }
        // Damaged rows count as absent: those behind them move up until the limit is reached or nothing is left.
        if (rows.length < wanted) break
        last = rows.at(-1)?.k
      }
      return entries
    },
    keys: async (table: TableName, prefix: Key, { reverse = false, after }: ListOptions = {}) => {
      onLook?.(table, copyKey(prefix), false)
      const range = rangeAfter(prefix, after, reverse)
      const keys = range === undefined ? [] : await answer(() => storeOf(table).getAllKeys(range))
      return reverse ? keys.toReversed() : keys
    },
    count: async (table: TableName, prefix: Key) => {
      onLook?.(table, copyKey(prefix), false)
      return answer<number>(() => storeOf(table).count(prefixRange(prefix)))
    },
  }
  // The table decides the type of the value; what was put under a table's name can only be of its type.
  return reader as unknown as StoreReader
}

const rowsIn = async (store: () => IDBObjectStore, range: IDBKeyRange, reverse: boolean, limit: number): Promise<readonly Row[]> => {
  const bounded = Number.isFinite(limit)
  if (reverse && bounded) return newestRows(store, range, limit)
  const rows = await answer<Row[]>(() => store().getAll(range, ...(bounded ? [limit] : [])))
  return reverse ? rows.toReversed() : rows
}
