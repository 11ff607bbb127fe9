// The writes of one journey before they are committed: reads see them, the store does not.
import type { Store, TableName, Write } from '../ports/store.ts'
import type { Tables } from '../ports/tables.ts'

export interface Draft {
  get<T extends TableName>(table: T, key: Tables[T]['key']): Promise<Tables[T]['value'] | undefined>
  put<T extends TableName>(table: T, key: Tables[T]['key'], value: Tables[T]['value']): void
  delete<T extends TableName>(table: T, key: Tables[T]['key']): void
  /** The last write of each record, in the order of the first. */
  writes(): readonly Write[]
}

export const createDraft = (store: Store): Draft => {
  const writesByRecord = new Map<string, Write>()
  const name = (table: TableName, key: readonly unknown[]) => `${table} ${key.join(' ')}`
  return {
    get: async (table, key) => {
      const written = writesByRecord.get(name(table, key))
      if (written !== undefined) return written.kind === 'put' ? written.value : undefined
      return store.read((reader) => reader.get(table, key))
    },
    put: (table, key, value) => {
      writesByRecord.set(name(table, key), { kind: 'put', table, key, value } as Write)
    },
    delete: (table, key) => {
      writesByRecord.set(name(table, key), { kind: 'delete', table, key } as Write)
    },
    writes: () => [...writesByRecord.values()],
  }
}
