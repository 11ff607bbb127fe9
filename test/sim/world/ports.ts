// The ports of one run of one device, each answering later, at a time that the dice say: so a crash can fall between any two awaits.
// When the run's owner dies, its answers never come.
import type { MemoryHub } from '../../../src/adapters/network-memory/hub.ts'
import type { MemoryStoreStep } from '../../../src/adapters/store-memory/memory-store.ts'
import type { HpkeDep, SignerDep } from '../../../src/ports/cipher.ts'
import type { ClockDep, RandomDep } from '../../../src/ports/clock.ts'
import type { NetworkDep } from '../../../src/ports/network.ts'
import type { StoreFailure } from '../../../src/ports/store.ts'
import type { Ciphers } from './ciphers.ts'
import type { SimDevice } from './device.ts'
import type { SimDice } from './dice.ts'
import type { Owner, Scheduler } from './scheduler.ts'

export interface PortsOptions {
  readonly device: SimDevice
  readonly owner: Owner
  readonly dice: SimDice
  /** Lasts over all runs of the device, so that no key is ever made twice. */
  readonly entropy: SimDice
  readonly scheduler: Scheduler
  readonly hub: MemoryHub
  readonly ciphers: Ciphers
}

export interface Ports {
  readonly deps: HpkeDep & SignerDep & ClockDep & RandomDep & NetworkDep
  readonly storeFails: (step: 'read' | 'commit') => StoreFailure | undefined
  readonly storePauses: (step: MemoryStoreStep) => Promise<void>
}

/** Milliseconds since 1970 when every world begins. */
export const epochMs = Date.UTC(2026, 10, 20)

/** What a device's clock shows: milliseconds since 1970. */
export const clockOf = (scheduler: Pick<Scheduler, 'now'>, device: Pick<SimDevice, 'skewMs'>): number =>
  Math.floor(epochMs + scheduler.now() + device.skewMs)

export const createPorts = ({ device, owner, dice, entropy, scheduler, hub, ciphers }: PortsOptions): Ports => {
  const delay = (): number => (dice.happens(0.03) ? dice.between(10, 400) : dice.between(0, 3))
  const later = <T>(label: string, work: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      scheduler.after(owner, delay(), label, () => {
        work().then(resolve, reject)
      })
    })
  const soon = async (label: string): Promise<void> => later(label, async () => {})

  const clock = {
    now: () => clockOf(scheduler, device),
    after: (ms: number, call: () => void) => scheduler.after(owner, ms, 'timer', call),
  }
  const random = { bytes: (length: number) => entropy.bytes(length) }
  const hpke = ciphers.hpke(random)
  const { signer } = ciphers
  const network = device.hostility?.wrap(hub.network(clock)) ?? hub.network(clock)

  return {
    deps: {
      clock,
      random,
      signer: {
        publicKey: (seed) => later('publicKey', () => signer.publicKey(seed)),
        sign: (seed, message) => later('sign', () => signer.sign(seed, message)),
        verify: (publicKey, message, signature) => later('verify', () => signer.verify(publicKey, message, signature)),
      },
      hpke: {
        generate: (suite) => later('generate', () => hpke.generate(suite)),
        seal: (...given) => later('seal', () => hpke.seal(...given)),
        open: (...given) => later('open', () => hpke.open(...given)),
      },
      network: {
        ...network,
        listen: (listener) =>
          network.listen((event) => {
            if (owner.alive) listener(event)
          }),
        start: (options) => later('network start', () => network.start(options)),
        publish: async (topic, bytes) => {
          const handedTo = await network.publish(topic, bytes)
          await soon('published')
          return handedTo
        },
      },
    },
    storeFails: (step) => (step === 'commit' && dice.happens(device.quotaFailure) ? 'quota' : undefined),
    storePauses: soon,
  }
}
