// Messages that stand out: those in front of a conversation for everybody, and those that the person here has starred.
import type { ConversationId, EventId } from '../../core/ids.ts'
import { compareOrder } from '../../core/log/chains.ts'
import { excerptOf } from '../../core/search/excerpt.ts'
import { timelineBucket } from '../../core/timeline/bucket.ts'
import type { MessageRow } from '../../core/timeline/row.ts'
import { seenMessage } from '../../core/timeline/seen.ts'
import type { QuoteView, SearchHit } from '../../ports/queries.ts'
import type { StoreReader } from '../../ports/store.ts'
import type { ConversationRecord, ProfileRecord } from '../../ports/tables.ts'
import { isHidden } from './hidden.ts'
import type { Kept } from './kept.ts'
import { notesOf, peopleOf, titleOf, type Notes } from './people.ts'

type Hiding = Pick<Kept, 'profile' | 'notes'>

/** A message as it is shown, if it is. */
const shownRow = async (reader: StoreReader, id: ConversationId, ref: { readonly id: EventId; readonly hlc: number }, hiding: Hiding) => {
  const row = await reader.get('timeline', [id, timelineBucket(ref.hlc), ref.id])
  if (row?.kind !== 'message' || row.isVoid === true || isHidden(hiding, row.author) || seenMessage(row).deleted) return undefined
  return row
}

/** Messages in front, in the order of the conversation. */
export const readPins = async (
  reader: StoreReader,
  id: ConversationId,
  record: ConversationRecord,
  hiding: Hiding,
): Promise<readonly QuoteView[]> => {
  const kept = await reader.list('pins', [id])
  const rows = await Promise.all(kept.map(({ value }) => shownRow(reader, id, value, hiding)))
  const person = peopleOf(record, hiding.profile, hiding.notes)
  return rows
    .filter((row): row is MessageRow => row !== undefined && seenMessage(row).pinned)
    .toSorted(compareOrder)
    .map((row) => ({ id: row.id, author: person(row.author).name, text: seenMessage(row).text.slice(0, 200) }))
}

/** Those that were starred last first. */
export const readStarred = async (reader: StoreReader): Promise<readonly SearchHit[]> => {
  const [profile, notes, stars] = await Promise.all([reader.get('profile', ['me']), notesOf(reader), reader.list('stars', [])])
  if (profile === undefined) return []
  const hits = stars
    .toSorted((a, b) => b.value.at - a.value.at)
    .map(async ({ key: [id, message] }): Promise<readonly SearchHit[]> => {
      const [record, place] = await Promise.all([reader.get('conversations', [id]), reader.get('places', [id, message])])
      if (record === undefined || place === undefined) return []
      const row = await shownRow(reader, id, { id: message, hlc: place.hlc }, { profile, notes })
      if (row === undefined) return []
      return [
        {
          ...conversationOf(id, record, profile, notes),
          message,
          author: peopleOf(record, profile, notes)(row.author),
          at: row.wall,
          parts: excerptOf(seenMessage(row).text, []),
        },
      ]
    })
  return (await Promise.all(hits)).flat()
}

/** The conversation of a message that is listed apart from it. */
export const conversationOf = (
  id: ConversationId,
  record: ConversationRecord,
  profile: ProfileRecord,
  notes: Notes,
): Pick<SearchHit, 'conversation' | 'title' | 'kind' | 'peer'> => {
  const peer = record.as === 'direct' ? record.names.find(({ identity }) => identity !== profile.identity)?.identity : undefined
  return { conversation: id, title: titleOf(record, profile.identity, notes), kind: record.as, ...(peer === undefined ? {} : { peer }) }
}
