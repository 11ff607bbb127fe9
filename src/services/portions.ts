// How much of what somebody missed is given and taken at a time, and when. A whole frame of hundreds of events keeps the engine and the disk
// for most of a second, and what people say meanwhile, in whatever conversation, would wait behind it at every step of its way. So while
// they talk portions are small, and each waits for a gap between what they say; where nobody says anything each is twice as large as the one
// before, since every portion costs a flush of the disk.
import { lanes } from '../core/event/event.ts'
import type { ClockDep } from '../ports/clock.ts'
import type { Write } from '../ports/store.ts'
import type { Rooms, Urgency } from './rooms.ts'

/** Events of one portion: a few tens of milliseconds, and more than any frame holds. */
const smallest = 48
const largest = 1_024
/** Events of one frame that is given while people talk. */
const givenAmongTalk = 192
/** As many new events in one commit are people who talk, not what somebody missed. */
const mostOfTalk = 4
/** Milliseconds without a word until nobody talks any more. */
const silentMs = 3_000
/** Milliseconds that make a gap, that one is waited for at most (a whole frame must be taken before its giver is asked again), and between looks. */
const gapMs = 30
const mostWaitMs = 150
const lookMs = 5

export interface Portion<Event> {
  readonly events: readonly Event[]
  readonly urgency: Urgency
}

export interface Portions {
  /** The events in their order, a portion at a time. A few are what was just said, and wait for nobody. */
  of<Event>(events: readonly Event[]): AsyncGenerator<Portion<Event>>
  /** Events that a frame may have now at most. */
  mostGiven(): number
  /** Settles when what people say has had its way, or has been waited for long enough. */
  gap(): Promise<void>
}

export const createPortions = ({ clock, rooms }: ClockDep & { readonly rooms: Pick<Rooms, 'onCommit' | 'restedFor'> }): Portions => {
  let size = smallest
  let talkedAt = -Infinity
  const isTalk = (): boolean => Math.abs(clock.now() - talkedAt) <= silentMs
  rooms.onCommit(({ writes, isPatient }) => {
    const said = isPatient ? 0 : writes.filter(isSaid).length
    if (said === 0 || said > mostOfTalk) return
    size = smallest
    talkedAt = clock.now()
  })
  const gap: Portions['gap'] = async () => {
    for (let waited = 0; isTalk() && waited < mostWaitMs && rooms.restedFor() < gapMs; waited += lookMs)
      await new Promise<void>((resolve) => void clock.after(lookMs, resolve))
  }
  return {
    async *of(events) {
      if (events.length <= mostOfTalk) return yield { events, urgency: 'prompt' }
      for (let at = 0; at < events.length;) {
        await gap()
        const portion = events.slice(at, at + size)
        at += portion.length
        yield { events: portion, urgency: 'patient' }
        if (!isTalk()) size = Math.min(2 * size, largest)
      }
    },
    mostGiven: () => (isTalk() ? givenAmongTalk : Infinity),
    gap,
  }
}

const isSaid = ({ kind, table, key }: Write): boolean => kind === 'put' && table === 'events' && key[1] === lanes.content
