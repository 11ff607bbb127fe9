// Tells new items from those that were there, or came in above: each is told once, history never.
import type { EventId } from '../../core/ids.ts'
import type { TimelineItem } from '../../ports/queries.ts'

/** Give it every version of a timeline; it gives back what is new at the end since the last one. */
export const createNewcomers = (): ((items: readonly TimelineItem[]) => readonly TimelineItem[]) => {
  let known: Set<EventId> | undefined
  return (items) => {
    const before = known
    known ??= new Set()
    // Where the known ones end is looked for from the end: usually it is one step away.
    const lastKnown = before ? items.findLastIndex((item) => before.has(item.id)) : -1
    const isStranger = before === undefined || (lastKnown < 0 && before.size > 0)
    const fresh = isStranger ? [] : items.slice(lastKnown + 1)
    for (const item of items) known.add(item.id)
    return fresh
  }
}

/**
 * Give it what is on screen last: it gives back what is to be marked as read up to, and nothing while all of that was marked before. What
 * comes late and stands above is marked as well, because it was unread.
 */
export const createReadMarks = (): ((items: readonly TimelineItem[], seen: EventId) => EventId | undefined) => {
  const marked = new Set<EventId>()
  return (items, seen) => {
    const upTo = items.slice(0, items.findLastIndex((item) => item.id === seen) + 1)
    const others = upTo.filter((item) => item.kind === 'message' && !item.author.isMe)
    const isNew = others.some(({ id }) => !marked.has(id))
    for (const { id } of others) marked.add(id)
    return isNew ? others.at(-1)?.id : undefined
  }
}
