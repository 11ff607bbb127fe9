// A read that goes on: run, tell, and run again when a commit touched what it looked at. Commits that come while it runs are kept and
// judged afterwards, since only then it is known what it looked at.
import type { Live } from '../../ports/live.ts'
import { StoreError, type Write } from '../../ports/store.ts'
import type { MemoryDisk } from './memory-disk.ts'
import { concerns, type Look } from './memory-reader.ts'

export interface WatchOptions<T> {
  readonly read: (onLook: (look: Look) => void) => Promise<T>
  readonly disk: MemoryDisk
  /** Where the store finds the way to end each subscription. */
  readonly endings: Set<() => void>
  readonly isClosed: () => boolean
}

export const createWatch = <T>({ read, disk, endings, isClosed }: WatchOptions<T>): Live<T> => ({
  subscribe: (next) => {
    let ended = isClosed()
    let running = false
    let failed = false
    let looks: Look[] = []
    let missed: Write[] = []

    const isDue = (writes: readonly Write[]) => (failed ? writes.length > 0 : concerns(looks, writes))
    const run = async () => {
      running = true
      do {
        looks = []
        missed = []
        failed = false
        // Lets a burst of commits pass, and keeps `next` out of the caller's own call.
        await Promise.resolve()
        if (ended) return
        try {
          const value = await read((look) => looks.push(look))
          if (!ended) next(value)
        } catch (failure) {
          failed = true
          // Storage that fails has no value to show; the next commit tries again. Anything else is a bug: let it be seen.
          if (!(failure instanceof StoreError)) void Promise.reject(failure)
        }
      } while (!ended && isDue(missed))
      running = false
    }
    const stopListening = disk.listen((change) => {
      if (change.kind !== 'commit') return
      if (running) missed.push(...change.writes)
      else if (isDue(change.writes)) void run()
    })
    const end = () => {
      ended = true
      stopListening()
      endings.delete(end)
    }
    if (ended) stopListening()
    else {
      endings.add(end)
      void run()
    }
    return end
  },
})
