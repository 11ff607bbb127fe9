// What changes quickly and is stored as it is by then: one write after the other, since of two that are under way at once the older may come
// last and stay. What changes several times while one waits is written once.

/** Call of the result: the state of the moment is to be stored by `write`; settles when it is. */
export const createLatest = (write: () => Promise<void>): (() => Promise<void>) => {
  let underWay: Promise<unknown> = Promise.resolve()
  let waiting: Promise<void> | undefined
  return () => {
    waiting ??= underWay.then(() => {
      waiting = undefined
      return write()
    })
    underWay = waiting.catch(() => undefined)
    return waiting
  }
}
