// A person's device: a disk that lasts, a clock that is wrong, and one run of the real services after the other on it. A run ends by a
// crash (whatever it awaited never comes) or in good order; the next one begins from what the disk holds.
import { createMemoryDisk, type Durability, type MemoryDisk } from '../../../src/adapters/store-memory/memory-disk.ts'
import { createMemoryStore } from '../../../src/adapters/store-memory/memory-store.ts'
import type { MemoryHub } from '../../../src/adapters/network-memory/hub.ts'
import type { DeviceId } from '../../../src/core/ids.ts'
import { StoreError, type Store, type Write } from '../../../src/ports/store.ts'
import type { ProfileRecord } from '../../../src/ports/tables.ts'
import { createMessenger, type Messenger } from '../../../src/services/messenger.ts'
import type { Ciphers } from './ciphers.ts'
import type { SimDice } from './dice.ts'
import { createHostility, type Hostility } from '../hostile/all.ts'
import { clockOf, createPorts } from './ports.ts'
import type { Owner, Scheduler } from './scheduler.ts'
import { simConfig } from './config.ts'

export interface SimDevice {
  readonly name: string
  /** Means ill or is broken: nobody may take its word for anything, and nobody else may be harmed by it. */
  readonly isHostile: boolean
  /** What it does when it means ill. */
  readonly hostility: Hostility | undefined
  readonly dice: SimDice
  readonly disk: MemoryDisk
  /** Known once a profile is on the disk. */
  id(): DeviceId | undefined
  /** Undefined while it is off. */
  run(): Run | undefined
  /** Switches it on. */
  start(): void
  /** Between two awaits. */
  crash(noticed: 'late' | 'at once'): void
  /** Closes in good order; settles when it is off, or never when it crashes before. */
  stop(): Promise<void>
  /** Milliseconds by which its clock is wrong. */
  skewMs: number
  /** When the clock jumped last, in virtual time. */
  jumpedAt: number
  /** Chance that a commit finds no room. */
  quotaFailure: number
}

export interface Run {
  readonly owner: Owner
  readonly messenger: Messenger
  readonly store: Store
  /** True once `start` has settled. */
  isStarted: boolean
}

export interface DeviceDeps {
  readonly name: string
  readonly isHostile: boolean
  readonly dice: SimDice
  readonly scheduler: Scheduler
  readonly hub: MemoryHub
  readonly ciphers: Ciphers
  readonly violate: (invariant: string, story: string) => void
  readonly onCommit: (device: SimDevice, writes: readonly Write[], durability: Durability) => void
}

export const createDevice = ({ name, isHostile, dice, scheduler, hub, ciphers, violate, onCommit }: DeviceDeps): SimDevice => {
  const disk = createMemoryDisk()
  const entropy = dice.fork('entropy')
  const outages = dice.fork('outages')
  let run: Run | undefined
  let runs = 0
  /** Of the person before the screen, whom no crash ends. */
  const hand: Owner = { name, alive: true }

  disk.listen((change) => {
    if (change.kind === 'commit') onCommit(device, change.writes, change.durability)
  })

  const device: SimDevice = {
    name,
    isHostile,
    hostility: isHostile
      ? createHostility({ device: { name, disk }, dice: dice.fork('hostility'), ciphers, now: () => clockOf(scheduler, device) })
      : undefined,
    dice,
    disk,
    skewMs: 0,
    jumpedAt: -Infinity,
    quotaFailure: 0,
    id: () => {
      const row = disk.state().get('profile')?.[0]?.value as ProfileRecord | undefined
      return row?.device
    },
    run: () => run,
    start: () => {
      if (run !== undefined) return
      const owner: Owner = { name: `${name}#${++runs}`, alive: true }
      const ports = createPorts({ device, owner, dice: dice.fork(`ports ${runs}`), entropy, scheduler, hub, ciphers })
      const store = createMemoryStore({ disk, fail: ports.storeFails, pause: ports.storePauses })
      const messenger = createMessenger({ ...ports.deps, store, config: simConfig, erase: () => store.destroy() })
      const started: Run = { owner, messenger, store, isStarted: false }
      run = started
      messenger.start().then(
        () => {
          started.isStarted = true
        },
        (error: unknown) => {
          if (!(error instanceof StoreError)) {
            violate('never a crash', `${owner.name} could not start: ${String(error instanceof Error ? error.stack : error)}`)
          }
          // The page says that the database cannot be used, and the person makes room and reloads.
          device.crash('late')
          scheduler.after(hand, 10_000, 'reload', () => device.start())
        },
      )
    },
    crash: (noticed) => {
      if (run === undefined) return
      run.owner.alive = false
      const id = device.id()
      if (id !== undefined) hub.crash(id, noticed)
      void run.store.close()
      run = undefined
      // Some crashes are power cuts: what was not flushed is gone.
      if (outages.happens(0.5)) disk.powerCut()
    },
    stop: async () => {
      const stopping = run
      if (stopping === undefined) return
      await stopping.messenger.stop()
      stopping.owner.alive = false
      await stopping.store.close()
      if (run === stopping) run = undefined
    },
  }
  return device
}
