// The hybrid logical clock (PROTOCOL section 3): about milliseconds since 1970 times 1,024, and always ahead of everything seen, so that
// sorting by it is a causal order. Danger: it is whatever an author claims. One lie at the end of the numbers would leave nobody a number
// to follow it with, so a clock that is absurdly ahead is not followed: only the liar's own event stands out of order.
import { msPerDay } from '../time.ts'
import { maxWallClockMs } from '../limits.ts'

/** One millisecond of the clock. */
export const hlcPerMs = 1_024

/** How far ahead of this device a clock may be and still be followed: clocks that are years wrong exist. */
const maxAheadMs = 10 * 365 * msPerDay

/** Greater values are malformed; leaves room for a million million events by those who follow the last clock that is followed. */
export const maxHlc = (maxWallClockMs + maxAheadMs) * hlcPerMs + 2 ** 40

/** The clock of the next event. `wallMs` is milliseconds since 1970, `own` the clock of this device's previous event, `seen` what it saw. */
export const nextHlc = (wallMs: number, own: number, seen: readonly number[]): number => {
  const followed = seen.filter((hlc) => hlc <= (wallMs + maxAheadMs) * hlcPerMs)
  return Math.max(wallMs * hlcPerMs, own + 1, ...followed.map((hlc) => hlc + 1))
}
