// What a genuine member can do whose device is in bad hands: the services run on it as on any other, but a vice sits between them and the
// network, or does things of its own accord with the device's own true keys. A device has one vice or a few, for life.
import type { Network } from '../../../src/ports/network.ts'
import type { Liar } from './liar.ts'

export interface Vice {
  /** A layer between the services and the network, made anew for each run of the device; lies that it tells last beyond the chaos. */
  wrap?(network: Network): Network
  /** Called now and then while the chaos lasts. */
  attack?(): Promise<void>
}

export type CreateVice = (liar: Liar) => Vice
