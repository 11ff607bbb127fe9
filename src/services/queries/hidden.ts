// A group without those who are blocked here: what they say counts for nothing, neither as the last words nor as unread.
import type { ConversationId, IdentityId } from '../../core/ids.ts'
import { seenMessage } from '../../core/timeline/seen.ts'
import type { StoreReader } from '../../ports/store.ts'
import type { ConversationRecord } from '../../ports/tables.ts'
import type { Kept } from './kept.ts'

/** Rows that are looked at behind the unread ones, for the last words of somebody else. */
const rowsBehind = 30
/** More unread ones than this are counted as this many. */
const mostRows = 500

export const isHidden = ({ notes }: Pick<Kept, 'notes'>, identity: IdentityId): boolean => notes.get(identity)?.blocked === true

/** The record as it is to be shown; the same one where nobody in it is blocked. */
export const withoutHidden = async (
  reader: StoreReader,
  kept: Kept,
  id: ConversationId,
  record: ConversationRecord,
): Promise<ConversationRecord> => {
  const { last, ...rest } = record
  if (record.as !== 'group' || !record.names.some(({ identity }) => isHidden(kept, identity))) return record
  const isLastHidden = last !== undefined && isHidden(kept, last.author)
  if (record.unread === 0 && !isLastHidden) return record
  const found = await reader.list('timeline', [id], { reverse: true, limit: Math.min(record.unread + rowsBehind, mostRows) })
  const said = found
    .flatMap(({ value }) => (value.kind === 'message' && value.isVoid !== true && !isHidden(kept, value.author) ? [value] : []))
    .toSorted((a, b) => b.hlc - a.hlc)
  const late = record.late?.filter(({ by }) => !isHidden(kept, by)) ?? []
  const unread = late.length + said.filter(({ hlc, author }) => hlc > record.readHlc && author !== kept.profile.identity).length
  const [newest] = said
  if (!isLastHidden) return { ...record, unread }
  if (newest === undefined) return { ...rest, unread }
  return { ...rest, unread, at: newest.wall, last: { author: newest.author, text: seenMessage(newest).text, hlc: newest.hlc } }
}
