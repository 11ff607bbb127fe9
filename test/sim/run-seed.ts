// One seed, from the first profile to the last check. Phase one: people act while everything goes wrong. Phase two: all is healed and
// runs to rest. Then it is checked what everyone sees and holds.
import { invariants } from './invariants/all.ts'
import { createQuietEnd } from './invariants/quiet-end.ts'
import type { SimDevice } from './world/device.ts'
import { createOracle } from './world/oracle.ts'
import { createPeople, type Act } from './world/people.ts'
import { createStranger } from './world/stranger.ts'
import { lookAt, settled, type DeviceSeen } from './world/view.ts'
import { createSky, type Weather } from './world/weather.ts'
import { hear } from './world/wire.ts'
import { createWorld, type Violation } from './world/world.ts'

export interface SeedReport {
  readonly seed: number
  readonly people: number
  readonly violations: readonly Violation[]
  /** Messages that were acknowledged to their authors. */
  readonly said: number
  /** Pairs of a message and a device other than its author's that shows it in the end. */
  readonly deliveries: number
  readonly steps: number
  /** Milliseconds of virtual time. */
  readonly virtualMs: number
  /** SHA-256 over everything that happened. */
  readonly hash: string
  readonly trace: readonly string[]
  readonly refusals: Readonly<Record<string, number>>
}

const acts: Readonly<Record<Act, number>> = {
  send: 46,
  join: 12,
  react: 5,
  edit: 4,
  delete: 3,
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

/** A step takes no virtual time of its own, so a world that spins is stopped by their number. */
const maxSteps = 400_000
/** Longest that a healed world may take to fall silent. */
const restWithinMs = 30 * 60_000
const silenceMs = 60_000

export const runSeed = async (seed: number, keepTrace = false): Promise<SeedReport> => {
  const setting = { seed, people: 2 + (seed % 7), realCipher: seed % 10 === 9, keepTrace }
  const world = createWorld(setting)
  const { scheduler, dice } = world
  const oracle = createOracle()
  const quietEnd = createQuietEnd({ world, oracle })
  const watching = [...invariants.map((create) => create({ world, oracle })), quietEnd]
  world.witness({
    wire: (seen) => {
      const heard = hear(seen)
      for (const invariant of watching) invariant.wire?.(heard)
    },
    commit: (device, writes, durability) => {
      for (const invariant of watching) invariant.commit?.(device, writes, durability)
    },
  })
  const looked = async (device: SimDevice): Promise<void> => {
    const seen = await lookAt(device)
    for (const invariant of watching) invariant.looked?.(device, seen)
  }
  const people = createPeople(world, oracle, looked)
  const sky = createSky(world)
  const unhandled = (error: unknown): void =>
    world.violate('never a crash', `a promise was rejected and nobody cared: ${String(error instanceof Error ? error.stack : error)}`)
  process.on('unhandledRejection', unhandled)

  try {
    for (const device of world.devices) device.start()
    await scheduler.run(2_000, maxSteps)
    for (const device of world.devices) await settled(world, device.run()!.messenger.commands.createProfile(device.name))
    await scheduler.run(scheduler.now() + 3_000, maxSteps)
    const stranger = dice.happens(0.3) ? await createStranger(world) : undefined

    // Phase one.
    const script = dice.fork('script')
    const begin = scheduler.now()
    const lastsMs = script.between(60_000, 900_000)
    const at = (share: number): number => begin + share * lastsMs
    const plan: { readonly at: number; readonly run: () => void }[] = []
    const somebody = (): SimDevice => script.pick(world.devices)!
    // A group that most will be in, and some who talk in pairs; the rest is chance.
    const founder = somebody()
    plan.push({ at: at(0), run: () => people.act(founder, 'createGroup') })
    plan.push({ at: at(0.01), run: () => people.act(founder, 'inviteToGroup') })
    plan.push({ at: at(0.01), run: () => people.act(founder, 'invitePerson') })
    for (const device of world.devices)
      if (script.happens(0.8)) plan.push({ at: at(0.02 + script.next() * 0.4), run: () => people.act(device, 'join') })
    const actCount = script.between(40, 200)
    for (let i = 0; i < actCount; i++) {
      const [device, act] = [somebody(), script.weighted(acts)]
      plan.push({ at: at(script.next()), run: () => people.act(device, act) })
    }
    const isCalm = script.happens(0.1)
    const weatherCount = isCalm ? 0 : script.between(2, 30)
    for (let i = 0; i < weatherCount; i++) {
      const weather = script.weighted(weathers)
      plan.push({ at: at(0.05 + 0.95 * script.next()), run: () => sky.happen(weather) })
    }
    for (let i = 0; i < 20 && stranger !== undefined; i++) plan.push({ at: at(script.next()), run: () => stranger.throwSomething() })
    for (const { at: time, run } of plan) scheduler.after(world.weather, time - scheduler.now(), 'plan', run)
    let end = await scheduler.run(begin + lastsMs, maxSteps)

    // Phase two.
    world.note('healing')
    stranger?.leave()
    sky.heal()
    // What was to be switched on later, or to find room again, comes within a minute.
    if (end !== 'steps') end = await scheduler.run(scheduler.now() + 65_000, maxSteps)
    sky.heal()
    quietEnd.healed()
    const deadline = scheduler.now() + restWithinMs
    while (end !== 'steps' && quietEnd.silentForMs() < silenceMs && scheduler.now() < deadline) {
      end = await scheduler.run(scheduler.now() + 5_000, maxSteps)
    }
    if (end === 'steps') world.violate('quiet end', `the world still spins after ${scheduler.steps()} steps`)
    if (scheduler.now() >= deadline) world.violate('quiet end', `still talking ${restWithinMs / 60_000} minutes after healing`)

    world.note('looking')
    const seenByDevice = new Map<SimDevice, DeviceSeen>()
    for (const device of world.devices) {
      if (device.id() === undefined) continue
      const seen = device.run()?.isStarted === true ? await settled(world, lookAt(device)) : undefined
      if (seen === undefined) world.violate('never a crash', `${device.name} shows nothing in the end`)
      else seenByDevice.set(device, seen)
    }
    for (const invariant of watching) invariant.atRest?.({ seenByDevice })

    const texts = new Set(oracle.said.map((said) => said.text))
    const deliveries = [...seenByDevice.values()]
      .flatMap((seen) => [...seen.values()])
      .flatMap((conversation) => conversation.timeline.items)
      .filter((item) => item.kind === 'message' && !item.author.isMe && texts.has(item.text)).length
    for (const device of world.devices) device.crash('late')
    return {
      seed,
      people: setting.people,
      violations: world.violations,
      said: oracle.said.length,
      deliveries,
      steps: scheduler.steps(),
      virtualMs: Math.round(scheduler.now()),
      hash: world.trace.hash(),
      trace: world.trace.lines(),
      refusals: Object.fromEntries(oracle.refusals),
    }
  } finally {
    process.off('unhandledRejection', unhandled)
  }
}
