// Which messages stand in which thread: a record for every reply, beside its row, so that a thread is found without looking through the
// conversation. What does not count is in none.
import type { SignedEvent } from '../core/event/event.ts'
import type { ConversationId, EventId, IdentityId } from '../core/ids.ts'
import { timelineBucket } from '../core/timeline/bucket.ts'
import { replyUnder, threadOf, type Replying } from '../core/timeline/thread.ts'
import type { Tables } from '../ports/tables.ts'
import type { Draft } from './draft.ts'

/** Where a reply is recorded; undefined for what replies to nothing. */
const replyKey = (id: ConversationId, reply: EventId, said: Replying): Tables['replies']['key'] | undefined => {
  const root = threadOf(said)
  return root === null ? undefined : [id, timelineBucket(root.hlc), root.id, reply]
}

/** Records a text in its thread, or takes it out because it does not count. */
export const recordReply = (draft: Draft, event: SignedEvent, author: IdentityId, counts: boolean): void => {
  const { body, conversation, hlc, wall } = event
  const key = body.kind === 'text' ? replyKey(conversation, event.id, body) : undefined
  if (key === undefined) return
  if (counts) draft.put('replies', key, { hlc, author, wall })
  else draft.delete('replies', key)
}

/** A message that has disappeared is in no thread any more. */
export const dropReply = (draft: Draft, id: ConversationId, reply: EventId, said: Replying): void => {
  const key = replyKey(id, reply, said)
  if (key !== undefined) draft.delete('replies', key)
}

/** What a message has to say so that it answers another one; undefined when nobody is answered, or that one is not here. */
export const replyingTo = async (draft: Draft, id: ConversationId, target: EventId | undefined): Promise<Replying | undefined> => {
  if (target === undefined) return undefined
  const place = await draft.get('places', [id, target])
  if (place === undefined) return undefined
  const row = await draft.get('timeline', [id, timelineBucket(place.hlc), target])
  return replyUnder({ id: target, hlc: place.hlc }, row?.kind === 'message' ? threadOf(row) : null)
}
