// What the journeys stand on. Each asks for exactly the ports that it uses.
import type { ClockDep, RandomDep } from '../ports/clock.ts'
import type { HpkeDep, HpkeSuite, SignerDep } from '../ports/cipher.ts'
import type { NetworkDep } from '../ports/network.ts'
import type { StoreDep } from '../ports/store.ts'

export interface MessengerConfig {
  /** Bootstrap nodes as multiaddrs with peer ids. */
  readonly nodes: readonly string[]
  /** What stands before the fragment of an invite link, such as `https://host/`. */
  readonly origin: string
  /** The HPKE suite of new device keys. */
  readonly suite: HpkeSuite
}

export type Deps = StoreDep &
  NetworkDep &
  SignerDep &
  HpkeDep &
  ClockDep &
  RandomDep & {
    readonly config: MessengerConfig
    /** Removes everything from this device; the messenger is of no use afterwards. */
    readonly erase: () => Promise<void>
  }
