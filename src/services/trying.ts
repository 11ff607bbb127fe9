// Whom to try where nobody knows who is there: as many as are missing at first, and more once it is known that those are not there, or when
// they do not answer for a while. All at once would each become a link where all are there: in a group of fifty that is fifty links for
// everybody who comes, and whoever is only slow to answer would be answered with more of them.
import { moreThan } from '../core/fan-out/ring.ts'
import type { ConversationId, DeviceId } from '../core/ids.ts'
import type { ClockDep } from '../ports/clock.ts'

/** Milliseconds that somebody who is there has to answer, over a slow path, before others are tried too. */
const answerMs = 3_000

export interface Trying {
  /**
   * Those that `pick` takes of a conversation for how many more are tried than are missing; looks again later if it would take others too.
   * `isOpen` tells of whom it is not known yet whether they are there.
   */
  choose(id: ConversationId, pick: (spare: number) => readonly DeviceId[], isOpen: (device: DeviceId) => boolean): readonly DeviceId[]
  /** Begins anew: with one conversation, or with all as after a change of network. */
  restart(id?: ConversationId): void
}

interface Search {
  spare: number
  /** Since when each is tried, in milliseconds since 1970. */
  since: Map<DeviceId, number>
}

/** `changed` is called when more may be tried. */
export const createTrying = ({ clock, changed }: ClockDep & { readonly changed: () => void }): Trying => {
  const searches = new Map<ConversationId, Search>()
  let timer: (() => void) | undefined

  return {
    choose: (id, pick, isOpen) => {
      const now = clock.now()
      const search = searches.get(id) ?? { spare: 0, since: new Map<DeviceId, number>() }
      searches.set(id, search)
      // A clock that was set back keeps nobody waiting.
      const isAwaited = (device: DeviceId): boolean => {
        const age = now - (search.since.get(device) ?? now)
        return isOpen(device) && age >= 0 && age < answerMs
      }
      const most = pick(Number.POSITIVE_INFINITY).length
      let chosen = pick(search.spare)
      while (chosen.length < most && !chosen.some(isAwaited)) {
        search.spare = moreThan(search.spare)
        chosen = pick(search.spare)
      }
      search.since = new Map(chosen.map((device) => [device, search.since.get(device) ?? now]))
      if (chosen.length < most)
        timer ??= clock.after(answerMs, () => {
          timer = undefined
          changed()
        })
      return chosen
    },
    restart: (id) => {
      for (const each of id === undefined ? [...searches.keys()] : [id]) searches.delete(each)
    },
  }
}
