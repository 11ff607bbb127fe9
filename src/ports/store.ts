// The local database: ordered tables of records, one atomic commit per journey, and values that go on. It is the truth on this
// device and the only meeting place of the services. Keys are ids, small numbers and coarse times, and may be seen by a thief with
// the disk; record values are encrypted at rest by adapters that write to a disk.
import type { Live } from './live.ts'
import type { Tables } from './tables.ts'

export type TableName = keyof Tables
export type KeyPart = string | number
export type Key = readonly KeyPart[]

/** One change of a commit. A put replaces the whole record. */
export type Write = { readonly [T in TableName]: Put<T> | Delete<T> }[TableName]

interface Put<T extends TableName> {
  readonly kind: 'put'
  readonly table: T
  readonly key: Tables[T]['key']
  readonly value: Tables[T]['value']
}
interface Delete<T extends TableName> {
  readonly kind: 'delete'
  readonly table: T
  readonly key: Tables[T]['key']
}

export interface ListOptions {
  /** Newest key first. */
  readonly reverse?: boolean
  /** At most this many records. */
  readonly limit?: number
  /** Only keys that come after this one in the order asked for (exclusive). */
  readonly after?: Key
}

export interface Entry<T extends TableName> {
  readonly key: Tables[T]['key']
  readonly value: Tables[T]['value']
}

/**
 * A consistent view of all tables: reads of one `read` see one committed state. A read awaits nothing but its reader (several reads side
 * by side are fine); anything else, such as a timer or the network, ends it, and the reader throws from then on.
 */
export interface StoreReader {
  get<T extends TableName>(table: T, key: Tables[T]['key']): Promise<Tables[T]['value'] | undefined>
  /**
   * Records whose key begins with `prefix`, in key order: part by part, numbers by value and before strings, strings by code unit.
   */
  list<T extends TableName>(table: T, prefix: Key, options?: ListOptions): Promise<readonly Entry<T>[]>
  /** The keys of such records without the records, which takes a small part of the time; damaged ones too. */
  keys<T extends TableName>(table: T, prefix: Key, options?: Omit<ListOptions, 'limit'>): Promise<readonly Tables[T]['key'][]>
  /** How many records a `list` with this prefix would give, counting damaged ones too. */
  count(table: TableName, prefix: Key): Promise<number>
}

/** Why a commit did not happen. Nothing of it was written. */
export type StoreFailure = 'quota' | 'closed' | 'broken'

/** Thrown by `commit` and `read` when storage itself fails. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly failure: StoreFailure
  constructor(failure: StoreFailure, cause?: unknown) {
    super(`the local database failed: ${failure}`, { cause })
    this.failure = failure
  }
}

/**
 * Promises that every adapter keeps:
 * - `commit` is atomic: all writes or none, also over a crash. With `strict` (the default) it settles after the bytes are on disk.
 * - A record that cannot be read back (damaged, wrong key) counts as absent and is counted in `damaged`, once; it never fails a whole read.
 * - What `get` and `list` give is the caller's own: changing it changes nothing stored. Values are plain data: objects, arrays,
 *   strings, numbers, booleans, null and Uint8Array; no `undefined`, no Map, no class.
 * - `watch` calls back with the present value soon and again after each commit, from any tab of this browser, that touched a record
 *   which the read saw or would now see. Calls may be merged; the last one is always of the newest state. A `calm` one may let a burst
 *   of commits pass first, for up to a tenth of a second: for what nobody waits for, so that it is not in the way of what somebody does.
 */
export interface Store {
  /** `tables` says what it will look at, if that is known: such a read waits for no commit to other tables, and is quicker begun. */
  read<T>(read: (reader: StoreReader) => Promise<T>, tables?: readonly TableName[]): Promise<T>
  commit(writes: readonly Write[], durability?: 'strict' | 'relaxed'): Promise<void>
  watch<T>(read: (reader: StoreReader) => Promise<T>, pace?: 'prompt' | 'calm'): Live<T>
  /** Records that could not be read back since the store was opened. */
  damaged(): number
  close(): Promise<void>
  /** Closes and removes everything. */
  destroy(): Promise<void>
}

export interface StoreDep {
  readonly store: Store
}
