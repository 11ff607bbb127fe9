// Who this device is: made at the first start, before anybody has typed a name, so that an invite can be looked at and joined at once.
import { deviceId, identityId } from '../core/ids.ts'
import { announcementMessage, certificateMessage, hpkeKeyName, type DeviceCard, type PersonCard } from '../core/members/card.ts'
import type { ProfileRecord } from '../ports/tables.ts'
import type { Deps } from './deps.ts'

/** The profile of this device; made on the first call. Its name is empty until the person has given one. */
export const ensureProfile = async (deps: Pick<Deps, 'store' | 'signer' | 'hpke' | 'clock' | 'random' | 'config'>): Promise<ProfileRecord> => {
  const known = await deps.store.read((reader) => reader.get('profile', ['me']))
  if (known !== undefined) return known
  const { signer, random, clock } = deps
  const identitySeed = random.bytes(32)
  const deviceSeed = random.bytes(32)
  const identity = identityId(await signer.publicKey(identitySeed))
  const device = deviceId(await signer.publicKey(deviceSeed))
  const keys = await deps.hpke.generate(deps.config.suite)
  const createdAt = Math.max(0, Math.floor(clock.now()))
  const unsigned = { identity, device, suite: keys.suite, hpkeKey: keys.publicKey, createdAt }
  const card: DeviceCard = {
    ...unsigned,
    certificate: await signer.sign(identitySeed, certificateMessage(identity, device)),
    announcement: await signer.sign(deviceSeed, announcementMessage(unsigned)),
  }
  const profile: ProfileRecord = { name: '', identity, identitySeed, deviceSeed, card }
  await deps.store.commit([
    { kind: 'put', table: 'profile', key: ['me'], value: profile },
    {
      kind: 'put',
      table: 'hpkeKeys',
      key: [hpkeKeyName(keys.publicKey)],
      value: { suite: keys.suite, privateKey: keys.privateKey, createdAt },
    },
  ])
  return profile
}

export const personCardOf = (profile: ProfileRecord): PersonCard => ({
  identity: profile.identity,
  name: profile.name,
  devices: [profile.card],
})
