// Invites that this device made and that still hold.
import type { ConversationId } from '../../core/ids.ts'
import type { InviteView } from '../../ports/queries.ts'
import type { StoreReader } from '../../ports/store.ts'

/** Those that hold longest first. */
export const readInvites = async (reader: StoreReader, id: ConversationId, origin: string, now: number): Promise<readonly InviteView[]> => {
  const [record, rows] = await Promise.all([reader.get('conversations', [id]), reader.list('invites', [id])])
  const single = record?.as !== 'group'
  return rows
    .filter(({ value }) => value.expiresAt >= now)
    .toSorted((a, b) => b.value.expiresAt - a.value.expiresAt)
    .map(({ key: [, invite], value }) => ({
      link: origin + value.fragment,
      invite,
      conversation: id,
      single: value.uses === undefined ? single : value.uses === 'single',
      joined: value.joined ?? 0,
      expiresAt: value.expiresAt,
    }))
}
