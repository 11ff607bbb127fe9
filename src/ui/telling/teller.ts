// Tells a person what is new while they look elsewhere: aloud for conversations that are not open, in the title and on the icons, and by a
// notification when nobody looks at any tab. One tab tells for all of them: the one that leads.
import type { ConversationId } from '../../core/ids.ts'
import type { Notifier } from '../../ports/notifier.ts'
import type { ConversationSummary } from '../../ports/queries.ts'
import type { Choices } from '../choices.ts'
import { shownName } from '../elements/names.ts'
import { t } from '../locales/index.ts'
import { showUnread } from './unread-title.ts'
import { countedUnread, isMuted, unreadOf, worthTelling, type Unread } from './worth-telling.ts'

export interface TellerOptions {
  /** Without one, nothing is shown outside of the page. */
  readonly notifier: Notifier | undefined
  /** Says one sentence to those who listen to the page. */
  readonly say: (text: string) => void
}

export interface Told {
  readonly all: readonly ConversationSummary[]
  readonly opened: ConversationId | undefined
  readonly choices: Choices
  /** Whether this tab leads. */
  readonly leads: boolean
}

/** Give it every version of the list. */
export const createTeller = ({ notifier, say }: TellerOptions): ((now: Told) => void) => {
  let before: Unread | undefined
  let counted: number | undefined

  const notify = async ({ all, choices }: Told, last: Unread, now: number): Promise<void> => {
    if (!notifier || choices.notify !== true) return
    const tellings = worthTelling(last, all, choices, now)
    if (tellings.length === 0 || (await notifier.isLookedAt())) return
    for (const telling of tellings) await notifier.show(telling)
  }

  return (told) => {
    const { all, opened } = told
    const now = Date.now()
    const last = before
    before = unreadOf(all)
    const count = countedUnread(all, now)
    if (count !== counted) {
      counted = count
      showUnread(document, count)
      notifier?.badge(count)
    }
    if (!last) return
    for (const summary of all) {
      const was = last.get(summary.id)?.unread ?? 0
      if (summary.unread > was && summary.id !== opened && !isMuted(summary, now)) say(t.announcedIn(shownName(summary.title, t.untitled)))
      // Read, or it has disappeared: either way its words are not to stand there any longer.
      if (summary.unread < was) void notifier?.clear(summary.id)
    }
    if (told.leads) void notify(told, last, now)
  }
}
