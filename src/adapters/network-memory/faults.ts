// What goes wrong on a memory network, and how often. All of it is drawn from seeded dice, so that a bad day can be had twice.

/** A source of chance: each call gives a number from 0 (inclusive) to 1 (exclusive). */
export interface Dice {
  next(): number
}

/** Least and most, both inclusive; drawn evenly. */
export type Range = readonly [number, number]

export interface Faults {
  /** Milliseconds that a frame or a gossip message is under way. */
  readonly latencyMs: Range
  /** Milliseconds from the wish for a link to the link. */
  readonly dialMs: Range
  /** Milliseconds until an end notices that its link died without a good-bye (10,000 to 16,000 for a tab that was killed). */
  readonly noticeMs: Range
  /** Chance that a frame takes its link down: it and all that is in flight either way is lost. */
  readonly linkDeath: number
  /** Chance that a new link runs through the node at first. */
  readonly relayedFirst: number
  /** Milliseconds until a relayed link is replaced by a direct one; frames in flight on the old one are lost. */
  readonly upgradeMs: Range
  /** Whether a direct path can be had at all. */
  readonly direct: boolean
  /** Chance that a gossip message does not reach one device. */
  readonly gossipLoss: number
  /** Chance that it arrives twice. */
  readonly gossipDuplicate: number
  /** Chance that it is overtaken: it takes up to ten times as long. */
  readonly gossipReorder: number
}

/** A good day on one machine. */
export const noFaults: Faults = {
  latencyMs: [1, 5],
  dialMs: [20, 60],
  noticeMs: [200, 400],
  linkDeath: 0,
  relayedFirst: 0,
  upgradeMs: [100, 300],
  direct: true,
  gossipLoss: 0,
  gossipDuplicate: 0,
  gossipReorder: 0,
}

/** A whole number of the range. */
export const drawn = (dice: Dice, [least, most]: Range): number => least + Math.floor(dice.next() * (most - least + 1))

/** True with the given probability. Always takes one draw, so that changing a probability to 0 shifts nothing else. */
export const happens = (dice: Dice, probability: number): boolean => dice.next() < probability
