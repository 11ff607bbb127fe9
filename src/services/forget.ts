// Everything of a conversation goes from this device. Only of one that was left: what is gone here can come back from nowhere else, and
// whoever is still in would be sent all of it again.
import type { ConversationId } from '../core/ids.ts'
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem } from '../ports/commands.ts'
import type { TableName, Write } from '../ports/store.ts'
import { problem } from './problems.ts'
import type { Session } from './session.ts'

/** The tables whose keys begin with a conversation. */
const tables = [
  'conversations',
  'chains',
  'events',
  'places',
  'timeline',
  'pins',
  'stars',
  'fading',
  'replies',
  'epochs',
  'senderChains',
  'acknowledged',
  'outbox',
  'invites',
  'joins',
  'unsent',
  'later',
  'drafts',
  'forks',
  'entrusted',
  'pictures',
] as const satisfies readonly TableName[]
/** Records removed in one commit. */
const atOnce = 2_000

export const forget = async (
  { store, rooms }: Pick<Session, 'store' | 'rooms'>,
  id: ConversationId,
): Promise<Result<void, CommandProblem>> => {
  const room = rooms.get(id)
  if (room === undefined) return problem('no-such-conversation')
  if (room.record.standing !== 'left') return problem('not-allowed')
  // The record first: from then on it is nowhere to be seen, whatever happens on the way.
  await rooms.drop(id)
  for (const table of tables) {
    for (;;) {
      const found = await store.read((reader) => reader.list(table, [id], { limit: atOnce }), [table])
      if (found.length === 0) break
      await store.commit(found.map(({ key }) => ({ kind: 'delete', table, key }) as Write))
    }
  }
  await store.commit([
    { kind: 'delete', table: 'live', key: ['typing', id] },
    { kind: 'delete', table: 'live', key: ['consistency', id] },
    { kind: 'delete', table: 'search', key: ['have', id] },
  ])
  return ok(undefined)
}
