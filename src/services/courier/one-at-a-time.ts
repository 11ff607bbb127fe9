// Work that reads rows and then writes what follows from them goes one after the other, so that no key or quota is taken twice. What fails
// ends only itself.
import { orDrop } from '../background.ts'

/** Puts work at the end of a queue of its own; what storage fails is dropped, because whatever set it off comes again. */
export type OneAtATime = (work: () => Promise<void>) => void

export const createOneAtATime = (): OneAtATime => {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    orDrop(turn)
  }
}
