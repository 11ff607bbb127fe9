// The end of a long conversation: only a part of one is on the screen, and whose mark of what was read is older goes on where they stopped.
import { untilEqual } from '../world/until.ts'
import type { Tab } from '../world/tab.ts'

/** Waits until the last words on somebody's screen are these, each once, in whatever order; goes to the end as often as they are not there. */
export const seesLast = (tab: Tab, words: readonly string[], deadlineMs?: number): Promise<number> =>
  untilEqual(
    'the last words',
    async () => {
      const down = tab.page().getByRole('button', { name: /^(To the newest message|\d+ new messages? below)$/ })
      // It may be there one moment and gone the next.
      if (await down.isVisible()) await down.click({ timeout: 1_000 }).catch(() => undefined)
      return (await tab.messages())
        .slice(-words.length)
        .map(({ text }) => text)
        .toSorted()
    },
    words.toSorted(),
    deadlineMs,
  )
