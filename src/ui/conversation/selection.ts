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

/** As text: one message as it is, several each under its author, as `nameOf` says. */
export const textOf = (messages: readonly MessageView[], nameOf: (message: MessageView) => string): string =>
  messages.length === 1 ? (messages[0]?.text ?? '') : messages.map((message) => `${nameOf(message)}: ${message.text}`).join('\n')
