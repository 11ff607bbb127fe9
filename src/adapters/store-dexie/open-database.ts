// Opening through Dexie: it runs the migrations, waits for tabs that hold an older version, and copes with browsers' known troubles.
import { Dexie } from 'dexie'
import { StoreError } from '../../ports/store.ts'
import { toStoreError } from './failures.ts'
import { migrations as released, type Migration } from './migrations.ts'

// On localhost Dexie would tell the console of every page that is put away.
Dexie.debug = false

export interface Database {
  readonly name: string
  /** The connection; opened (again) when there is none, as after the page was put away and came back. Throws a StoreError. */
  connection(): Promise<IDBDatabase>
  /** The connection if it stands: what was asked for first must also get its transaction first, so nobody waits without need. */
  standing(): IDBDatabase | undefined
  close(): void
  delete(): Promise<void>
}

export interface DatabaseOptions {
  readonly name: string
  readonly migrations?: readonly Migration[]
  /** The connection went for good: another tab upgrades or deletes the database, or the browser took it away. */
  readonly onGone: () => void
}

export const createDatabase = ({ name, migrations = released, onGone }: DatabaseOptions): Database => {
  const dexie = new Dexie(name, { autoOpen: false, cache: 'disabled' })
  for (const { version, adds, drops = [] } of migrations) {
    const stores = [...adds.map((table) => [table, 'k']), ...drops.map((table) => [table, null])]
    dexie.version(version).stores(Object.fromEntries(stores) as Record<string, string | null>)
  }
  dexie.on('versionchange', () => {
    // Politely: whoever waits for this tab to let go gets on at once. To go on here would mean to write with yesterday's rules.
    onGone()
    return false
  })
  // Nothing to say to the console: it goes on by itself as soon as the other tab has let go.
  dexie.on('blocked', () => false)

  const open = async (): Promise<IDBDatabase> => {
    try {
      await refuseFuture(name, dexie.verno)
      await dexie.open()
    } catch (cause) {
      throw toStoreError(cause)
    }
    const connection = dexie.backendDB()
    connection.addEventListener('close', onGone)
    return connection
  }
  const standing = () => (dexie.isOpen() ? dexie.backendDB() : undefined)
  return {
    name,
    standing,
    connection: async () => standing() ?? open(),
    close: () => dexie.close(),
    delete: async () => {
      try {
        await dexie.delete()
      } catch (cause) {
        throw toStoreError(cause)
      }
    },
  }
}

/**
 * Dexie would open a database that a newer version of the page has made, and even put back tables that were dropped. This code does not
 * understand its records and must not touch it. IndexedDB's version is ten times Dexie's.
 */
const refuseFuture = async (name: string, version: number): Promise<void> => {
  const known = await indexedDB.databases()
  const found = known.find((database) => database.name === name)?.version ?? 0
  if (found < (version + 1) * 10) return
  throw new StoreError('broken', new Error('the database was made by a newer version of the page'))
}
