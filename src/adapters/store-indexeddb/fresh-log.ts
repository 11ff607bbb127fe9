// Chromium keeps an origin's databases in one LevelDB and goes on writing in the log that it finds. If the browser was killed in the middle of
// a record, the next one is written behind what is left of it, and whoever reads the log after that takes it for corrupt and throws all
// databases away (google/leveldb, issue 1287). So every start begins a new log. Decision 0038.
import { deleteDB, openDB } from 'idb'

/**
 * Makes and deletes a small database of its own: what LevelDB does in return is compact, which moves the log into a table, leaves its torn end
 * behind, and begins the next log. Milliseconds, and nothing to undo elsewhere. Never throws: without room there is nothing that it could do.
 */
export const beginFreshLog = async (name: string): Promise<void> => {
  try {
    const made = await openDB(name, 1, { upgrade: (database) => void database.createObjectStore('nothing') })
    made.close()
    await deleteDB(name)
  } catch {
    // The next start tries again, as long as the browser can read what is there.
  }
}
