// How large a seed's world is, drawn from its number alone. Most worlds are small, because a small one shows most bugs and a thousand of
// them have to be run in two minutes; a few are as large as the bar of the design says: 32 devices, 500 messages.
import { createDice, type SimDice } from './world/dice.ts'

export interface Setting {
  readonly seed: number
  /** From 2 to 32. */
  readonly devices: number
  /** From 20 to 500: how often somebody is to send something. */
  readonly messages: number
  /** The real primitives instead of the quick ones: every tenth seed. */
  readonly realCipher: boolean
  /** Devices whose owners mean ill: at most a third, and of two devices none. */
  readonly hostile: number
}

type Range = readonly [least: number, most: number]

const devicesBetween = {
  two: [2, 2],
  three: [3, 3],
  four: [4, 4],
  five: [5, 5],
  several: [6, 8],
  many: [9, 12],
  aCrowd: [13, 24],
  theMost: [25, 32],
} as const satisfies Record<string, Range>
const devicesWeights = { two: 44, three: 27, four: 14, five: 7.5, several: 6.2, many: 1, aCrowd: 0.25, theMost: 0.03 } as const

const messagesBetween = { few: [20, 40], some: [41, 90], many: [91, 200], veryMany: [201, 500] } as const satisfies Record<string, Range>
const messagesWeights = { few: 62, some: 27, many: 9, veryMany: 2 } as const

/** Each message is told by everybody to everybody: messages times the square of the devices is about what a world costs. */
const mostTellings = 20_000
/** The real primitives are some ten times as slow. */
const mostRealDevices = 3

/** In this share of the worlds of three or more, some mean ill. */
const hostileWorlds = 0.4

export const settingOf = (seed: number): Setting => {
  const dice = createDice(`setting ${seed}`)
  const realCipher = seed % 10 === 9
  const many = drawn(dice, devicesBetween[dice.weighted(devicesWeights)])
  const devices = realCipher ? Math.min(many, mostRealDevices) : many
  const messages = drawn(dice, messagesBetween[dice.weighted(messagesWeights)])
  return {
    seed,
    devices,
    messages: Math.max(20, Math.min(messages, Math.floor(mostTellings / devices ** 2))),
    realCipher,
    hostile: dice.happens(hostileWorlds) ? dice.between(Math.min(1, Math.floor(devices / 3)), Math.floor(devices / 3)) : 0,
  }
}

const drawn = (dice: SimDice, [least, most]: Range): number => dice.between(least, most)
