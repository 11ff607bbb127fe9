// Which conversations stand in the list, and in which order. Pure.
import type { ConversationSummary, FolderView } from '../../ports/queries.ts'
import { shownName } from '../elements/names.ts'
import { isMuted } from '../telling/worth-telling.ts'

/** All, a ready-made choice of them, a folder of the person's own, or those whom they gave a label. */
export type ListView = 'all' | 'unread' | 'people' | 'groups' | 'archived' | { readonly folder: FolderView } | { readonly label: string }

/** The labels that people in the list have, each once whatever its case, by the alphabet of the page's language. */
export const labelsIn = (all: readonly ConversationSummary[]): readonly string[] => {
  const byFolded = new Map(all.flatMap(({ labels = [] }) => labels.map((label) => [label.toLowerCase(), label] as const)))
  return [...byFolded.values()].toSorted((a, b) => a.localeCompare(b))
}

export const hasLabel = (labels: readonly string[] | undefined, label: string): boolean =>
  labels?.some((each) => each.toLowerCase() === label.toLowerCase()) === true

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
    return view === 'archived' ? isAway : !isAway && isOf(summary, view)
  }
  return all.filter(isIn).toSorted((a, b) => Number(b.pinned) - Number(a.pinned))
}

const isOf = (summary: ConversationSummary, view: Exclude<ListView, 'archived'>): boolean => {
  switch (view) {
    case 'all':
      return true
    case 'unread':
      return summary.unread > 0
    case 'people':
      return summary.kind === 'direct'
    case 'groups':
      return summary.kind === 'group'
    default:
      return 'label' in view ? hasLabel(summary.labels, view.label) : view.folder.conversations.includes(summary.id)
  }
}

/** Unread messages of those that are in a view, without muted ones. */
export const unreadIn = (all: readonly ConversationSummary[], view: ListView, now: number): number =>
  shownIn(all, view, '', now).reduce((sum, summary) => sum + (isMuted(summary, now) ? 0 : summary.unread), 0)
