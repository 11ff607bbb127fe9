// Hands events to the one listener in order, never from within a call of the interface, and never after `stop`.
import type { NetworkEvent } from '../../ports/network.ts'

export interface Events {
  listen(listener: (event: NetworkEvent) => void): void
  emit(event: NetworkEvent): void
  /** What is waiting is dropped, and everything after it. */
  close(): void
}

export const createEvents = (): Events => {
  let listener: ((event: NetworkEvent) => void) | undefined
  let waiting: NetworkEvent[] = []
  let closed = false

  const flush = (): void => {
    const batch = waiting
    waiting = []
    for (const event of batch) {
      if (closed) return
      try {
        listener?.(event)
      } catch (error) {
        // A listener's bug must not cost the events after it.
        reportError(error)
      }
    }
  }

  return {
    listen(callback) {
      listener = callback
    },
    emit(event) {
      if (closed) return
      if (waiting.push(event) === 1) queueMicrotask(flush)
    },
    close() {
      closed = true
      waiting = []
    },
  }
}
