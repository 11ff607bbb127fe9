// Work that nobody waits for. A database that has no room or fails for a while must not end it: it is dropped where the network brings
// it again, and tried again where nothing else would. Anything but a storage failure is a bug and stays thrown.
import type { ClockDep } from '../ports/clock.ts'
import { StoreError } from '../ports/store.ts'
import { NotAllowedError } from './author.ts'

/** Time for somebody to make room. */
const restMs = 10_000

/** Lets go of work that storage failed; `failed` is told. */
export const orDrop = (work: Promise<unknown>, failed: () => void = () => {}): void => {
  work.catch((error: unknown) => {
    // Rights that were taken away in between: what was to be done may not be done any more.
    if (error instanceof NotAllowedError) return
    if (!(error instanceof StoreError)) throw error
    if (error.failure !== 'closed') failed()
  })
}

/** Does it again until storage has taken it. The work looks at the state of the moment, so that it may have nothing left to do. */
export const untilStored = (deps: ClockDep, work: () => Promise<unknown>): void =>
  orDrop(work(), () => {
    deps.clock.after(restMs, () => untilStored(deps, work))
  })
