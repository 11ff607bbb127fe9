// How much of what somebody missed is given and taken at a time, and when. A whole frame of hundreds of events keeps the engine and the disk
// for most of a second, and what people say meanwhile, in whatever conversation, would wait behind it at every step of its way. So while they
// talk a portion takes a few hundredths of a second, whatever the machine, and a rest twice as long follows; where nobody says anything each
// is twice as large as the one before, since every portion costs a flush of the disk.
import { lanes } from '../core/event/event.ts'
import type { ClockDep } from '../ports/clock.ts'
import type { Write } from '../ports/store.ts'
import type { Rooms, Urgency } from './rooms.ts'

/** Events of one portion while people talk, of the first one, and where nobody does. */
const smallest = 12
const usual = 48
const largest = 1_024
/** Milliseconds that one should take while people talk. */
const aimMs = 30
/** A rest is as many times as long as what was done before it, and so many milliseconds at most, on a machine that is busy otherwise. */
const restTimes = 2
const mostRestMs = 300
/** Milliseconds that what people say just then is waited for, and between looks. */
const mostWaitMs = 100
const lookMs = 5
/** Events of one frame that is given while people talk: a whole frame must be taken before its giver is asked again. */
const givenAmongTalk = 32
/** As many new events in one commit are people who talk, not what somebody missed. */
const mostOfTalk = 4
/** Milliseconds without a word until nobody talks any more. */
const silentMs = 3_000

export interface Portion<Event> {
  readonly events: readonly Event[]
  readonly urgency: Urgency
}

export interface Portions {
  /** The events in their order, a portion at a time, each when the one before has been taken. A few are what was just said, and wait for nobody. */
  of<Event>(events: readonly Event[]): AsyncGenerator<Portion<Event>>
  /** Events that a frame may have now at most. */
  mostGiven(): number
  /** Does what is done for somebody who missed something, when it is its turn. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
}

export const createPortions = ({ clock, rooms }: ClockDep & { readonly rooms: Pick<Rooms, 'onCommit' | 'isInUse'> }): Portions => {
  let size = usual
  let talkedAt = -Infinity
  const isTalk = (): boolean => Math.abs(clock.now() - talkedAt) <= silentMs
  rooms.onCommit(({ writes, isPatient }) => {
    const said = isPatient ? 0 : writes.filter(isSaid).length
    if (said === 0 || said > mostOfTalk) return
    size = Math.min(size, usual)
    talkedAt = clock.now()
  })

  /** Giving and taking rest each for themselves. Settles when a portion may begin; what it gives is called at its end, and says how long it took. */
  const createPace = () => {
    let restsUntil = -Infinity
    let endedAt = -Infinity
    return async (): Promise<() => number> => {
      const left = clock.now() < endedAt ? 0 : Math.max(0, restsUntil - clock.now())
      const isLeft = (waited: number): boolean => waited < left || (rooms.isInUse() && waited < left + mostWaitMs)
      for (let waited = 0; isTalk() && isLeft(waited); waited += lookMs)
        await new Promise<void>((resolve) => void clock.after(lookMs, resolve))
      const began = clock.now()
      return () => {
        endedAt = clock.now()
        const ms = Math.max(0, endedAt - began)
        restsUntil = endedAt + Math.min(restTimes * ms, mostRestMs)
        return ms
      }
    }
  }
  const [beginTaking, beginGiving] = [createPace(), createPace()]

  return {
    async *of(events) {
      if (events.length <= mostOfTalk) return yield { events, urgency: 'prompt' }
      for (let at = 0; at < events.length;) {
        const end = await beginTaking()
        const portion = events.slice(at, at + size)
        at += portion.length
        yield { events: portion, urgency: 'patient' }
        const ms = end()
        size = isTalk() ? Math.round(Math.min(Math.max((portion.length * aimMs) / ms, smallest), usual)) : Math.min(2 * size, largest)
      }
    },
    mostGiven: () => (isTalk() ? givenAmongTalk : Infinity),
    inTurn: async (work) => {
      const end = await beginGiving()
      try {
        return await work()
      } finally {
        end()
      }
    },
  }
}

const isSaid = ({ kind, table, key }: Write): boolean => kind === 'put' && table === 'events' && key[1] === lanes.content
