// What a person reads: rows in their order, with who has each own message.
import type { ConversationId, DeviceId, EventId, IdentityId } from '../../core/ids.ts'
import { compareOrder } from '../../core/log/chains.ts'
import { deliveryByPerson, type Acknowledged, type PersonDelivery } from '../../core/outbox/delivery.ts'
import type { MessageRow, TimelineRow } from '../../core/timeline/row.ts'
import { seenMessage } from '../../core/timeline/seen.ts'
import { timelineBucket } from '../../core/timeline/bucket.ts'
import type { Delivery, MessageDetailsView, MessageView, PersonView, QuoteView, TimelineItem, TimelineView } from '../../ports/queries.ts'
import type { StoreReader } from '../../ports/store.ts'
import type { ConversationRecord, PersonNote, ProfileRecord } from '../../ports/tables.ts'
import { acknowledgedOf } from '../room.ts'
import { noticeText, refusedText } from './notices.ts'
import { notesOf, peopleOf } from './people.ts'

interface Context {
  readonly id: ConversationId
  readonly record: ConversationRecord
  readonly profile: ProfileRecord
  readonly person: (identity: MessageRow['author']) => PersonView
  readonly acknowledged: ReadonlyMap<DeviceId, Acknowledged>
  readonly notes: ReadonlyMap<IdentityId, PersonNote>
}

export const readTimeline = async (reader: StoreReader, id: ConversationId, limit: number): Promise<TimelineView> => {
  const context = await contextOf(reader, id)
  if (context === undefined) return { items: [], more: false }
  const rows = await newestRows(reader, id, limit)
  const items: TimelineItem[] = []
  for (const row of rows.slice(-limit)) items.push(...(await itemOf(reader, context, row)))
  return { items: [...items, ...(await unsentItems(reader, context))], more: rows.length > limit }
}

export const readMessageDetails = async (
  reader: StoreReader,
  id: ConversationId,
  message: EventId,
): Promise<MessageDetailsView | undefined> => {
  const context = await contextOf(reader, id)
  const row = await rowAt(reader, id, message)
  if (context === undefined || row?.kind !== 'message') return undefined
  const people = row.author === context.profile.identity ? deliveryOf(context, row) : []
  return {
    message: await messageView(reader, context, row),
    people: people.map(({ identity, state }) => ({ person: context.person(identity), state })),
  }
}

const contextOf = async (reader: StoreReader, id: ConversationId): Promise<Context | undefined> => {
  const profile = await reader.get('profile', ['me'])
  const record = await reader.get('conversations', [id])
  if (profile === undefined || record === undefined) return undefined
  const acknowledged = new Map((await reader.list('acknowledged', [id])).map(({ key, value }) => [key[1], acknowledgedOf(value)]))
  return { id, record, profile, person: peopleOf(record, profile), acknowledged, notes: await notesOf(reader) }
}

/** At least `limit` of the newest rows if there are so many, whole buckets of them, since only rows know their exact order. */
const newestRows = async (reader: StoreReader, id: ConversationId, limit: number): Promise<readonly TimelineRow[]> => {
  const found = await reader.list('timeline', [id], { reverse: true, limit: limit + 1 })
  const oldest = found.at(-1)
  const rest = found.length > limit && oldest !== undefined ? await reader.list('timeline', [id, oldest.key[1]]) : []
  const rows = new Map([...found, ...rest].map(({ value }) => [value.id, value]))
  return [...rows.values()].filter((row) => row.kind !== 'awaited' && row.isVoid !== true).toSorted(compareOrder)
}

const itemOf = async (reader: StoreReader, context: Context, row: TimelineRow): Promise<readonly TimelineItem[]> => {
  if (row.kind !== 'awaited' && context.record.as === 'group' && context.notes.get(row.author)?.blocked === true) return []
  switch (row.kind) {
    case 'message':
      return [await messageView(reader, context, row)]
    case 'notice':
      return [{ kind: 'notice', id: row.id, at: row.wall, text: noticeText(row, context.person) }]
    case 'awaited':
      return []
  }
}

const messageView = async (reader: StoreReader, context: Context, row: MessageRow): Promise<MessageView> => {
  const { text, edited, deleted, reactions } = seenMessage(row)
  const quote = row.replyTo === null ? undefined : await quoteOf(reader, context, row.replyTo.id)
  const isMine = row.author === context.profile.identity
  return {
    kind: 'message',
    id: row.id,
    author: context.person(row.author),
    text,
    at: row.wall,
    edited,
    deleted,
    ...(quote === undefined ? {} : { replyTo: quote }),
    reactions: reactions.map(({ emoji, by }) => ({
      emoji,
      by: by.map((identity) => context.person(identity).name),
      mine: by.includes(context.profile.identity),
    })),
    ...(isMine ? { delivery: deliveryState(deliveryOf(context, row)) } : {}),
    late: row.late,
  }
}

const quoteOf = async (reader: StoreReader, context: Context, id: EventId): Promise<QuoteView> => {
  const row = await rowAt(reader, context.id, id)
  if (row?.kind !== 'message') return { id, author: '', text: '' }
  return { id, author: context.person(row.author).name, text: seenMessage(row).text.slice(0, 200) }
}

const rowAt = async (reader: StoreReader, id: ConversationId, message: EventId): Promise<TimelineRow | undefined> => {
  const place = await reader.get('places', [id, message])
  return place && reader.get('timeline', [id, timelineBucket(place.hlc), message])
}

const deliveryOf = ({ record, profile, acknowledged }: Context, row: MessageRow): readonly PersonDelivery[] =>
  deliveryByPerson(record.people, profile.identity, acknowledged, row)

const deliveryState = (people: readonly PersonDelivery[]): { state: Delivery; have: number; of: number } => {
  const have = people.filter((person) => person.state !== 'waiting').length
  const everybodyHas = people.length > 0 && have === people.length
  const everybodyRead = everybodyHas && people.every((person) => person.state === 'read')
  return { state: everybodyRead ? 'read' : everybodyHas ? 'delivered' : 'waiting', have, of: people.length }
}

/** What was typed before anybody let us in, and why nobody did. */
const unsentItems = async (reader: StoreReader, context: Context): Promise<readonly TimelineItem[]> => {
  const me = context.person(context.profile.identity)
  const unsent = (await reader.list('unsent', [context.id])).map(({ key, value }): MessageView => ({
    kind: 'message',
    id: `unsent-${key[1]}` as EventId,
    author: me,
    text: value.text,
    at: value.at,
    edited: false,
    deleted: false,
    reactions: [],
    delivery: { state: 'waiting', have: 0, of: 0 },
    late: false,
  }))
  const join = await reader.get('joins', [context.id])
  if (join?.refused === undefined) return unsent
  return [...unsent, { kind: 'notice', id: 'refused' as EventId, at: context.record.at, text: refusedText(join.refused) }]
}
