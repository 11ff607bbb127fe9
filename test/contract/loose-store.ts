// The store port without the tables' types: contracts speak of any key and any plain value.
import type { Live } from '../../src/ports/live.ts'
import type { Key, ListOptions, Store } from '../../src/ports/store.ts'

export type LooseWrite =
  | { readonly kind: 'put'; readonly table: string; readonly key: Key; readonly value: unknown }
  | { readonly kind: 'delete'; readonly table: string; readonly key: Key }

export interface LooseEntry {
  readonly key: Key
  readonly value: unknown
}

export interface LooseReader {
  get(table: string, key: Key): Promise<unknown>
  list(table: string, prefix: Key, options?: ListOptions): Promise<readonly LooseEntry[]>
  keys(table: string, prefix: Key, options?: Omit<ListOptions, 'limit'>): Promise<readonly Key[]>
  count(table: string, prefix: Key): Promise<number>
}

export interface LooseStore {
  read<T>(read: (reader: LooseReader) => Promise<T>): Promise<T>
  commit(writes: readonly LooseWrite[], durability?: 'strict' | 'relaxed'): Promise<void>
  watch<T>(read: (reader: LooseReader) => Promise<T>, pace?: 'prompt' | 'calm'): Live<T>
  damaged(): number
  close(): Promise<void>
  destroy(): Promise<void>
}

export const loosen = (store: Store): LooseStore => store

export const put = (table: string, key: Key, value: unknown): LooseWrite => ({ kind: 'put', table, key, value })
export const remove = (table: string, key: Key): LooseWrite => ({ kind: 'delete', table, key })
