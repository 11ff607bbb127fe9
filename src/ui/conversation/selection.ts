// What can be done with several messages at once, in the order of the conversation. Pure.
import type { EventId } from '../../core/ids.ts'
import type { MessageView, TimelineItem } from '../../ports/queries.ts'

export type Selection = ReadonlySet<EventId>

/** With a message, or without it if it was in; nothing is left of the last one. */
export const toggled = (selection: Selection | undefined, message: EventId): Selection | undefined => {
  const next = new Set(selection)
  if (!next.delete(message)) next.add(message)
  return next.size === 0 ? undefined : next
}

/** The messages themselves; those that have gone meanwhile are left out. */
export const selectedOf = (items: readonly TimelineItem[], selection: Selection): readonly MessageView[] =>
  items.filter((item): item is MessageView => item.kind === 'message' && !item.deleted && selection.has(item.id))
