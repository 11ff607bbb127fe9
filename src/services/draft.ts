// The writes of one journey before they are committed: reads see them, the store does not. What a journey has read once it does not read
// again, since no other changes the records of its conversation meanwhile.
import type { Store, TableName, Write } from '../ports/store.ts'
import type { Tables } from '../ports/tables.ts'

export interface Draft {
  get<T extends TableName>(table: T, key: Tables[T]['key']): Promise<Tables[T]['value'] | undefined>
  put<T extends TableName>(table: T, key: Tables[T]['key'], value: Tables[T]['value']): void
  delete<T extends TableName>(table: T, key: Tables[T]['key']): void
  /** Reads records of one table that will be asked for, all in one look: a look costs far more than a record. */
  prefetch<T extends TableName>(table: T, keys: readonly Tables[T]['key'][]): Promise<void>
  /** Says that a record cannot exist yet, so that nobody looks. */
  expectNone<T extends TableName>(table: T, key: Tables[T]['key']): void
  /** Gives out bytes once this is committed: an own event, sealed for those who hold its epoch. */
  hand(sealed: Uint8Array): void
  /** The last write of each record, in the order of the first. */
  writes(): readonly Write[]
  handed(): readonly Uint8Array[]
}

/** Ratchets as last committed: each message needs one, and this tab alone changes them. */
export interface KnownRecords {
  get(name: string): Tables['senderChains']['value'] | undefined
  /** Call once the writes are on the disk. */
  committed(writes: readonly Write[]): void
}

/** Senders whose ratchets are known without a look: a few conversations of many. */
const maxKnown = 256

export const createKnownRecords = (): KnownRecords => {
  const known = new Map<string, Tables['senderChains']['value']>()
  return {
    get: (name) => known.get(name),
    committed: (writes) => {
      for (const write of writes) {
        if (write.table !== 'senderChains') continue
        const name = nameOf(write.table, write.key)
        known.delete(name)
        if (write.kind === 'put') known.set(name, write.value)
        if (known.size > maxKnown) known.delete(known.keys().next().value ?? '')
      }
    },
  }
}

export const createDraft = (store: Store, known?: KnownRecords): Draft => {
  const writesByRecord = new Map<string, Write>()
  const reads = new Map<string, Promise<unknown>>()
  const handed: Uint8Array[] = []
  return {
    get: async (table, key) => {
      const name = nameOf(table, key)
      const written = writesByRecord.get(name)
      if (written !== undefined) return written.kind === 'put' ? written.value : undefined
      const read = reads.get(name) ?? Promise.resolve(known?.get(name) ?? store.read((reader) => reader.get(table, key), [table]))
      reads.set(name, read)
      return read as Promise<Tables[typeof table]['value'] | undefined>
    },
    put: (table, key, value) => {
      writesByRecord.set(nameOf(table, key), { kind: 'put', table, key, value } as Write)
    },
    delete: (table, key) => {
      writesByRecord.set(nameOf(table, key), { kind: 'delete', table, key } as Write)
    },
    prefetch: async (table, keys) => {
      const keyByName = new Map(keys.map((key) => [nameOf(table, key), key]))
      const wanted = [...keyByName].filter(([name]) => !writesByRecord.has(name) && !reads.has(name))
      if (wanted.length === 0) return
      const found = await store.read((reader) => Promise.all(wanted.map(([, key]) => reader.get(table, key))), [table])
      for (const [index, [name]] of wanted.entries()) reads.set(name, Promise.resolve(found[index]))
    },
    expectNone: (table, key) => {
      reads.set(nameOf(table, key), Promise.resolve(undefined))
    },
    hand: (sealed) => {
      handed.push(sealed)
    },
    writes: () => [...writesByRecord.values()],
    handed: () => handed,
  }
}

const nameOf = (table: TableName, key: readonly unknown[]): string => `${table} ${key.join(' ')}`
