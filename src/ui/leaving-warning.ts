// Asks once before the page is closed while own messages are on this device alone: they go out only while it is open. The browser words
// the question; somebody who stays is not asked about the same messages again.

export interface LeavingWarning {
  /** Own messages that nobody else has yet. */
  waiting: number
  /** The page is about to load itself anew: nothing is lost by that. */
  off(): void
}

export const createLeavingWarning = (page: Pick<Window, 'addEventListener' | 'removeEventListener'>): LeavingWarning => {
  let warnedOf = 0
  const leaving = (event: BeforeUnloadEvent): void => {
    if (warning.waiting <= warnedOf) return
    warnedOf = warning.waiting
    event.preventDefault()
  }
  page.addEventListener('beforeunload', leaving)
  let waiting = 0
  const warning: LeavingWarning = {
    get waiting() {
      return waiting
    },
    set waiting(count) {
      waiting = count
      // What was delivered since is warned of anew when more of it waits again.
      warnedOf = Math.min(warnedOf, count)
    },
    off: () => page.removeEventListener('beforeunload', leaving),
  }
  return warning
}
