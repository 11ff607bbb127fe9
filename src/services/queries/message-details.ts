// Everything about one message: who has it, and what it said before.
import { hlcPerMs } from '../../core/event/clock.ts'
import type { ConversationId, DeviceId, EventId } from '../../core/ids.ts'
import { versionsOf } from '../../core/timeline/seen.ts'
import type { MessageDetailsView } from '../../ports/queries.ts'
import type { LinkPath } from '../../ports/network.ts'
import type { StoreReader } from '../../ports/store.ts'
import { networkNow, type NetworkRecord } from './people.ts'
import { contextOf, deliveryOf, messageView, quotedRows, rowAt } from './row-views.ts'

export const readMessageDetails = async (
  reader: StoreReader,
  id: ConversationId,
  message: EventId,
  now: number,
): Promise<MessageDetailsView | undefined> => {
  const [context, row, { links }] = await Promise.all([contextOf(reader, id, now), rowAt(reader, id, message), networkNow(reader)])
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
      ...pathTo(links, context.record.people.find((member) => member.identity === identity)?.devices ?? []),
      ...(carriers.length === 0 ? {} : { carriers: carriers.length }),
    })),
  }
}

/** How somebody is connected now, the better way if there are several. */
const pathTo = (links: NetworkRecord['links'], devices: readonly DeviceId[]): { readonly path?: LinkPath } => {
  const paths = links.filter(({ device }) => devices.includes(device)).map(({ path }) => path)
  const [path] = paths.includes('direct') ? (['direct'] as const) : paths
  return path === undefined ? {} : { path }
}
