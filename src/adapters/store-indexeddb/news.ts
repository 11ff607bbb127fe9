// Who must hear of which commit: the watches of the store that made it, at once, and those of other tabs and workers over a channel.
// Only tables and keys go there, which lie open on the disk too; every store reads the values for itself.
import type { Changes } from './spans.ts'

/** `anything` may have changed when news were missed. */
export type News = Changes | 'anything'

export interface NewsDesk {
  /** Tells the listeners of this store before it returns, and those of all other stores on this database soon. */
  announce(changes: Changes): void
  /** Tells the listeners of this store that anything may have changed. */
  miss(): void
  listen(listener: (news: News) => void): () => void
  close(): void
}

/** The channel's name says in which form commits are told, so that pages of two versions never misread each other. */
export const channelName = (database: string): string => `${database} commits 1`

export const createNewsDesk = (database: string): NewsDesk => {
  const listeners = new Set<(news: News) => void>()
  const tell = (news: News) => {
    for (const listener of listeners) listener(news)
  }
  const closing = new AbortController()
  const { signal } = closing
  const channel = new BroadcastChannel(channelName(database))
  channel.addEventListener('message', ({ data }: MessageEvent<Changes>) => tell(data), { signal })
  channel.addEventListener('messageerror', () => tell('anything'), { signal })
  // A page that is put away hears nothing. Of a worker's page, only the page itself can say so: see `recheck`.
  globalThis.addEventListener('pageshow', ({ persisted }) => persisted && tell('anything'), { signal })

  return {
    announce: (changes) => {
      tell(changes)
      // Closed meanwhile: another tab waits for this commit to end before it opens or deletes the database, so nobody is there to be told.
      if (!signal.aborted) channel.postMessage(changes)
    },
    miss: () => tell('anything'),
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      closing.abort()
      channel.close()
    },
  }
}
