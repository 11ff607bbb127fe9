// The end of a long conversation: only a part of one is on the screen.
import { untilEqual } from '../world/until.ts'
import type { Tab } from '../world/tab.ts'

/** Waits until the last words on somebody's screen are these, each once, in whatever order. */
export const seesLast = (tab: Tab, words: readonly string[], deadlineMs?: number): Promise<number> =>
  untilEqual(
    'the last words',
    async () =>
      (await tab.messages())
        .slice(-words.length)
        .map(({ text }) => text)
        .toSorted(),
    words.toSorted(),
    deadlineMs,
  )
