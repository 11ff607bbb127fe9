// Waiting for a condition with a deadline: the only way a story lets time pass. It looks again and again, and says at the end what it saw
// last. Nothing here sleeps and hopes.
import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'

/** How often a condition is looked at, in milliseconds. */
const lookEveryMs = 40
/** What a person would wait for before wondering, in milliseconds, on a machine that is busy with several browsers. */
export const patienceMs = 15_000

/** A plain timer, for those who race it against what they wait for. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Settles with how long it took (milliseconds), as soon as `look` is true; rejects with `what` at the deadline. */
export const until = async (what: string, look: () => Promise<boolean> | boolean, deadlineMs = patienceMs): Promise<number> => {
  const began = performance.now()
  while (!(await look())) {
    if (performance.now() - began > deadlineMs) throw new Error(`${what}: not within ${deadlineMs} ms`)
    await pause(lookEveryMs)
  }
  return performance.now() - began
}

/** Settles as soon as `look` gives `wanted`; at the deadline the difference is the failure. */
export const untilEqual = async <T>(what: string, look: () => Promise<T>, wanted: T, deadlineMs = patienceMs): Promise<number> => {
  const began = performance.now()
  let seen = await look()
  while (!isDeepStrictEqual(seen, wanted)) {
    if (performance.now() - began > deadlineMs) expect(seen, `${what}, within ${deadlineMs} ms`).toEqual(wanted)
    await pause(lookEveryMs)
    seen = await look()
  }
  return performance.now() - began
}

/** Looks for a whole while: `wanted` must hold from the first look to the last. For what must not happen, such as a second copy. */
export const staysEqual = async <T>(what: string, look: () => Promise<T>, wanted: T, whileMs: number): Promise<void> => {
  const began = performance.now()
  do {
    expect(await look(), what).toEqual(wanted)
    await pause(lookEveryMs * 5)
  } while (performance.now() - began < whileMs)
}
