// Messages that the person here wants to find again. Nobody else learns of it; it goes with the message.
import type { ConversationId, EventId } from '../core/ids.ts'
import { ok, type Result } from '../core/result.ts'
import type { CommandProblem } from '../ports/commands.ts'
import { problem } from './problems.ts'
import type { Session } from './session.ts'

export const setStarred = async (
  { store, clock }: Pick<Session, 'store' | 'clock'>,
  id: ConversationId,
  message: EventId,
  starred: boolean,
): Promise<Result<void, CommandProblem>> => {
  const key = [id, message] as const
  const place = await store.read((reader) => reader.get('places', key), ['places'])
  if (place === undefined) return problem('no-such-conversation')
  await store.commit([starred ? { kind: 'put', table: 'stars', key, value: { at: clock.now() } } : { kind: 'delete', table: 'stars', key }])
  return ok(undefined)
}
