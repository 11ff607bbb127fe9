// Loads the page again when a part of its program did not come: on a network that changes just now a browser gives up whatever it was loading,
// and without the program nobody could say so. Nothing is built here, and nothing is imported: it must not need what fails. The page's
// program calls `startAgain` for what only it can notice, and `hasStarted` once it runs.

{
  const triesKey = 'parley.starts'
  /** Milliseconds until the next try: doubled each time, at most the last. */
  const firstMs = 1_000
  const lastMs = 30_000

  const startAgain = () => {
    const tries = Number(sessionStorage.getItem(triesKey) ?? 0)
    sessionStorage.setItem(triesKey, String(tries + 1))
    const reload = () => location.reload()
    setTimeout(reload, Math.min(firstMs * 2 ** tries, lastMs))
    addEventListener('online', reload, { once: true })
  }
  // Failures of elements do not bubble. One that the program throws has the window as its target.
  addEventListener('error', ({ target }) => target instanceof HTMLScriptElement && startAgain(), { capture: true })
  Object.assign(globalThis, { startAgain, hasStarted: () => sessionStorage.removeItem(triesKey) })
}
