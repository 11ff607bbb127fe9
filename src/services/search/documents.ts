// What the index knows of an event: the words of what it says and the marks of where and by whom; an edit stands for its message.
import { decodeEvent } from '../../core/event/codec.ts'
import { lanes, type EventBody, type EventRef, type SignedEvent } from '../../core/event/event.ts'
import type { ConversationId, DeviceId, IdentityId } from '../../core/ids.ts'
import { decodeContactLink } from '../../core/invite/link.ts'
import { marks, wordsOf } from '../../core/search/terms.ts'
import { digitsOf } from '../../core/timeline/place.ts'
import type { StoreReader } from '../../ports/store.ts'

export interface Document {
  readonly conversation: ConversationId
  /** The message that is found. */
  readonly message: EventRef
  readonly words: ReadonlySet<string>
}

/** Whose a device is, or was; undefined for one that nobody knows. */
export type OwnerOf = (device: DeviceId) => IdentityId | undefined

const hasLink = /https?:\/\//i

/** What disappears is not for the index, in which words stay: it is looked through as long as it is there. */
export const documentToKeep = (event: SignedEvent, ownerOf: OwnerOf): Document | undefined =>
  event.fading === undefined ? documentOf(event, ownerOf) : undefined

export const documentOf = (event: SignedEvent, ownerOf: OwnerOf): Document | undefined => {
  const { body, conversation, device } = event
  const text = textIn(body)
  if (text === undefined) return undefined
  const owner = ownerOf(device)
  const extra = [
    marks.conversation(conversation),
    ...(owner === undefined ? [] : [marks.author(owner)]),
    ...(hasLink.test(text) ? [marks.link] : []),
  ]
  const message: EventRef = body.kind === 'edit' ? body.target : { id: event.id, hlc: event.hlc }
  return { conversation, message, words: new Set([...wordsOf(text), ...extra]) }
}

/** What of it can be found, as its row says it elsewhere: of a poll the question, of a place its digits, of a card the name in it. */
const textIn = (body: EventBody): string | undefined => {
  switch (body.kind) {
    case 'poll':
      return body.question
    case 'place':
      return digitsOf(body)
    case 'card':
      return decodeContactLink(body.link)?.name
    default:
      return body.kind === 'text' || body.kind === 'edit' ? body.text : undefined
  }
}

/** How far a conversation's content chains go, or are in the index. */
export type Ends = ReadonlyMap<DeviceId, number>

export interface Beyond {
  readonly events: readonly SignedEvent[]
  /** How far the chains have been read. */
  readonly ends: Ends
}

/** Content events that the index does not hold yet, chain by chain; at most about `limit`. */
export const eventsBeyond = async (reader: StoreReader, id: ConversationId, heads: Ends, have: Ends, limit: number): Promise<Beyond> => {
  const events: SignedEvent[] = []
  const ends = new Map(have)
  for (const [device, seq] of heads) {
    const from = have.get(device) ?? 0
    const rest = limit - events.length
    if (seq <= from || rest <= 0) continue
    const prefix = [id, lanes.content, device] as const
    const found = await reader.list('events', prefix, { after: [...prefix, from], limit: rest })
    for (const { value } of found) {
      const event = decodeEvent(value.bytes)
      if (event.ok) events.push(event.value)
    }
    const last = found.at(-1)
    // A chain that begins above, because a newcomer's history does, has nothing below.
    ends.set(device, found.length < rest || last === undefined ? seq : last.key[3])
  }
  return { events, ends }
}

/** The index's own progress in a conversation. */
export const readHave = async (reader: StoreReader, id: ConversationId): Promise<Ends> => {
  const record = await reader.get('search', ['have', id])
  return new Map(record?.kind === 'have' ? record.have : [])
}
