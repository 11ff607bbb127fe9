// Devices that are known by a number, for tests in which nobody needs a key.
import { ed25519 } from '@noble/curves/ed25519.js'
import { deviceId, type DeviceId } from '../../src/core/ids.ts'

export const deviceOf = (n: number): DeviceId => deviceId(ed25519.getPublicKey(new Uint8Array(32).fill(n)))
