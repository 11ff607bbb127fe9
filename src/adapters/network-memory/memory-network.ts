// The `Network` port of one device on a memory hub: keeps what it asked for, before and after `start`, and hands everything to the hub.
import type { DeviceId, Tag } from '../../core/ids.ts'
import { maxDataFrameBytes, maxGossipBytes } from '../../core/limits.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Network, NetworkEvent } from '../../ports/network.ts'
import type { End } from './end.ts'

export interface MemoryNetworkDeps {
  readonly clock: Clock
  readonly deviceOf: (seed: Uint8Array) => DeviceId | Promise<DeviceId>
  readonly join: (end: End) => void
  readonly leave: (end: End) => void
  readonly linkByHand: (end: End, device: DeviceId) => void
  readonly tryNode: (end: End, address: string) => void
  /** It knows other nodes from now on. */
  readonly nodesChanged: (end: End) => void
  /** Whom it wants or what it seeks has changed. */
  readonly wishesChanged: (end: End) => void
  /** To whom it may show its addresses has changed. */
  readonly directChanged: (end: End) => void
  readonly announced: (end: End) => void
  readonly statusChanged: (end: End) => void
  readonly send: (end: End, device: DeviceId, bytes: Uint8Array) => Promise<boolean>
  /** It is dialled again after a rest, or at once, if it is wanted. */
  readonly close: (end: End, device: DeviceId, next: 'rest' | 'dial') => void
  readonly publish: (end: End, topic: Tag, bytes: Uint8Array) => number
}

export const createMemoryNetwork = (deps: MemoryNetworkDeps): Network => {
  let listener: (event: NetworkEvent) => void = () => {}
  let end: End | undefined
  let isStopped = false
  let known: { readonly nodes: readonly string[]; readonly hearsay: ReadonlySet<string> } | undefined
  const wishes = {
    wanted: new Set<DeviceId>(),
    direct: new Set<DeviceId>(),
    announced: new Set<Tag>(),
    sought: new Set<Tag>(),
    topics: new Map<Tag, ReadonlySet<DeviceId>>(),
  }
  const living = (): End | undefined => (end?.alive === true ? end : undefined)
  const wish = (change: Partial<typeof wishes>, tell: (end: End) => void): void => {
    Object.assign(wishes, change)
    const present = living()
    if (present === undefined) return
    Object.assign(present, change)
    tell(present)
  }
  const close = (device: DeviceId, next: 'rest' | 'dial'): void => {
    const present = living()
    if (present !== undefined) deps.close(present, device, next)
  }

  return {
    listen: (next) => {
      listener = next
    },
    start: async ({ deviceSeed, nodes }) => {
      const device = await deps.deviceOf(deviceSeed)
      if (isStopped || end !== undefined) return
      const joined: End = {
        ...wishes,
        device,
        ...(known ?? { nodes, hearsay: new Set() }),
        alive: true,
        connectionByDevice: new Map(),
        troubleByDevice: new Map(),
        nodeStateByAddress: new Map(),
        nextLink: 1,
        emit: (event) => {
          if (joined.alive) listener(event)
        },
        now: () => deps.clock.now(),
      }
      end = joined
      deps.join(joined)
      deps.wishesChanged(joined)
    },
    stop: async () => {
      isStopped = true
      const present = living()
      if (present !== undefined) deps.leave(present)
    },
    useNodes: (nodes, hearsay = []) => {
      known = { nodes: [...nodes, ...hearsay], hearsay: new Set(hearsay) }
      const present = living()
      if (present === undefined) return
      Object.assign(present, known)
      deps.nodesChanged(present)
    },
    tryNode: (address) => {
      const present = living()
      if (present !== undefined) deps.tryNode(present, address)
    },
    offerByHand: async () => {
      const present = living()
      return present && `offer ${present.device}`
    },
    takeByHand: async (text) => {
      const [, kind, device] = /(offer|answer) ([\da-f]{64})/.exec(text) ?? []
      const present = living()
      if (present === undefined || device === undefined || device === present.device) return undefined
      if (kind === 'offer') return { kind: 'answer', text: `answer ${present.device}` }
      deps.linkByHand(present, device as DeviceId)
      return { kind: 'taken' }
    },
    want: (devices) => wish({ wanted: new Set(devices) }, deps.wishesChanged),
    allowDirect: (devices) => wish({ direct: new Set(devices) }, deps.directChanged),
    announce: (tags) => wish({ announced: new Set(tags) }, deps.announced),
    seek: (tags) => wish({ sought: new Set(tags) }, deps.wishesChanged),
    subscribe: (topics) => wish({ topics: new Map(topics.map(({ tag, authors }) => [tag, new Set(authors)])) }, () => {}),
    send: async (device, frame) => {
      if (frame.length > maxDataFrameBytes) throw new RangeError(`a frame has at most ${maxDataFrameBytes} bytes, not ${frame.length}`)
      const present = living()
      return present === undefined ? false : deps.send(present, device, Uint8Array.from(frame))
    },
    close: (device) => close(device, 'rest'),
    renew: (device) => close(device, 'dial'),
    publish: async (topic, bytes) => {
      const present = living()
      if (present === undefined || bytes.length > maxGossipBytes || !present.topics.has(topic)) return 0
      return deps.publish(present, topic, Uint8Array.from(bytes))
    },
  }
}
