// Threads: what stands under a message that somebody replied to, and the thread itself. A thread is read from its records (services/replies),
// so the rest of the conversation need not be looked through.
import type { EventRef } from '../../core/event/event.ts'
import type { ConversationId, EventId } from '../../core/ids.ts'
import { timelineBucket } from '../../core/timeline/bucket.ts'
import type { TimelineRow } from '../../core/timeline/row.ts'
import type { MessageView, RepliesView, ThreadView } from '../../ports/queries.ts'
import type { Entry, StoreReader } from '../../ports/store.ts'
import { isHidden } from './hidden.ts'
import { laterItems } from './later.ts'
import { inOrder } from './newest.ts'
import { contextOf, draftReplyOf, itemOf, quotedRows, rowAt, type Context } from './row-views.ts'

/** Replies that are counted under the messages of a screen at most. */
const mostCounted = 4_000
/** Faces under a message. */
const mostFaces = 3

type Reply = Entry<'replies'>

/** For each of the rows that has replies: how many, the newest, and whose. */
export const repliesUnder = async (
  reader: StoreReader,
  context: Context,
  rows: readonly TimelineRow[],
): Promise<ReadonlyMap<EventId, RepliesView>> => {
  const [first] = rows
  if (first === undefined) return new Map()
  const from = [context.id, timelineBucket(first.hlc)] as const
  const found = await reader.list('replies', [context.id], { after: from, limit: mostCounted })
  return new Map(
    [...Map.groupBy(shownOf(context, found), ({ key: [, , root] }) => root)].map(([root, replies]) => [root, viewOf(context, replies)]),
  )
}

const shownOf = (context: Context, replies: readonly Reply[]): readonly Reply[] =>
  context.record.as === 'group' ? replies.filter(({ value }) => !isHidden(context, value.author)) : replies

const viewOf = ({ person, profile, record }: Context, replies: readonly Reply[]): RepliesView => {
  const newestFirst = replies.map(({ value }) => value).toSorted((a, b) => b.hlc - a.hlc)
  return {
    count: replies.length,
    unread: newestFirst.filter(({ hlc, author }) => hlc > record.readHlc && author !== profile.identity).length,
    at: newestFirst[0]?.wall ?? 0,
    people: [...new Set(newestFirst.map(({ author }) => author))].slice(0, mostFaces).map(person),
  }
}

/** The newest `limit` replies of a thread, under the message that it began with. */
export const readThread = async (
  reader: StoreReader,
  id: ConversationId,
  root: EventRef,
  limit: number,
  now: number,
): Promise<ThreadView | undefined> => {
  const [context, first, entries, draft, later] = await Promise.all([
    contextOf(reader, id, now),
    rowAt(reader, id, root.id),
    reader.list('replies', [id, timelineBucket(root.hlc), root.id]),
    reader.get('drafts', [id, root.id]),
    reader.list('later', [id]),
  ])
  if (context === undefined) return undefined
  const replies = shownOf(context, entries).toSorted((a, b) => a.value.hlc - b.value.hlc)
  const found = await Promise.all(
    replies.slice(-limit).map(({ key: [, , , reply], value: { hlc } }) => reader.get('timeline', [id, timelineBucket(hlc), reply])),
  )
  const rows = inOrder(found.flatMap((value) => (value === undefined ? [] : [{ value }])))
  const top = first === undefined || first === 'gone' ? [] : inOrder([{ value: first }])
  const related = { quoted: await quotedRows(reader, context, [...top, ...rows]), replies: new Map() }
  const items = rows.flatMap((row) => itemOf(context, related, row))
  const [message] = top.flatMap((row) => itemOf(context, related, row))
  return {
    ...(message?.kind === 'message' ? { root: message } : {}),
    isHere: first !== undefined,
    items: [
      // That they answer the message above is plain.
      ...items.map((item) => (item.kind === 'message' && item.replyTo?.id === root.id ? withoutQuote(item) : item)),
      ...laterItems(
        context,
        later.filter(({ value }) => value.replyTo?.id === root.id || value.thread?.id === root.id),
      ),
    ],
    count: replies.length,
    draft: draft?.text ?? '',
    ...(await draftReplyOf(reader, context, draft)),
  }
}

const withoutQuote = (message: MessageView): MessageView => {
  const { replyTo: _, ...item } = message
  return item
}
