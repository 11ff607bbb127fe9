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

/** What is to be marked as read once `seen` has been on screen; `undefined` when that was done before. */
export const readMark = (items: readonly TimelineItem[], seen: EventId, marked: EventId | undefined): EventId | undefined => {
  const seenAt = items.findLastIndex((item) => item.id === seen)
  const lastAt = items.findLastIndex((item, i) => i <= seenAt && item.kind === 'message' && !item.author.isMe)
  const markedAt = marked === undefined ? -1 : items.findIndex((item) => item.id === marked)
  return lastAt > markedAt ? items[lastAt]?.id : undefined
}
