// The node's Ed25519 key, kept in the data folder so that its address outlives restarts and upgrades.
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { generateKeyPair, privateKeyFromProtobuf, privateKeyToProtobuf } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'

const fileName = 'identity.key'

/** The kept key, or a new one that is kept from now on. Throws when the folder cannot be used or the file is damaged. */
export const loadIdentity = async (folder: string): Promise<PrivateKey> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, fileName)
  const kept = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (kept !== undefined) {
    await chmod(path, 0o600)
    return privateKeyFromProtobuf(kept)
  }
  const key = await generateKeyPair('Ed25519')
  // Written beside and renamed, so that a crash in between cannot leave half a key.
  const beside = `${path}.new`
  const file = await open(beside, 'w', 0o600)
  await file.writeFile(privateKeyToProtobuf(key))
  await file.sync()
  await file.close()
  await rename(beside, path)
  return key
}
