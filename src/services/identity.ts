// Who this device is: made at the first start, before anybody has typed a name, so that an invite can be looked at and joined at once.
import { deviceId, identityId } from '../core/ids.ts'
import { certificateMessage, type DeviceCard, type PersonCard } from '../core/members/card.ts'
import type { StoreReader } from '../ports/store.ts'
import type { ProfileRecord } from '../ports/tables.ts'
import type { Deps } from './deps.ts'

/**
 * Whether this device has an identity that cannot be read back: a damaged record, or the key of the database is lost. Nothing may be
 * written over it, or everything that was said under it would be lost for good.
 */
export const isIdentityUnreadable = async (reader: StoreReader): Promise<boolean> =>
  (await reader.get('profile', ['me'])) === undefined && (await reader.count('profile', [])) > 0

/** The profile of this device; made on the first call. Its name is empty until the person has given one. */
export const ensureProfile = async ({ store, signer, random }: Pick<Deps, 'store' | 'signer' | 'random'>): Promise<ProfileRecord> => {
  const known = await store.read((reader) => reader.get('profile', ['me']))
  if (known !== undefined) return known
  const identitySeed = random.bytes(32)
  const deviceSeed = random.bytes(32)
  const identity = identityId(await signer.publicKey(identitySeed))
  const device = deviceId(await signer.publicKey(deviceSeed))
  const certificate = await signer.sign(identitySeed, certificateMessage(identity, device))
  const profile: ProfileRecord = { name: '', identity, identitySeed, device, deviceSeed, certificate }
  await store.commit([{ kind: 'put', table: 'profile', key: ['me'], value: profile }])
  return profile
}

export const personCardOf = (profile: ProfileRecord, card: DeviceCard): PersonCard => ({
  identity: profile.identity,
  name: profile.name,
  devices: [card],
})
