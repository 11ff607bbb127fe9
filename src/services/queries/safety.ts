// The safety number with somebody.
import type { IdentityId } from '../../core/ids.ts'
import { safetyNumber } from '../../core/verification/safety-number.ts'
import type { SafetyView } from '../../ports/queries.ts'
import type { StoreReader } from '../../ports/store.ts'
import { personView } from './people.ts'

export const readSafety = async (reader: StoreReader, person: IdentityId): Promise<SafetyView | undefined> => {
  const profile = await reader.get('profile', ['me'])
  const records = await reader.list('conversations', [])
  const name = records.flatMap(({ value }) => value.names).find((known) => known.identity === person)?.name
  if (profile === undefined || name === undefined || person === profile.identity) return undefined
  return {
    person: personView(person, name, profile.identity),
    digits: safetyNumber(profile.identity, person),
    verified: (await reader.get('people', [person]))?.verified === true,
  }
}
