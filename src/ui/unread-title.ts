// Unread messages where one sees them from elsewhere: in the title of the tab, and said aloud for conversations that are not open.
import type { ConversationId } from '../core/ids.ts'
import type { ConversationSummary } from '../ports/queries.ts'
import { shownName } from './elements/names.ts'
import { t } from './locales/index.ts'

/** Give it every version of the list; `say` gets one sentence for each conversation with something new, save the one that is open. */
export const createUnreadTitle = (say: (text: string) => void) => {
  let before: ReadonlyMap<ConversationId, number> | undefined
  return (all: readonly ConversationSummary[], opened: ConversationId | undefined): void => {
    const total = all.reduce((sum, summary) => sum + summary.unread, 0)
    const words = total > 0 ? `(${total}) ${t.app}` : t.app
    if (document.title !== words) document.title = words
    const last = before
    before = new Map(all.map((summary) => [summary.id, summary.unread]))
    if (!last) return
    for (const { id, title, unread } of all)
      if (id !== opened && unread > (last.get(id) ?? 0)) say(t.announcedIn(shownName(title, t.untitled)))
  }
}
