// What each conversation takes on this device. How many bytes is an estimate: records are counted, and the newest of each kind weighed.
import { encodeCbor } from '../../core/codec/cbor.ts'
import type { ConversationId } from '../../core/ids.ts'
import type { StorageView } from '../../ports/queries.ts'
import type { StoreReader } from '../../ports/store.ts'
import { notesOf, titleOf } from './people.ts'

/** Records of a kind that are weighed. */
const weighed = 24
/** Bytes of a record beside its value: version, nonce and tag of its seal, and about as much for its key again where the browser sorts it. */
const besides = 41 + 64

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
      bytes: await bytesOf(reader, conversation),
    }
  })
  return (await Promise.all(views)).toSorted((a, b) => b.bytes - a.bytes)
}

/** What was said as it came, as it is shown, and where to find it. */
const bytesOf = async (reader: StoreReader, conversation: ConversationId): Promise<number> => {
  const sizes = await Promise.all(
    (['events', 'timeline', 'places'] as const).map(async (table) => {
      const [count, newest] = await Promise.all([
        reader.count(table, [conversation]),
        reader.list(table, [conversation], { reverse: true, limit: weighed }),
      ])
      const sum = newest.reduce((bytes, { key, value }) => bytes + encodeCbor([key, value]).length + besides, 0)
      return newest.length === 0 ? 0 : Math.round((count * sum) / newest.length)
    }),
  )
  return sizes.reduce((a, b) => a + b, 0)
}
