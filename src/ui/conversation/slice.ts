// Which of the loaded rows are drawn: a slice that moves with what is on screen, so that the page stays light however much was said. Pure.

/** From (included) and to (not included), as indexes of rows. */
export interface Slice {
  readonly from: number
  readonly to: number
}

/** Rows drawn at most on a screen of usual height. */
export const drawnRows = 60
/** Rows kept ready above and below of what is on screen. */
const ready = 8

export const sliceAtEnd = (count: number, drawn: number = drawnRows): Slice => ({ from: Math.max(0, count - drawn), to: count })

/** Rows to draw at the end while they are replaced again and again: the screen, and as much again, since others may be lower. */
export const fewRows = (onScreen: number): number => Math.min(drawnRows, Math.max(24, 2 * onScreen))

/** With a row in its middle. */
export const sliceAround = (count: number, row: number): Slice => {
  const from = Math.max(0, Math.min(row - drawnRows / 2, count - drawnRows))
  return { from, to: Math.min(count, from + drawnRows) }
}

/** The same slice while enough is ready on both sides of the first and the last row on screen; else one with both in its middle. */
export const slid = (count: number, slice: Slice, first: number, last: number): Slice => {
  const lacksAbove = slice.from > 0 && first - slice.from < ready
  const lacksBelow = slice.to < count && slice.to - last <= ready
  if (!lacksAbove && !lacksBelow) return slice
  // A very high screen shows more rows than are usually drawn.
  const size = Math.max(drawnRows, last - first + 1 + 4 * ready)
  const from = Math.max(0, Math.min(Math.round((first + last - size) / 2), count - size))
  const next = { from, to: Math.min(count, from + size) }
  return next.from === slice.from && next.to === slice.to ? slice : next
}
