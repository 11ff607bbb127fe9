// What each conversation takes on this device.
import type { StorageView } from '../../ports/queries.ts'
import type { StoreReader } from '../../ports/store.ts'
import { notesOf, titleOf } from './people.ts'

export const readStorage = async (reader: StoreReader): Promise<readonly StorageView[]> => {
  const [profile, records, notes] = await Promise.all([reader.get('profile', ['me']), reader.list('conversations', []), notesOf(reader)])
  if (profile === undefined) return []
  const views = records.map(async ({ key: [conversation], value }): Promise<StorageView> => {
    const peer = value.as === 'direct' ? value.names.find(({ identity }) => identity !== profile.identity)?.identity : undefined
    return {
      conversation,
      title: titleOf(value, profile.identity, notes),
      kind: value.as,
      ...(peer === undefined ? {} : { peer }),
      standing: value.standing,
      events: await reader.count('events', [conversation]),
    }
  })
  return (await Promise.all(views)).toSorted((a, b) => b.events - a.events)
}
