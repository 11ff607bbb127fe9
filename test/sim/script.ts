// Phase one of a world, as a list of what happens when: people act, and everything goes wrong meanwhile. Drawn whole before it begins.
import type { Setting } from './setting.ts'
import type { SimDevice } from './world/device.ts'
import type { SimDice } from './world/dice.ts'
import type { Act } from './world/people.ts'
import type { Weather } from './world/weather.ts'

export type Happening =
  | { readonly kind: 'act'; readonly device: SimDevice; readonly act: Act }
  | { readonly kind: 'weather'; readonly weather: Weather }
  | { readonly kind: 'stranger' }
  | { readonly kind: 'hostile'; readonly device: SimDevice }

export interface Script {
  readonly lastsMs: number
  /** `at` in milliseconds since the script began. */
  readonly plan: readonly (Happening & { readonly at: number })[]
}

/** Everything but sending, which is drawn on its own. */
const acts: Readonly<Record<Exclude<Act, 'send' | 'unblock'>, number>> = {
  join: 12,
  rejoin: 3,
  react: 5,
  edit: 4,
  delete: 3,
  deleteForAll: 1.5,
  read: 8,
  createGroup: 2,
  inviteToGroup: 6,
  invitePerson: 4,
  preview: 2,
  leave: 1,
  renameProfile: 1,
  renameGroup: 1,
  remove: 1,
  setRole: 2,
  handOver: 0.5,
  setPolicy: 1.5,
  setTimer: 1,
  block: 0.6,
  verify: 1,
  setCourier: 1.5,
  typing: 2,
  draft: 2,
  look: 2,
}

const weathers: Readonly<Record<Weather, number>> = {
  crash: 8,
  restart: 4,
  cut: 2,
  cutOneWay: 1,
  heal: 4,
  nodeDown: 1,
  nodeUp: 3,
  clockJump: 2,
  diskFull: 1,
}

/** What a stranger or a hostile device does of its own accord, in one world. */
const throwsOfStranger = 20
const attacksPerDevice = { least: 2, most: 12 } as const
/** Attacks times the square of the devices: what everybody says about them is most of what a crowd costs. */
const mostAttackTellings = 1_500

export const createScript = (dice: SimDice, setting: Setting, devices: readonly SimDevice[], hasStranger: boolean): Script => {
  // Most are short, since what a world costs grows with its time.
  const lastsMs = Math.min(dice.between(60_000, 900_000), dice.between(60_000, 900_000))
  const plan: (Happening & { readonly at: number })[] = []
  const at = (share: number, happening: Happening): void => void plan.push({ ...happening, at: share * lastsMs })
  const somebody = (): SimDevice => dice.pick(devices)!
  // A group that most will be in, and some who talk in pairs; the rest is chance.
  const founder = somebody()
  at(0, { kind: 'act', device: founder, act: 'createGroup' })
  at(0.01, { kind: 'act', device: founder, act: 'inviteToGroup' })
  at(0.01, { kind: 'act', device: founder, act: 'invitePerson' })
  for (const device of devices) if (dice.happens(0.8)) at(0.02 + dice.next() * 0.4, { kind: 'act', device, act: 'join' })
  for (let i = 0; i < setting.messages; i++) at(0.05 + 0.95 * dice.next(), { kind: 'act', device: somebody(), act: 'send' })
  const otherActs = dice.between(20, 60) + 2 * devices.length
  for (let i = 0; i < otherActs; i++) at(dice.next(), { kind: 'act', device: somebody(), act: dice.weighted(acts) })
  const isCalm = dice.happens(0.1)
  const weatherCount = isCalm ? 0 : dice.between(2, 30)
  for (let i = 0; i < weatherCount; i++) at(0.05 + 0.95 * dice.next(), { kind: 'weather', weather: dice.weighted(weathers) })
  for (let i = 0; i < throwsOfStranger && hasStranger; i++) at(dice.next(), { kind: 'stranger' })
  const attacks = Math.max(attacksPerDevice.least, Math.min(attacksPerDevice.most, Math.floor(mostAttackTellings / devices.length ** 2)))
  for (const device of devices) {
    for (let i = 0; i < attacks && device.isHostile; i++) at(0.1 + 0.9 * dice.next(), { kind: 'hostile', device })
  }
  return { lastsMs, plan }
}
