// The store of a real browser: IndexedDB, with every value sealed under the vault key. It promises what src/ports/store.ts says. A commit
// costs one transaction of its own and tells every tab when it is on the disk.
import type { Random } from '../../ports/clock.ts'
import { StoreError, type Key, type Store, type StoreReader } from '../../ports/store.ts'
import { commitSealed, sealWrite } from './commit.ts'
import { toStoreError } from './failures.ts'
import { beginFreshLog } from './fresh-log.ts'
import { createIndexedDbReader } from './indexeddb-reader.ts'
import type { Migration } from './migrations.ts'
import { createNewsDesk } from './news.ts'
import { deleteDatabase, openDatabase } from './open-database.ts'
import { createSealedRecords } from './sealed-records.ts'
import { changesOf } from './spans.ts'
import { createWatch, type Watching } from './watch.ts'

export interface IndexedDbStoreOptions {
  /** The database's name in this origin. */
  readonly name: string
  /** 32 bytes. With another key than the one that wrote them, all records count as damaged. */
  readonly vaultKey: Uint8Array
  readonly random: Random
  /** Other than the released ones only in tests. */
  readonly migrations?: readonly Migration[]
}

export interface IndexedDbStore extends Store {
  /**
   * All watches read anew. To be called in a worker when its page comes back after it was put away: nobody keeps for it what other tabs
   * committed meanwhile, and the worker itself does not notice that time stood still.
   */
  recheck(): void
}

/** Opens the database, and makes or upgrades it first where needed. Throws a StoreError when it cannot be used. */
export const createIndexedDbStore = async ({ name, vaultKey, random, migrations }: IndexedDbStoreOptions): Promise<IndexedDbStore> => {
  let closed = false
  const damaged = new Set<string>()
  const endings = new Set<() => void>()
  const commits = new Set<Promise<void>>()

  const end = () => {
    closed = true
    for (const stop of endings) stop()
    news.close()
  }
  const checkOpen = () => {
    if (closed) throw new StoreError('closed')
  }
  const records = createSealedRecords({ vaultKey, random })
  void beginFreshLog(`${name}-log`)
  const connection = await openDatabase({ name, onGone: () => end(), ...(migrations === undefined ? {} : { migrations }) })
  const news = createNewsDesk(name)

  const readOnce = async <T>(what: (reader: StoreReader) => Promise<T>, { onLook, tables }: Watching = {}): Promise<T> => {
    checkOpen()
    let over = false
    let outside = false
    let begun: IDBTransaction | undefined
    const transaction = (table: string) => {
      if (over) throw new Error('a reader was used after its read')
      checkOpen()
      outside ||= tables !== undefined && !tables.has(table)
      if (outside) throw new Error('another table than the last time')
      begun ??= beginRead(connection, tables)
      return begun
    }
    const onDamaged = (table: string, key: Key) => damaged.add(JSON.stringify([table, key]))
    try {
      const value = await what(createIndexedDbReader({ transaction, records, onDamaged, ...(onLook === undefined ? {} : { onLook }) }))
      if (!outside) return value
    } catch (failure) {
      if (!outside) throw failure
    } finally {
      over = true
    }
    return readOnce(what, onLook === undefined ? {} : { onLook })
  }

  const commit: Store['commit'] = async (writes, durability = 'strict') => {
    checkOpen()
    const sealed = writes.map((write) => sealWrite(records, write))
    if (sealed.length === 0) return
    await commitSealed(connection, sealed, durability)
    news.announce(changesOf(sealed))
  }
  const close = async () => {
    closed = true
    await Promise.allSettled(commits)
    end()
    connection.close()
  }

  return {
    read: (what, tables) => readOnce(what, tables === undefined ? {} : { tables: new Set(tables) }),
    commit: (writes, durability) => {
      const committed = commit(writes, durability).finally(() => commits.delete(committed))
      commits.add(committed)
      return committed
    },
    watch: (what, pace = 'prompt') =>
      createWatch({ news, read: (watching) => readOnce(what, watching), pace, endings, isClosed: () => closed }),
    recheck: () => news.miss(),
    damaged: () => damaged.size,
    close,
    destroy: async () => {
      await close()
      await deleteDatabase(name)
    },
  }
}

/** Over all tables unless they are known: a read says only on its way what it needs, and must see one state of all of it. */
const beginRead = (connection: IDBDatabase, tables?: ReadonlySet<string>): IDBTransaction => {
  try {
    return connection.transaction(tables === undefined ? connection.objectStoreNames : [...tables], 'readonly')
  } catch (thrown) {
    throw toStoreError(thrown)
  }
}
