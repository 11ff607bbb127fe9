// Says that the person looks at the page: at once when it comes to the front, and again and again while it is there. Whom that is told is for
// the services to decide.

/** Often enough that two lost ones do not make somebody seem gone. */
const beatMs = 20_000

/** Until the returned function is called. */
export const sayPresent = (page: Document, say: () => void): (() => void) => {
  const look = (): void => {
    if (page.visibilityState === 'visible') say()
  }
  const beat = setInterval(look, beatMs)
  page.addEventListener('visibilitychange', look)
  look()
  return () => {
    clearInterval(beat)
    page.removeEventListener('visibilitychange', look)
  }
}
