// What the browser says about the page's life. Works where there is no document, as in a test in Node.

export interface PageLife {
  /** Back online, back in view, thawed: look at everything now. */
  revived(): void
  /** The page goes away: last words now, or never. */
  leaving(): void
}

/** The returned function stops listening. */
export const watchPageLife = (life: PageLife): (() => void) => {
  const controller = new AbortController()
  const { signal } = controller
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') life.revived()
  }
  globalThis.addEventListener('online', () => life.revived(), { signal })
  globalThis.addEventListener('pageshow', (event) => event.persisted && life.revived(), { signal })
  globalThis.addEventListener('pagehide', () => life.leaving(), { signal })
  globalThis.document?.addEventListener('visibilitychange', onVisible, { signal })
  globalThis.document?.addEventListener('resume', () => life.revived(), { signal })
  return () => controller.abort()
}
