// The log of LevelDB, in which Chromium writes an origin's databases, cut short behind the browser's back: as by a power failure, or by a kill
// in the middle of a write.
import { readdir, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'

export interface DatabaseLog {
  readonly path: string
  readonly bytes: number
}

/** The newest log of a browser that is closed. */
export const databaseLog = async (profile: string): Promise<DatabaseLog> => {
  const all = await readdir(profile, { recursive: true })
  const logs = await Promise.all(
    all
      .filter((path) => /IndexedDB\/[^/]*\.leveldb\/\d+\.log$/.test(path))
      .map(async (path) => {
        const { size, mtimeMs } = await stat(join(profile, path))
        return { path: join(profile, path), bytes: size, at: mtimeMs }
      }),
  )
  const newest = logs.toSorted((a, b) => b.at - a.at)[0]
  if (newest === undefined) throw new Error('the browser wrote no database')
  return newest
}

/** Keeps the first `bytes`. The end may come to lie within a record. */
export const cutLog = ({ path }: DatabaseLog, bytes: number): Promise<void> => truncate(path, bytes)
