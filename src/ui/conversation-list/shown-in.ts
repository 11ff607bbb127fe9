// Which conversations stand in the list, and in which order. Pure.
import type { ConversationSummary } from '../../ports/queries.ts'
import { shownName } from '../elements/names.ts'
import { isMuted } from '../telling/worth-telling.ts'

export type ListView = 'all' | 'unread' | 'archived'

/** Something new brings a conversation back, unless nobody wants to be told of it. */
export const isPutAway = (summary: ConversationSummary, now: number): boolean =>
  summary.archived && (summary.unread === 0 || isMuted(summary, now))

/** What fits the view and the words (lower case) that were typed; those in front first, else as given. `now` in ms since 1970. */
export const shownIn = (
  all: readonly ConversationSummary[],
  view: ListView,
  query: string,
  now: number,
): readonly ConversationSummary[] => {
  const isIn = (summary: ConversationSummary): boolean => {
    if (query !== '') return shownName(summary.title).toLocaleLowerCase().includes(query)
    const isAway = isPutAway(summary, now)
    return view === 'archived' ? isAway : !isAway && (view === 'all' || summary.unread > 0)
  }
  return all.filter(isIn).toSorted((a, b) => Number(b.pinned) - Number(a.pinned))
}
