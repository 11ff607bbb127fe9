// What was drawn before the program had come reaches the screen before the program takes it over: a first screen that is replaced while it is
// on its way there is seen, and counted, only once it is drawn again.

/** Milliseconds after which it is not waited for any longer, as in a page that nobody looks at. */
const atMostMs = 100

/** Settles two frames later. */
export const seen = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, atMostMs)
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))
  })
