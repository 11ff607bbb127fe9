// One seed, from the first profile to the last check. Phase one: people act while everything goes wrong. Phase two: all is healed and
// runs to rest. Then it is checked what everyone sees and holds.
import { unreachable } from '../../src/core/result.ts'
import { invariants } from './invariants/all.ts'
import { createQuietEnd } from './invariants/quiet-end.ts'
import { createScript, type Happening } from './script.ts'
import { settingOf, type Setting } from './setting.ts'
import type { SimDevice } from './world/device.ts'
import { createOracle } from './world/oracle.ts'
import { createPeople } from './world/people.ts'
import { createStranger, type Stranger } from './world/stranger.ts'
import { lookAt, settled, type DeviceSeen } from './world/view.ts'
import { createSky } from './world/weather.ts'
import { hear } from './world/wire.ts'
import { createWorld, type Violation } from './world/world.ts'

export interface SeedReport {
  readonly seed: number
  readonly devices: number
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

/** A step takes no virtual time of its own, so a world that spins is stopped by their number: what everybody tells everybody, and more. */
const maxStepsFor = ({ devices, messages }: Setting): number => 400_000 + 20 * messages * devices ** 2 + 1_000 * devices ** 2
/** Longest that a healed world may take to fall silent. */
const restWithinMs = 30 * 60_000
const silenceMs = 60_000
/** Milliseconds after which whoever was switched on last, and hears nobody, has replaced the keys that were used before (services/device-keys). */
const aloneMs = 150_000

export const runSeed = async (seed: number, keepTrace = false): Promise<SeedReport> => {
  const setting = settingOf(seed)
  const maxSteps = maxStepsFor(setting)
  const world = createWorld({ ...setting, keepTrace })
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
      // What a liar writes down is theirs.
      if (device.isHostile) return
      for (const invariant of watching) invariant.commit?.(device, writes, durability)
    },
  })
  const looked = async (device: SimDevice): Promise<void> => {
    const seen = await lookAt(device)
    if (device.isHostile) return
    for (const invariant of watching) invariant.looked?.(device, seen)
  }
  const people = createPeople(world, oracle, looked)
  const sky = createSky(world)
  const happen = (happening: Happening): void => {
    switch (happening.kind) {
      case 'act':
        return people.act(happening.device, happening.act)
      case 'weather':
        return sky.happen(happening.weather)
      case 'stranger':
        return stranger?.throwSomething()
      case 'hostile':
        if (happening.device.run()?.isStarted !== true) return
        world.note(`${happening.device.name} attacks`)
        return void happening.device.hostility?.attack()
      default:
        return unreachable(happening)
    }
  }
  let stranger: Stranger | undefined
  const unhandled = (error: unknown): void =>
    world.violate('never a crash', `a promise was rejected and nobody cared: ${String(error instanceof Error ? error.stack : error)}`)
  process.on('unhandledRejection', unhandled)

  try {
    for (const device of world.devices) device.start()
    await scheduler.run(2_000, maxSteps)
    for (const device of world.devices) await settled(world, device.run()!.messenger.commands.createProfile(device.name))
    await scheduler.run(scheduler.now() + 3_000, maxSteps)
    stranger = dice.happens(0.3) ? await createStranger(world) : undefined

    // Phase one.
    const { lastsMs, plan } = createScript(dice.fork('script'), setting, world.devices, stranger !== undefined)
    const begin = scheduler.now()
    for (const happening of plan) scheduler.after(world.weather, happening.at, 'plan', () => happen(happening))
    let end = await scheduler.run(begin + lastsMs, maxSteps)

    // Phase two.
    world.note('healing')
    stranger?.leave()
    sky.heal()
    // What was to be switched on later, or to find room again, comes within a minute.
    if (end !== 'steps') end = await scheduler.run(scheduler.now() + 65_000, maxSteps)
    sky.heal()
    for (const device of world.devices) people.act(device, 'unblock')
    quietEnd.healed()
    const healedAt = scheduler.now()
    const deadline = healedAt + restWithinMs
    const isAtRest = (): boolean => quietEnd.silentForMs() >= silenceMs && scheduler.now() >= healedAt + aloneMs
    while (end !== 'steps' && !isAtRest() && scheduler.now() < deadline) {
      end = await scheduler.run(scheduler.now() + 5_000, maxSteps)
    }
    if (end === 'steps') world.violate('quiet end', `the world still spins after ${scheduler.steps()} steps`)
    if (scheduler.now() >= deadline) world.violate('quiet end', `still talking ${restWithinMs / 60_000} minutes after healing`)

    world.note('looking')
    const seenByDevice = new Map<SimDevice, DeviceSeen>()
    for (const device of world.devices) {
      // What liars see and show is theirs.
      if (device.id() === undefined || device.isHostile) continue
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
      devices: setting.devices,
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
