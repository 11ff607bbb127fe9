// Everything that summaries are made of, read side by side: one read a table, however many conversations there are, because this runs
// after every commit.
import type { ConversationId, DeviceId, IdentityId } from '../../core/ids.ts'
import type { Acknowledged } from '../../core/outbox/delivery.ts'
import type { Entry, StoreReader } from '../../ports/store.ts'
import type { DraftRecord, PersonNote, ProfileRecord, ToldRecord } from '../../ports/tables.ts'
import { acknowledgedOf } from '../room.ts'
import { networkNow, notesOf, type NetworkRecord } from './people.ts'

export interface Kept {
  readonly profile: ProfileRecord
  readonly network: NetworkRecord
  readonly notes: ReadonlyMap<IdentityId, PersonNote>
  /** What people tell of themselves. */
  readonly told: ReadonlyMap<IdentityId, ToldRecord>
  readonly draft: (id: ConversationId) => DraftRecord | undefined
  readonly unsent: (id: ConversationId) => readonly Entry<'unsent'>[]
  readonly acknowledged: (id: ConversationId) => ReadonlyMap<DeviceId, Acknowledged>
}

/** Of all conversations, or of one. */
export const keptBytes = async (reader: StoreReader, only?: ConversationId): Promise<Kept | undefined> => {
  const prefix = only === undefined ? [] : [only]
  const [profile, network, notes, told, draftEntries, unsentEntries, acknowledgedEntries] = await Promise.all([
    reader.get('profile', ['me']),
    networkNow(reader),
    notesOf(reader),
    reader.list('told', []),
    reader.list('drafts', prefix),
    reader.list('unsent', prefix),
    reader.list('acknowledged', prefix),
  ])
  if (profile === undefined) return undefined
  const drafts = new Map<ConversationId, DraftRecord>(
    draftEntries.flatMap(({ key: [id, thread], value }) => (thread === undefined ? [[id, value]] : [])),
  )
  const [unsent, acknowledged] = [byConversation(unsentEntries), byConversation(acknowledgedEntries)]
  return {
    profile,
    network,
    notes,
    told: new Map(told.map(({ key, value }) => [key[0], value])),
    draft: (id) => drafts.get(id),
    unsent: (id) => unsent.get(id) ?? [],
    acknowledged: (id) => new Map((acknowledged.get(id) ?? []).map(({ key, value }) => [key[1], acknowledgedOf(value)])),
  }
}

const byConversation = <E extends { readonly key: readonly [ConversationId, ...unknown[]] }>(
  entries: readonly E[],
): ReadonlyMap<ConversationId, readonly E[]> => Map.groupBy(entries, (entry) => entry.key[0])
