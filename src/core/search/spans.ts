// Between which clocks documents stand, block by block: what lets whoever searches read the newest first and stop, and leave out what was
// said at another time, wherever history stands that came late. Pure.

/** Hybrid logical clocks (`core/event/clock`), both included. */
export interface Span {
  readonly oldest: number
  readonly newest: number
}

const clockBytes = 8
const spanBytes = 2 * clockBytes

/** Around all of them, of which there is at least one. */
export const spanAround = (spans: readonly Span[]): Span => ({
  oldest: spans.reduce((least, { oldest }) => Math.min(least, oldest), Infinity),
  newest: spans.reduce((most, { newest }) => Math.max(most, newest), -Infinity),
})

/** Whether some clock can be in both. */
export const meets = (a: Span, b: Span): boolean => a.oldest <= b.newest && b.oldest <= a.newest

/** One after the other, 16 bytes each, so that those of neighbours are joined by putting them side by side. */
export const packSpans = (spans: readonly Span[]): Uint8Array => {
  const bytes = new Uint8Array(spans.length * spanBytes)
  const view = new DataView(bytes.buffer)
  spans.forEach(({ oldest, newest }, i) => {
    view.setFloat64(i * spanBytes, oldest)
    view.setFloat64(i * spanBytes + clockBytes, newest)
  })
  return bytes
}

/** The one at a place, from 0; undefined where there is none. */
export const spanIn = (bytes: Uint8Array, at: number): Span | undefined => {
  if ((at + 1) * spanBytes > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset + at * spanBytes, spanBytes)
  return { oldest: view.getFloat64(0), newest: view.getFloat64(clockBytes) }
}
