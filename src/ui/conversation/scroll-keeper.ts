// Keeps what one reads in its place while rows come and go above, below and around it: at the bottom it follows, anywhere else the
// first visible message stays where it is (0 px). Browsers' own scroll anchoring is off: not all have it, and two would fight.
import type { EventId } from '../../core/ids.ts'

/** How near the end (pixels) counts as being at the bottom. */
const bottomPx = 48

const rowsOf = (scroller: HTMLElement): NodeListOf<HTMLElement> => scroller.querySelectorAll<HTMLElement>('[data-id]')

/** The first index for which `is` holds, when it holds for all after it: rows stand in order. */
const firstWhere = (count: number, is: (index: number) => boolean): number => {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (is(middle)) high = middle
    else low = middle + 1
  }
  return low
}

interface Anchor {
  readonly id: string
  readonly top: number
}

export interface ScrollKeeper {
  /** Whether one is at the newest message, so that the view follows. */
  readonly pinned: boolean
  /** Call before the rows change. */
  before(): void
  /** Call after the rows have changed. */
  after(): void
  /** Instead of `after` while one follows, where the browser lays out on its own soon and `after` is called then: a task less to wait for. */
  afterLayout(): void
  /** Call on scroll; true when `pinned` changed. */
  scrolled(): boolean
  /** Goes to the newest message and follows again. */
  toBottom(smooth?: boolean): void
  /** The first and the last row of which something is on screen. */
  visible(): readonly [first: EventId | undefined, last: EventId | undefined]
  /** The last message that is wholly on screen. */
  lastVisible(): EventId | undefined
  /** Follows from the next change on. */
  pin(): void
  /** Stops following, because the person goes elsewhere. */
  unpin(): void
}

/** `isEnd` says whether the last row that is drawn is the newest of all. */
export const createScrollKeeper = (scroller: HTMLElement, isEnd: () => boolean): ScrollKeeper => {
  let pinned = true
  let anchor: Anchor | undefined
  let lastTop = 0
  // The rows have changed, and `after` is still to come.
  let isDue = false
  // At the newest message in fact; `pinned` may only want to be.
  let isThere = false

  const find = (): Anchor | undefined => {
    const rows = rowsOf(scroller)
    const edge = scroller.getBoundingClientRect().top
    const row = rows[firstWhere(rows.length, (i) => (rows[i]?.getBoundingClientRect().bottom ?? 0) > edge)]
    return row ? { id: row.dataset['id'] ?? '', top: row.getBoundingClientRect().top } : undefined
  }

  const after = (): void => {
    isDue = false
    isThere = pinned
    if (pinned) scroller.scrollTop = scroller.scrollHeight
    else if (anchor) {
      const row = scroller.querySelector(`[data-id="${CSS.escape(anchor.id)}"]`)
      if (row) scroller.scrollTop += row.getBoundingClientRect().top - anchor.top
    }
    lastTop = scroller.scrollTop
  }

  const look = (): boolean => {
    const before = pinned
    // Told of an earlier scroll while rows have come since, or have grown by a part that came later: nobody has left the end.
    if ((isDue || (pinned && isEnd())) && scroller.scrollTop >= lastTop - 1) after()
    pinned = isThere = isEnd() && scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < bottomPx
    lastTop = scroller.scrollTop
    return pinned !== before
  }

  return {
    get pinned() {
      return pinned
    },
    before() {
      // Somebody has begun to scroll up, and the browser has not said so yet.
      if (scroller.scrollTop < lastTop - 1) look()
      anchor = pinned ? undefined : find()
    },
    after,
    afterLayout() {
      if (isThere) isDue = true
      else after()
    },
    scrolled: look,
    visible() {
      const rows = rowsOf(scroller)
      const { top, bottom } = scroller.getBoundingClientRect()
      const first = firstWhere(rows.length, (i) => (rows[i]?.getBoundingClientRect().bottom ?? 0) > top)
      const after = firstWhere(rows.length, (i) => (rows[i]?.getBoundingClientRect().top ?? Infinity) >= bottom)
      return [rows[first]?.dataset['id'] as EventId | undefined, rows[after - 1]?.dataset['id'] as EventId | undefined]
    },
    lastVisible() {
      const rows = rowsOf(scroller)
      const edge = scroller.getBoundingClientRect().bottom
      const after = firstWhere(rows.length, (i) => (rows[i]?.getBoundingClientRect().bottom ?? Infinity) > edge)
      return rows[after - 1]?.dataset['id'] as EventId | undefined
    },
    toBottom(smooth = false) {
      if (!smooth) pinned = true
      scroller.scrollTo({ top: scroller.scrollHeight, behavior: smooth ? 'smooth' : 'instant' })
      if (!smooth) lastTop = scroller.scrollTop
    },
    pin() {
      pinned = true
      isThere = false
    },
    unpin() {
      pinned = isThere = false
    },
  }
}
