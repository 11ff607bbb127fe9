// Seeded chance (sfc32, seeded through SHA-256): one stream for each concern, so that a draw more in one shifts nothing in another.
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Dice } from '../../../src/adapters/network-memory/faults.ts'

export interface SimDice extends Dice {
  /** A whole number from `least` to `most`, both inclusive. */
  between(least: number, most: number): number
  happens(probability: number): boolean
  pick<T>(items: readonly T[]): T | undefined
  /** One of the names, each as likely as its weight. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T
  /** `length` bytes. */
  bytes(length: number): Uint8Array
  /** A stream of its own, that depends on nothing but the names. */
  fork(name: string): SimDice
}

export const createDice = (name: string): SimDice => {
  const seed = new DataView(sha256(utf8ToBytes(name)).buffer)
  let [a, b, c, count] = [seed.getUint32(0), seed.getUint32(4), seed.getUint32(8), seed.getUint32(12)]
  const word = (): number => {
    const t = (a + b + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return t >>> 0
  }
  const next = (): number => word() / 2 ** 32
  const dice: SimDice = {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    happens: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)],
    weighted: (weights) => {
      const names = Object.keys(weights) as (keyof typeof weights)[]
      let left = next() * names.reduce((sum, name) => sum + weights[name], 0)
      for (const name of names) {
        left -= weights[name]
        if (left < 0) return name
      }
      return names.at(-1)!
    },
    bytes: (length) => Uint8Array.from({ length }, () => word() >>> 24),
    fork: (child) => createDice(`${name}/${child}`),
  }
  return dice
}
