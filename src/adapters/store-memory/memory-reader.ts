// One consistent view for one `read`, and a note of what it looked at, so that a watch knows which commits concern it.
import { beginsWith, compareKeys, copyKey } from '../../core/record/key.ts'
import { copyPlain } from '../../core/record/plain.ts'
import type { Key, ListOptions, StoreReader, TableName, Write } from '../../ports/store.ts'
import { damaged, isAt, placeOf, type Row, type State } from './memory-disk.ts'

/** Something that a read looked at: one key, or everything that begins with it. */
export interface Look {
  readonly table: TableName
  readonly key: Key
  readonly exact: boolean
}

export const concerns = (looks: readonly Look[], writes: readonly Write[]): boolean =>
  looks.some((look) =>
    writes.some(({ table, key }) => table === look.table && beginsWith(key, look.key) && (!look.exact || key.length === look.key.length)),
  )

export interface ReaderOptions {
  readonly state: State
  /** Asked before every step; throws when the reader may not be used (any more). */
  readonly check: () => void
  readonly onDamaged: (table: TableName, key: Key) => void
  readonly onLook?: (look: Look) => void
}

export const createMemoryReader = ({ state, check, onDamaged, onLook }: ReaderOptions): StoreReader => {
  const rowsAt = (table: TableName, key: Key, exact: boolean): readonly Row[] => {
    check()
    onLook?.({ table, key: copyKey(key), exact })
    return state.get(table) ?? []
  }
  // The table decides the type of the value; what was put under a table's name can only be of its type.
  const reader = {
    get: async (table: TableName, key: Key) => {
      const rows = rowsAt(table, key, true)
      const at = placeOf(rows, key)
      if (!isAt(rows, at, key)) return undefined
      const { value } = rows[at]!
      if (value !== damaged) return copyPlain(value)
      onDamaged(table, key)
      return undefined
    },
    list: async (table: TableName, prefix: Key, { limit = Infinity, ...order }: ListOptions = {}) => {
      const entries = []
      for (const { key, value } of inOrder(rowsAt(table, prefix, false), prefix, order)) {
        if (entries.length >= limit) break
        if (value === damaged) onDamaged(table, key)
        else entries.push({ key: [...key], value: copyPlain(value) })
      }
      return entries
    },
    keys: async (table: TableName, prefix: Key, order: ListOptions = {}) =>
      Array.from(inOrder(rowsAt(table, prefix, false), prefix, order), ({ key }) => [...key]),
    count: async (table: TableName, prefix: Key) => {
      const [from, to] = spanOf(rowsAt(table, prefix, false), prefix)
      return to - from
    },
  }
  return reader as unknown as StoreReader
}

/** The rows that begin with `prefix`, in the order asked for, from behind `after` on. */
function* inOrder(rows: readonly Row[], prefix: Key, { reverse = false, after }: ListOptions): Generator<Row> {
  const [from, to] = spanOf(rows, prefix)
  const step = reverse ? -1 : 1
  let at = reverse ? to - 1 : from
  if (after !== undefined) {
    const place = placeOf(rows, copyKey(after))
    at = reverse ? Math.min(at, place - 1) : Math.max(at, isAt(rows, place, after) ? place + 1 : place)
  }
  for (; at >= from && at < to; at += step) yield rows[at]!
}

/** First index of the rows that begin with `prefix`, and the one after the last. */
const spanOf = (rows: readonly Row[], prefix: Key): readonly [from: number, to: number] => {
  if (prefix.length === 0) return [0, rows.length]
  const from = placeOf(rows, prefix)
  let low = from
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const { key } = rows[middle]!
    if (beginsWith(key, prefix) || compareKeys(key, prefix) < 0) low = middle + 1
    else high = middle
  }
  return [from, low]
}
