// Leadership by Web Locks: whoever holds the lock leads. The browser itself gives it on when a tab closes, crashes or is killed, so
// nothing here can forget to, and no clock is involved. Works in windows and in workers.
import type { Leadership } from '../../ports/leadership.ts'

export interface WebLocksLeadershipOptions {
  /** The lock's name in this origin: one for each database. */
  readonly name: string
}

export const createWebLocksLeadership = ({ name }: WebLocksLeadershipOptions): Leadership => ({
  campaign: (elected) => {
    const standing = new AbortController()
    const { signal } = standing
    const lead = () =>
      new Promise<void>((resolve) => {
        // The lock may have been granted in the very moment in which this side stood down.
        if (signal.aborted) {
          resolve()
          return
        }
        signal.addEventListener('abort', () => resolve(), { once: true })
        elected()
      })
    // Standing down while waiting rejects the request, which is what was asked for.
    navigator.locks.request(name, { mode: 'exclusive', signal }, lead).catch((failure: unknown) => {
      if (!signal.aborted) throw failure
    })
    return () => standing.abort()
  },
})
