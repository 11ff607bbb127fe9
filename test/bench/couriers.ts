// How much a shared contact is worth: two people who talk in private, each online at times of their own, and none, one, three or ten
// people who are in a group with each of them. The real services, in virtual time, for two weeks. Once with hours that fall as they may, and
// once with two people who are never online together. Writes the curves as an SVG for the docs.
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createMemoryHub, type MemoryHub } from '../../src/adapters/network-memory/hub.ts'
import { deviceId, type ConversationId } from '../../src/core/ids.ts'
import type { Result } from '../../src/core/result.ts'
import { createCiphers } from '../sim/world/ciphers.ts'
import { createDevice, type SimDevice } from '../sim/world/device.ts'
import { createDice, type SimDice } from '../sim/world/dice.ts'
import { createScheduler, type Owner, type Scheduler } from '../sim/world/scheduler.ts'
import { drawCurves } from './curve-svg.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Something is said on so many days, and there is as long again for it to arrive. */
const talkingDays = 7
const longestHours = 2 * talkingDays * 24
const hoursOnline = [0.5, 1, 2, 4, 8] as const
const sharedContacts = [0, 1, 3, 10] as const

export interface CourierFigures {
  readonly talkingDays: number
  /** Everybody's hours fall as they may. */
  readonly byChance: readonly Curve[]
  /** Alice is online before noon only, Bob after noon only. */
  readonly neverTogether: readonly Curve[]
  readonly svg: string
}

interface Curve {
  readonly contacts: number
  readonly points: readonly Point[]
}

interface Point {
  readonly hours: number
  readonly messages: number
  /** Shares from 0 to 1: within a day, and at all within a week or two. */
  readonly withinDay: number
  readonly delivered: number
  /** Hours; messages that never came count as the longest. */
  readonly medianDelay: number
  readonly p90Delay: number
}

/** `runs` worlds for each point. */
export const benchCouriers = async (runs: number): Promise<CourierFigures> => {
  const [byChance, neverTogether] = [await curvesOf(runs, false), await curvesOf(runs, true)]
  const drawn = drawCurves([
    { title: 'hours as they fall', curves: byChance },
    { title: 'never online together', curves: neverTogether },
  ])
  await writeFile(fileURLToPath(new URL(`../../${svg}`, import.meta.url)), drawn)
  return { talkingDays, byChance, neverTogether, svg }
}

const svg = 'src/core/courier/delivery-curve.svg'

const curvesOf = async (runs: number, isApart: boolean): Promise<readonly Curve[]> => {
  const curves: Curve[] = []
  for (const contacts of sharedContacts) {
    const points: Point[] = []
    for (const hours of hoursOnline) {
      const delays: number[] = []
      for (let seed = 1; seed <= runs; seed++) delays.push(...(await delaysOf(seed, contacts, hours, isApart)))
      points.push(pointOf(hours, delays))
    }
    curves.push({ contacts, points })
  }
  return curves
}

export const showCouriers = ({ byChance, neverTogether, svg }: CourierFigures): string =>
  ['hours as they fall', ...tableOf(byChance), '', 'never online together', ...tableOf(neverTogether), '', `curves: ${svg}`].join('\n')

const tableOf = (curves: readonly Curve[]): readonly string[] => [
  'contacts  hours/day  messages  within a day  in all  median delay  p90',
  ...curves.flatMap(({ contacts, points }) =>
    points.map(({ hours, messages, withinDay, delivered, medianDelay, p90Delay }) =>
      [
        String(contacts).padStart(8),
        String(hours).padStart(9),
        String(messages).padStart(8),
        percent(withinDay).padStart(12),
        percent(delivered).padStart(6),
        inHours(medianDelay).padStart(12),
        inHours(p90Delay),
      ].join('  '),
    ),
  ),
]

const inHours = (hours: number): string => (hours >= longestHours ? 'never' : `${hours.toFixed(1)} h`)
const percent = (share: number): string => `${Math.round(100 * share)} %`

const pointOf = (hours: number, delays: readonly number[]): Point => {
  const sorted = delays.toSorted((a, b) => a - b)
  const quantile = (q: number): number => Math.min(longestHours, (sorted[Math.floor(q * (sorted.length - 1))] ?? 0) / hourMs)
  const share = (limit: number): number => sorted.filter((delay) => delay <= limit).length / Math.max(1, sorted.length)
  return {
    hours,
    messages: delays.length,
    withinDay: share(dayMs),
    delivered: share(Number.MAX_VALUE),
    medianDelay: quantile(0.5),
    p90Delay: quantile(0.9),
  }
}

