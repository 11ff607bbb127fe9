// How good a way between two homes is, end to end; each home's cable bears half of it.

export interface Quality {
  /** Milliseconds one way. */
  readonly delayMs: number
  /** Milliseconds that a packet may take longer, evenly spread; none overtakes another by it. */
  readonly jitterMs: number
  /** Share of packets that are lost one way, 0 to 1. */
  readonly loss: number
  /** Share of packets that overtake those before them, 0 to 1. */
  readonly reordered: number
  /** Megabits a second each way; 0 is no limit. */
  readonly rateMbit: number
}

export const perfect: Quality = { delayMs: 0, jitterMs: 0, loss: 0, reordered: 0, rateMbit: 0 }

/** A way by what is said of it first: the round trip in milliseconds and the share lost one way; the rest as given or perfect. */
export const way = (roundTripMs: number, loss: number, rest: Partial<Omit<Quality, 'delayMs' | 'loss'>> = {}): Quality => ({
  ...perfect,
  ...rest,
  delayMs: roundTripMs / 2,
  loss,
})

/** Of one of two equal cables in a row: half the time, and the share of loss that makes the whole when met twice. */
export const halfOf = ({ delayMs, jitterMs, loss, reordered, rateMbit }: Quality): Quality => ({
  delayMs: delayMs / 2,
  jitterMs: jitterMs / 2,
  loss: 1 - Math.sqrt(1 - loss),
  reordered: 1 - Math.sqrt(1 - reordered),
  rateMbit,
})
