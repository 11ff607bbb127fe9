// The machine's own dice.
import type { Random } from '../../ports/clock.ts'

/** `crypto.getRandomValues` gives no more in one call. */
const mostAtOnce = 65_536

export const createSystemRandom = (): Random => ({
  bytes: (length) => {
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length; at += mostAtOnce) crypto.getRandomValues(bytes.subarray(at, at + mostAtOnce))
    return bytes
  },
})
