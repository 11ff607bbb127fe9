// Whom to try where nobody knows who is there: as many as are missing at first, and more from moment to moment while some still are. All at once
// would each become a link where all are there: in a group of fifty that is fifty links for everybody who comes.
import { moreThan } from '../core/fan-out/ring.ts'
import type { ConversationId, DeviceId } from '../core/ids.ts'
import type { ClockDep } from '../ports/clock.ts'

/** Milliseconds until more are tried: time for somebody who is there to answer. */
const answerMs = 1_500

export interface Trying {
  /** Those that `pick` takes of a conversation for how many more are tried than are missing; looks again soon if it would take others too. */
  choose(id: ConversationId, pick: (spare: number) => readonly DeviceId[]): readonly DeviceId[]
  /** Begins anew: with one conversation, or with all as after a change of network. */
  restart(id?: ConversationId): void
}

/** `changed` is called when more may be tried. */
export const createTrying = ({ clock, changed }: ClockDep & { readonly changed: () => void }): Trying => {
  const spares = new Map<ConversationId, number>()
  const lacking = new Set<ConversationId>()
  let timer: (() => void) | undefined

  const more = (): void => {
    timer = undefined
    for (const id of lacking) spares.set(id, moreThan(spares.get(id) ?? 0))
    lacking.clear()
    changed()
  }

  return {
    choose: (id, pick) => {
      const chosen = pick(spares.get(id) ?? 0)
      if (chosen.length === pick(Number.POSITIVE_INFINITY).length) lacking.delete(id)
      else {
        lacking.add(id)
        timer ??= clock.after(answerMs, more)
      }
      return chosen
    },
    restart: (id) => {
      for (const each of id === undefined ? [...spares.keys()] : [id]) spares.delete(each)
    },
  }
}
