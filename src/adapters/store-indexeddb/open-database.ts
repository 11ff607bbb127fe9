// Opening: it makes or upgrades the object stores where needed, waits for tabs that hold an older version until they have let go, and lets
// go itself as soon as another tab wants to upgrade or to delete.
import { deleteDB, openDB, unwrap } from 'idb'
import { nameOf, toStoreError } from './failures.ts'
import { migrations as released, type Migration } from './migrations.ts'

/** Chromium before 147 now and then fails to open a sound database, and opens it when asked again. */
const attempts = 4

export interface DatabaseOptions {
  readonly name: string
  readonly migrations?: readonly Migration[]
  /** The connection went for good: another tab upgrades or deletes the database, or the browser took it away. */
  readonly onGone: () => void
}

/** Throws a StoreError, also for a database that a newer version of the page has made. */
export const openDatabase = async (options: DatabaseOptions): Promise<IDBDatabase> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openOnce(options)
    } catch (failure) {
      if (attempt === attempts || nameOf(failure) !== 'UnknownError') throw toStoreError(failure)
    }
  }
}

export const deleteDatabase = async (name: string): Promise<void> => {
  try {
    await deleteDB(name)
  } catch (failure) {
    throw toStoreError(failure)
  }
}

const openOnce = async ({ name, migrations = released, onGone }: DatabaseOptions): Promise<IDBDatabase> => {
  let reason: unknown
  try {
    const database = await openDB(name, migrations.at(-1)?.version, {
      upgrade: (upgraded, from, _to, transaction) => {
        // The request says only that the upgrade was aborted; why is known here.
        transaction.done.catch((failure: unknown) => (reason ??= failure))
        try {
          migrate(unwrap(upgraded), from, migrations)
        } catch (failure) {
          reason = failure
          transaction.abort()
        }
      },
      blocking: (_from, _to, event) => {
        // Politely: whoever waits for this tab to let go gets on at once. To go on here would mean to write with yesterday's rules.
        ;(event.target as IDBDatabase).close()
        onGone()
      },
      terminated: onGone,
    })
    return unwrap(database)
  } catch (failure) {
    throw reason ?? failure
  }
}

const migrate = (database: IDBDatabase, from: number, migrations: readonly Migration[]): void => {
  for (const { version, adds, drops = [] } of migrations) {
    if (version <= from) continue
    for (const table of adds) database.createObjectStore(table, { keyPath: 'k' })
    for (const table of drops) database.deleteObjectStore(table)
  }
}
