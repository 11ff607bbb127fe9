// Documents of the index as they lie in one record: a row of messages by their conversation, their id and their place in the order. Ids
// are bytes and a conversation is named once, so that a record is small and a single document is read without the others. Pure.
import { eventId, fromHex, type ConversationId, type EventId } from '../ids.ts'

/** Documents in one record. */
export const blockSize = 64
const idBytes = 32

/** Where one message stands: its conversation, its id and its place in the order. */
export type DocRef = readonly [ConversationId, EventId, hlc: number]

export interface DocBlock {
  readonly conversations: readonly ConversationId[]
  /** For each document the number of its conversation in the list, its place in the order, and 32 bytes of its id. */
  readonly inside: readonly number[]
  readonly hlcs: readonly number[]
  readonly ids: Uint8Array
}

/** At most `blockSize` documents. */
export const packBlock = (docs: readonly DocRef[]): DocBlock => {
  const conversations = [...new Set(docs.map(([conversation]) => conversation))]
  const ids = new Uint8Array(docs.length * idBytes)
  docs.forEach(([, id], i) => ids.set(fromHex(id), i * idBytes))
  return {
    conversations,
    inside: docs.map(([conversation]) => conversations.indexOf(conversation)),
    hlcs: docs.map(([, , hlc]) => hlc),
    ids,
  }
}

/** The document at a place of the block, from 0; undefined where there is none. */
export const docIn = ({ conversations, inside, hlcs, ids }: DocBlock, at: number): DocRef | undefined => {
  const conversation = conversations[inside[at] ?? -1]
  const hlc = hlcs[at]
  if (conversation === undefined || hlc === undefined) return undefined
  return [conversation, eventId(ids.subarray(at * idBytes, (at + 1) * idBytes)), hlc]
}
