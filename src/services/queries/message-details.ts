// Everything about one message: who has it, and what it said before.
import { hlcPerMs } from '../../core/event/clock.ts'
import type { ConversationId, EventId } from '../../core/ids.ts'
import { versionsOf } from '../../core/timeline/seen.ts'
import type { MessageDetailsView } from '../../ports/queries.ts'
import type { StoreReader } from '../../ports/store.ts'
import { contextOf, deliveryOf, messageView, quotedRows, rowAt } from './row-views.ts'

export const readMessageDetails = async (
  reader: StoreReader,
  id: ConversationId,
  message: EventId,
  now: number,
): Promise<MessageDetailsView | undefined> => {
  const [context, row] = await Promise.all([contextOf(reader, id, now), rowAt(reader, id, message)])
  if (context === undefined || row === 'gone' || row?.kind !== 'message') return undefined
  const people = row.author === context.profile.identity ? deliveryOf(context, row) : []
  return {
    message: messageView(context, { quoted: await quotedRows(reader, context, [row]), replies: new Map() }, row),
    versions: versionsOf(row)
      .slice(0, -1)
      .map(({ text, hlc }) => ({ text, at: Math.floor(hlc / hlcPerMs) })),
    people: people.map(({ identity, state, carriers }) => ({
      person: context.person(identity),
      state,
      ...(carriers.length === 0 ? {} : { carriers: carriers.length }),
    })),
  }
}