/** Milliseconds that each message was under way; infinite for those that never came. */
const delaysOf = async (seed: number, contacts: number, hours: number, isApart: boolean): Promise<readonly number[]> => {
  const dice = createDice(`couriers ${seed} ${contacts} ${hours}`)
  const weather: Owner = { name: 'world', alive: true }
  const scheduler = createScheduler(() => {}, raise)
  const ciphers = createCiphers(seed, false, scheduler)
  const hub: MemoryHub = createMemoryHub({
    clock: { now: () => scheduler.now(), after: (ms, call) => scheduler.after(weather, ms, 'network', call) },
    dice: dice.fork('network'),
    faults: { latencyMs: [5, 200], dialMs: [100, 2_000] },
    deviceOf: async (deviceSeed) => deviceId(await ciphers.signer.publicKey(deviceSeed)),
  })
  const sentAt = new Map<string, number>()
  const cameAt = new Map<string, number>()
  const people = ['Alice', 'Bob', ...Array.from({ length: contacts }, (_, n) => `Contact ${n + 1}`)].map((name) =>
    createDevice({
      name,
      dice: dice.fork(name),
      scheduler,
      hub,
      ciphers,
      isHostile: false,
      violate: (_, text) => raise(new Error(text)),
      onCommit: (device, writes) => {
        for (const write of writes) {
          if (write.kind !== 'put' || write.table !== 'timeline' || write.value.kind !== 'message') continue
          const { text } = write.value
          if (!text.startsWith(device.name) && !cameAt.has(text)) cameAt.set(text, scheduler.now())
        }
      },
    }),
  )
  const conversation = await introduce(scheduler, people)
  const begin = scheduler.now() + hourMs
  for (const person of people) {
    // The same days whoever else there is, so that the curves differ by the couriers alone.
    const own = createDice(`days ${seed} ${hours} ${person.name}`)
    const window = isApart ? (windowsApart[people.indexOf(person)] ?? wholeDay) : wholeDay
    for (const [from, to] of sessionsOf(own, hours, window)) {
      scheduler.after(weather, begin + from - scheduler.now(), 'comes', () => person.start())
      scheduler.after(weather, begin + to - scheduler.now(), 'goes', () => void person.stop())
      if (people.indexOf(person) > 1 || from > talkingDays * dayMs) continue
      scheduler.after(weather, begin + from + own.next() * (to - from - 60_000) - scheduler.now(), 'says', () => {
        const run = person.run()
        if (run?.isStarted !== true) return
        const text = `${person.name} ${sentAt.size}`
        sentAt.set(text, scheduler.now())
        void run.messenger.commands.sendMessage(conversation, text)
      })
    }
  }
  await scheduler.run(begin, 100_000_000)
  await Promise.all(people.map((person) => settle(scheduler, person.stop())))
  await scheduler.run(begin + 2 * talkingDays * dayMs, 1_000_000_000)
  for (const person of people) person.crash('at once')
  return [...sentAt].map(([text, at]) => (cameAt.get(text) ?? Infinity) - at)
}

/** From and to, in milliseconds of the day. */
type Window = readonly [number, number]
const wholeDay: Window = [0, dayMs]
const windowsApart: readonly Window[] = [
  [0, dayMs / 2],
  [dayMs / 2, dayMs],
]

/** At most six stretches a day, at times that have nothing to do with anybody else's; those that touch are one. */
const sessionsOf = (dice: SimDice, hours: number, [opens, closes]: Window): readonly (readonly [number, number])[] => {
  const count = Math.min(6, Math.max(1, Math.round(hours * 2)))
  const length = (hours * hourMs) / count
  const starts = Array.from({ length: 2 * talkingDays }, (_, day) =>
    Array.from({ length: count }, () => day * dayMs + opens + dice.next() * (closes - opens - length)),
  )
  const sessions: [number, number][] = []
  for (const from of starts.flat().toSorted((a, b) => a - b)) {
    const last = sessions.at(-1)
    if (last !== undefined && from <= last[1] + 120_000) last[1] = Math.max(last[1], from + length)
    else sessions.push([from, from + length])
  }
  return sessions
}

/** Alice and Bob's conversation; each of the others has a group with Alice, and one with Bob. Everybody is online meanwhile. */
const introduce = async (scheduler: Scheduler, people: readonly SimDevice[]): Promise<ConversationId> => {
  const [alice, bob, ...others] = people
  if (alice === undefined || bob === undefined) throw new Error('two people are needed')
  for (const person of people) person.start()
  await scheduler.run(scheduler.now() + 5_000, 1_000_000)
  const commands = (person: SimDevice) => person.run()!.messenger.commands
  const done = async <T>(work: Promise<Result<T, unknown>>): Promise<T> => {
    const result = await settle(scheduler, work)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    return result.value
  }
  for (const person of people) await done(commands(person).createProfile(person.name))
  const join = async (host: SimDevice, guest: SimDevice, group?: ConversationId): Promise<ConversationId> => {
    const { link } = await done(commands(host).createInvite(group))
    return done(commands(guest).joinInvite(link))
  }
  const conversation = await join(alice, bob)
  for (const contact of others) {
    for (const person of [alice, bob]) await join(contact, person, await done(commands(contact).createGroup(`with ${person.name}`)))
  }
  await scheduler.run(scheduler.now() + 10 * 60_000, 10_000_000)
  return conversation
}

const settle = async <T>(scheduler: Scheduler, work: Promise<T>): Promise<T> => {
  let isSettled = false
  const settled = work.finally(() => {
    isSettled = true
  })
  while (!isSettled) await scheduler.run(scheduler.now() + 1_000, 1_000)
  return settled
}

const raise = (error: unknown): never => {
  throw error
}
