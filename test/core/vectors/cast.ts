// Alice and Bob with real keys from fixed seeds, so that a second implementation can check every signature in the vectors.
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { kemNumbers } from '../../../src/core/epoch/suite.ts'
import { deviceId, identityId, type DeviceId, type IdentityId } from '../../../src/core/ids.ts'
import { announcementMessage, certificateMessage, type DeviceCard, type PersonCard } from '../../../src/core/members/card.ts'

/** 32 bytes: the SHA-256 of "parley vector " and a name. */
export const seedFor = (name: string): Uint8Array => sha256(utf8ToBytes(`parley vector ${name}`))

export interface Signer {
  readonly name: string
  readonly identity: IdentityId
  readonly device: DeviceId
  readonly card: PersonCard
  readonly deviceSeed: Uint8Array
  readonly identitySeed: Uint8Array
}

const signerCalled = (name: string): Signer => {
  const [identitySeed, deviceSeed] = [seedFor(`identity ${name}`), seedFor(`device ${name}`)]
  const identity = identityId(ed25519.getPublicKey(identitySeed))
  const device = deviceId(ed25519.getPublicKey(deviceSeed))
  // What stands for a public key here is a hash; no vector opens anything with it.
  const announced = {
    identity,
    device,
    keys: [{ suite: kemNumbers.x25519, publicKey: seedFor(`hpke ${name}`) }],
    createdAt: 1_700_000_000_000,
  }
  const card: DeviceCard = {
    ...announced,
    certificate: ed25519.sign(certificateMessage(identity, device), identitySeed),
    announcement: ed25519.sign(announcementMessage(announced), deviceSeed),
  }
  return { name, identity, device, card: { identity, name, devices: [card] }, deviceSeed, identitySeed }
}

export const [alice, bob] = ['Alice', 'Bob'].map(signerCalled) as [Signer, Signer]
