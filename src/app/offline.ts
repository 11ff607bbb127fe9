// Lets the page open without any network from the second visit on: its files are kept by a service worker (src/workers), which is asked
// for a newer version now and then. It costs traffic that nobody waits for, so it comes last.
import type { PageUpdates, UpdateState } from '../ports/page-updates.ts'
import { scriptUrl } from './script-url.ts'

/** Milliseconds after which a page that never rests is kept all the same. */
const restMs = 10_000
/** Where a browser cannot say that it rests. */
const fallbackMs = 3_000
/** How often a page that stays open asks for a newer version, in milliseconds. */
const askEveryMs = 60 * 60_000

/** Only what was built is kept; a page that is being worked on always comes fresh. */
export const keepPage = (): PageUpdates => {
  let state: UpdateState = 'none'
  let waiting: ServiceWorker | undefined
  const listeners = new Set<(state: UpdateState) => void>()
  const become = (next: UpdateState): void => {
    state = next
    for (const listener of listeners) listener(next)
  }
  const follow = (registration: ServiceWorkerRegistration): void => {
    const look = (worker: ServiceWorker | null): void => {
      // The first one ever is no newer version of anything.
      if (worker?.state !== 'installed' || navigator.serviceWorker.controller === null) return
      waiting = worker
      become('ready')
    }
    look(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const { installing } = registration
      installing?.addEventListener('statechange', () => look(installing))
    })
    const askAnew = (): void => void registration.update().catch(() => undefined)
    setInterval(askAnew, askEveryMs)
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && askAnew())
  }
  if (import.meta.env.PROD && 'serviceWorker' in navigator) {
    let isControlled = navigator.serviceWorker.controller !== null
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (isControlled) become('replaced')
      isControlled = true
    })
    // A browser that forbids it (private windows, some settings) shows the page as before.
    atRest(() => void navigator.serviceWorker.register(scriptUrl('service-worker.js')).then(follow, () => undefined))
  }
  return {
    state: () => ({
      subscribe: (next) => {
        listeners.add(next)
        queueMicrotask(() => listeners.has(next) && next(state))
        return () => listeners.delete(next)
      },
    }),
    apply: (how) => waiting?.postMessage({ kind: 'take-over', how }),
  }
}

const atRest = (register: () => void): void => {
  const whenQuiet = (): unknown =>
    'requestIdleCallback' in globalThis ? requestIdleCallback(register, { timeout: restMs }) : setTimeout(register, fallbackMs)
  if (document.readyState === 'complete') whenQuiet()
  else addEventListener('load', whenQuiet, { once: true })
}
