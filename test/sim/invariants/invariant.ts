// The form of everything that must hold: some of it is watched all the time, some is checked when the world has come to rest.
import type { Durability } from '../../../src/adapters/store-memory/memory-disk.ts'
import type { Write } from '../../../src/ports/store.ts'
import type { SimDevice } from '../world/device.ts'
import type { Oracle } from '../world/oracle.ts'
import type { DeviceSeen } from '../world/view.ts'
import type { Heard } from '../world/wire.ts'
import type { World } from '../world/world.ts'

export interface Invariant {
  readonly name: string
  /** Something goes out on the wire. */
  wire?(heard: Heard): void
  /** Something was committed; a power cut may still take it when that was `relaxed` and nothing `strict` came after it. */
  commit?(device: SimDevice, writes: readonly Write[], durability: Durability): void
  /** Somebody looked at everything on their device while the world goes on. */
  looked?(device: SimDevice, seen: DeviceSeen): void
  /** The world has healed and come to rest. */
  atRest?(rest: AtRest): void
}

/** What every device shows in the end; only devices that have a profile. */
export interface AtRest {
  readonly seenByDevice: ReadonlyMap<SimDevice, DeviceSeen>
}

export interface InvariantDeps {
  readonly world: World
  readonly oracle: Oracle
}

export type CreateInvariant = (deps: InvariantDeps) => Invariant
