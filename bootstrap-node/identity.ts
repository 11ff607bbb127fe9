// The node's Ed25519 key, kept in the data folder so that its address outlives restarts and upgrades.
import { generateKeyPair, privateKeyFromProtobuf, privateKeyToProtobuf } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'
import { keptFile } from './kept-file.ts'

/** The kept key, or a new one that is kept from now on. Throws when the folder cannot be used or the file is damaged. */
export const loadIdentity = async (folder: string): Promise<PrivateKey> =>
  privateKeyFromProtobuf(await keptFile(folder, 'identity.key', async () => privateKeyToProtobuf(await generateKeyPair('Ed25519'))))
