// Lets the page open without any network from the second visit on: its files are kept by a service worker (src/workers). It costs traffic
// that nobody waits for, so it comes last.
import { scriptUrl } from './script-url.ts'

/** Milliseconds after which a page that never rests is kept all the same. */
const restMs = 10_000
/** Where a browser cannot say that it rests. */
const fallbackMs = 3_000

/** Only what was built is kept; a page that is being worked on always comes fresh. */
export const keepPage = (): void => {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const register = (): void => {
    // A browser that forbids it (private windows, some settings) shows the page as before.
    navigator.serviceWorker.register(scriptUrl('service-worker.js')).catch(() => undefined)
  }
  const atRest = (): unknown =>
    'requestIdleCallback' in globalThis ? requestIdleCallback(register, { timeout: restMs }) : setTimeout(register, fallbackMs)
  if (document.readyState === 'complete') atRest()
  else addEventListener('load', atRest, { once: true })
}
