// When to look at a conversation again: the earliest of all wishes counts, so that a burst of them is one look.
import type { ConversationId } from '../../core/ids.ts'
import type { Clock } from '../../ports/clock.ts'

export interface Looks {
  /** Looks in so many milliseconds, unless it does so earlier anyway. */
  at(id: ConversationId, ms: number): void
  stop(): void
}

export const createLooks = (clock: Clock, look: (id: ConversationId) => void): Looks => {
  const due = new Map<ConversationId, { readonly at: number; readonly cancel: () => void }>()
  return {
    at: (id, ms) => {
      const at = clock.now() + ms
      const earlier = due.get(id)
      if (earlier !== undefined && earlier.at <= at) return
      earlier?.cancel()
      const cancel = clock.after(ms, () => {
        due.delete(id)
        look(id)
      })
      due.set(id, { at, cancel })
    },
    stop: () => {
      for (const { cancel } of due.values()) cancel()
      due.clear()
    },
  }
}
