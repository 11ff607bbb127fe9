// One simulated world: virtual time, a network, and some people with a device each. Everything in it follows from the seed.
import type { DeviceId } from '../../../src/core/ids.ts'
import { deviceId } from '../../../src/core/ids.ts'
import { createMemoryHub, type MemoryHub, type WireTap } from '../../../src/adapters/network-memory/hub.ts'
import type { Durability } from '../../../src/adapters/store-memory/memory-disk.ts'
import type { Faults } from '../../../src/adapters/network-memory/faults.ts'
import type { Write } from '../../../src/ports/store.ts'
import { createCiphers, type Ciphers } from './ciphers.ts'
import { createDice, type SimDice } from './dice.ts'
import { createDevice, type SimDevice } from './device.ts'
import type { Setting } from '../setting.ts'
import { createScheduler, type Owner, type Scheduler } from './scheduler.ts'
import { createTrace, type Trace } from './trace.ts'

/** Something that must never be. */
export interface Violation {
  readonly invariant: string
  /** One sentence, with names, for whoever looks into it. */
  readonly story: string
  /** Milliseconds of virtual time. */
  readonly at: number
}

export interface WorldOptions extends Pick<Setting, 'seed' | 'devices' | 'realCipher'> {
  /** How many of the devices, the last ones, mean ill; none unless given. */
  readonly hostile?: number
  readonly keepTrace: boolean
}

/** Who listens in on the whole world, as it happens. */
export interface Witness {
  wire?(seen: WireTap): void
  commit?(device: SimDevice, writes: readonly Write[], durability: Durability): void
}

export interface World {
  readonly seed: number
  readonly dice: SimDice
  readonly scheduler: Scheduler
  readonly hub: MemoryHub
  readonly ciphers: Ciphers
  readonly trace: Trace
  readonly devices: readonly SimDevice[]
  readonly violations: readonly Violation[]
  violate(invariant: string, story: string): void
  witness(witness: Witness): void
  /** The device that has this id since it made its profile. */
  deviceOf(id: DeviceId): SimDevice | undefined
  /** For things of the world that no crash ends. */
  readonly weather: Owner
  note(text: string): void
}

const names = ['', ' II', ' III', ' IV', ' V', ' VI', ' VII', ' VIII'].flatMap((number) =>
  ['Alice', 'Bob', 'Carol', 'Dave'].map((name) => name + number),
)

export const createWorld = ({ seed, devices, hostile = 0, realCipher, keepTrace }: WorldOptions): World => {
  const dice = createDice(`world ${seed}`)
  const trace = createTrace(keepTrace)
  const violations: Violation[] = []
  const witnesses: Witness[] = []
  const weather: Owner = { name: 'world', alive: true }
  const violate = (invariant: string, story: string): void => {
    violations.push({ invariant, story, at: scheduler.now() })
    trace.line(`! ${invariant}: ${story}`)
  }
  const scheduler = createScheduler(
    (at, owner, label) => trace.line(`${at} ${owner} ${label}`),
    (error) => violate('never a crash', `a step threw ${String(error instanceof Error ? error.stack : error)}`),
  )
  const ciphers = createCiphers(seed, realCipher, scheduler)
  const hub = createMemoryHub({
    clock: { now: () => scheduler.now(), after: (ms, call) => scheduler.after(weather, ms, 'network', call) },
    dice: dice.fork('network'),
    faults: roughFaults(dice.fork('faults')),
    deviceOf: async (deviceSeed) => deviceId(await ciphers.signer.publicKey(deviceSeed)),
    tap: (seen) => {
      trace.bytes(
        `${seen.kind} from ${seen.from.slice(0, 8)} ${seen.kind === 'frame' ? `to ${seen.to.slice(0, 8)}` : `on ${seen.topic.slice(0, 8)}`}`,
        seen.bytes,
      )
      for (const witness of witnesses) witness.wire?.(seen)
    },
  })

  /** A device keeps its id for life. */
  const deviceById = new Map<DeviceId, SimDevice>()
  const world: World = {
    seed,
    dice,
    scheduler,
    hub,
    ciphers,
    trace,
    devices: names.slice(0, devices).map((name, i) =>
      createDevice({
        name,
        isHostile: i >= devices - hostile,
        dice: dice.fork(name),
        scheduler,
        hub,
        ciphers,
        violate,
        onCommit,
      }),
    ),
    violations,
    violate,
    witness: (witness) => void witnesses.push(witness),
    deviceOf: (id) => {
      const known = deviceById.get(id) ?? world.devices.find((device) => device.id() === id)
      if (known !== undefined) deviceById.set(id, known)
      return known
    },
    weather,
    note: (text) => trace.line(`${scheduler.now()} -- ${text}`),
  }
  function onCommit(device: SimDevice, writes: readonly Write[], durability: Durability): void {
    trace.line(
      `${device.name} committed ${writes.map((write) => `${write.kind === 'put' ? '+' : '-'}${write.table}[${write.key.join()}]`).join(' ')}`,
    )
    for (const witness of witnesses) witness.commit?.(device, writes, durability)
  }
  return world
}

/** A bad day: each world has its own. */
const roughFaults = (dice: SimDice): Partial<Faults> => {
  const slow = dice.happens(0.2)
  return {
    latencyMs: [1, slow ? dice.between(1_000, 60_000) : dice.between(5, 400)],
    dialMs: [20, dice.between(50, 3_000)],
    noticeMs: [50, dice.pick([300, 3_000, 16_000])!],
    linkDeath: dice.happens(0.5) ? dice.next() * 0.05 : 0,
    relayedFirst: dice.next(),
    upgradeMs: [50, dice.between(100, 5_000)],
    direct: !dice.happens(0.15),
    gossipLoss: dice.next() * 0.3,
    gossipDuplicate: dice.next() * 0.5,
    gossipReorder: dice.next() * 0.5,
  }
}
