// A secret in the data folder: readable by its owner alone, and whole at any time.
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The bytes of `folder/name`; when there is no such file, those of `make`, kept from now on.
 * Throws when the folder cannot be used.
 */
export const keptFile = async (folder: string, name: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> => {
  const kept = await keptBytes(folder, name)
  if (kept !== undefined) return kept
  const made = await make()
  await keep(folder, name, made)
  return made
}

/** The bytes of `folder/name`; `undefined` when there is no such file. Throws when the folder cannot be used. */
export const keptBytes = async (folder: string, name: string): Promise<Uint8Array | undefined> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, name)
  const kept = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (kept !== undefined) await chmod(path, 0o600)
  return kept
}

/** Puts `bytes` at `folder/name`, instead of what was there. */
export const keep = async (folder: string, name: string, bytes: Uint8Array): Promise<void> => {
  const path = join(folder, name)
  // Written beside and renamed, so that a crash in between cannot leave half a file.
  const beside = `${path}.new`
  const file = await open(beside, 'w', 0o600)
  await file.writeFile(bytes)
  await file.sync()
  await file.close()
  await rename(beside, path)
}
