// The safety number with somebody, and the emojis that are compared now.
import type { IdentityId } from '../../core/ids.ts'
import { safetyNumber } from '../../core/verification/safety-number.ts'
import type { ComparisonView, SafetyView } from '../../ports/queries.ts'
import type { StoreReader } from '../../ports/store.ts'
import { notesOf, peopleOf, personView } from './people.ts'

export const readSafety = async (reader: StoreReader, person: IdentityId): Promise<SafetyView | undefined> => {
  const profile = await reader.get('profile', ['me'])
  const records = await reader.list('conversations', [])
  const name = records.flatMap(({ value }) => value.names).find((known) => known.identity === person)?.name
  const note = await reader.get('people', [person])
  if (profile === undefined || name === undefined || person === profile.identity) return undefined
  return {
    person: personView(person, name, profile.identity, note),
    digits: safetyNumber(profile.identity, person),
    verified: note?.verified === true,
    changed: note?.changed === true,
  }
}

export const readComparison = async (reader: StoreReader): Promise<ComparisonView | undefined> => {
  const [profile, row] = await Promise.all([reader.get('profile', ['me']), reader.get('live', ['comparison'])])
  const record = row?.kind === 'comparison' && (await reader.get('conversations', [row.conversation]))
  if (profile === undefined || !record) return undefined
  const { kind: _, person, ...rest } = row
  return { ...rest, person: peopleOf(record, profile, await notesOf(reader))(person) }
}
