// One device on the hub (what it asked for, whom it is linked with, the way to its listener), and what joins two of them.
import type { DeviceId, Tag } from '../../core/ids.ts'
import type { DeviceTrouble, LinkPath, NetworkEvent, NodeStatus } from '../../ports/network.ts'

export interface End {
  readonly device: DeviceId
  nodes: readonly string[]
  /** Those of the nodes that only acquaintances know. */
  hearsay: ReadonlySet<string>
  /** False after stop and after a crash: nothing goes in or out any more. */
  alive: boolean
  wanted: ReadonlySet<DeviceId>
  direct: ReadonlySet<DeviceId>
  announced: ReadonlySet<Tag>
  sought: ReadonlySet<Tag>
  /** With the devices that may speak there. */
  topics: ReadonlyMap<Tag, ReadonlySet<DeviceId>>
  /** The connection that this end holds to be up; the other end may know better. */
  readonly connectionByDevice: Map<DeviceId, Connection>
  readonly troubleByDevice: Map<DeviceId, DeviceTrouble>
  readonly nodeStateByAddress: Map<string, NodeStatus['state']>
  nextLink: number
  /** Called from a timer only, never from within a call of the port. */
  readonly emit: (event: NetworkEvent) => void
  /** Milliseconds since 1970, by the device's own reckoning. */
  readonly now: () => number
}

export interface Connection {
  readonly ends: readonly [End, End]
  readonly path: LinkPath
  /** Address of the node that carries it, when relayed. */
  readonly through: string | undefined
  isAlive(): boolean
  joins(end: End): boolean
  other(end: End): End
  linkOf(end: End): { readonly link: number; readonly since: number }
  /** Both ends learn of it, each after its own delay. */
  open(delayMs: (end: End) => number): void
  /** Settles when there is room for more. */
  send(from: End, bytes: Uint8Array, latencyMs: number): Promise<void>
  /** Ends in good order: `by` has let go already, the other end learns of it after what is in flight has arrived. */
  bye(by: End, latencyMs: number): void
  /** Breaks: in flight is lost, each living end notices after its delay. */
  die(noticeMs: (end: End) => number): void
}
