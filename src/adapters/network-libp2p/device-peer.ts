// A device and a libp2p peer are one Ed25519 key under two spellings.
import { publicKeyFromRaw } from '@libp2p/crypto/keys'
import type { PeerId } from '@libp2p/interface'
import { peerIdFromPublicKey } from '@libp2p/peer-id'
import { deviceId, fromHex } from '../../core/ids.ts'
import type { DeviceId } from '../../core/ids.ts'

/** Throws when the 32 bytes cannot be a key. */
export const deviceToPeer = (device: DeviceId): PeerId => peerIdFromPublicKey(publicKeyFromRaw(fromHex(device)))

/** `undefined` for peers whose key is not Ed25519: those are no devices. */
export const peerToDevice = (peer: PeerId): DeviceId | undefined =>
  peer.type === 'Ed25519' && peer.publicKey !== undefined ? deviceId(peer.publicKey.raw) : undefined
