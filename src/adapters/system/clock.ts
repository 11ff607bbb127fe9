// The machine's own clock.
import type { Clock } from '../../ports/clock.ts'

/** Timers hold 31 bits of milliseconds; a longer one would go off at once, so long waits are made of several. */
const longestTimerMs = 0x7fff_ffff

export const createSystemClock = (): Clock => ({
  now: () => Date.now(),
  after: (ms, call) => {
    let timer: ReturnType<typeof setTimeout>
    const wait = (left: number) => {
      const step = Math.min(left, longestTimerMs)
      timer = setTimeout(() => (left > step ? wait(left - step) : call()), step)
    }
    wait(Math.max(0, ms))
    return () => clearTimeout(timer)
  },
})
