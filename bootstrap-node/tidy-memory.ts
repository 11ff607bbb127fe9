// Gives memory back after a flood. What thousands of visits leave behind is garbage, but V8 keeps the pages that it was in for the next ones,
// for ever when none come; on a small machine others could use them. Its most thorough collection returns them. It goes over what
// is alive several times (two seconds for a thousand guests, measured; a tenth of one for none): so it runs once after each noise, when it is
// quiet again and hardly anybody is there.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Milliseconds of one look. */
const lookMs = 10_000
/** Visits in that time from which on it is noise: five a second. */
const noise = 50

/** Guests with whom it may run. */
const fewGuests = 50

/** `visits` counts everybody who ever knocked, `guests` those who are there. Returns what ends it. */
export const tidyMemoryAfterNoise = (visits: () => number, guests: () => number, collect: () => void = collectAll): (() => void) => {
  let before = visits()
  let wasNoisy = false
  const timer = setInterval(() => {
    const now = visits()
    const isNoisy = now - before > noise
    before = now
    const isOver = wasNoisy && !isNoisy && guests() <= fewGuests
    if (isOver) collect()
    wasNoisy = isNoisy || (wasNoisy && !isOver)
  }, lookMs).unref()
  return () => clearInterval(timer)
}

/** Returns what V8 can return. */
export const collectAll = (): void => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (options: {
    readonly type: 'major'
    readonly execution: 'sync'
    readonly flavor: 'last-resort'
  }) => void
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
