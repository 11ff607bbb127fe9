// People who talk are each other's nodes: a device passes calls on between two of those that it wants links with, over the links that it has.
// So when every node is gone the others still find each other, and what they say at first is the description of a direct path, encrypted
// between the two; where none can be had the relayed link stays. It is libp2p's circuit relay v2 with two differences: nobody reserves
// anything (whoever is directly linked can be called), and strangers get nothing.
import { circuitRelayServer } from '@libp2p/circuit-relay-v2'
import type { CircuitRelayService } from '@libp2p/circuit-relay-v2'
import type { Connection, ConnectionGater, PeerId } from '@libp2p/interface'
import { overLinks } from './over-links.ts'

/** Milliseconds that one call may take to be put through. */
const callDeadlineMs = 10_000
/** Calls of one device that may be open at once. */
const maxCalls = 16
/** What one call may carry, in bytes both ways, and how long it may last in milliseconds: talk, while a direct path is looked for. */
const maxCallBytes = 16n * 1024n * 1024n
const maxCallMs = 30 * 60_000

/** Asked at each call. */
export interface Members {
  /** Whether a call from one to the other is passed on. */
  mayCall(from: PeerId, to: PeerId): boolean
  /** The direct connection to a device, if there is a link over one. */
  directTo(device: PeerId): Connection | undefined
}

/** The part of the library's relay that is changed. Danger: not in its public type. */
interface RelayInside {
  readonly reservationStore: { get(peer: PeerId): unknown; reserve(): unknown }
}

export const memberRelay = (
  members: Members,
): ((components: Parameters<ReturnType<typeof circuitRelayServer>>[0]) => CircuitRelayService) => {
  const create = circuitRelayServer({ hopTimeout: callDeadlineMs, maxInboundHopStreams: maxCalls, maxOutboundStopStreams: maxCalls })
  return (components) => {
    const service = create(overLinks(components, members.directTo))
    const inside = service as unknown as RelayInside
    inside.reservationStore.get = (peer) =>
      members.directTo(peer) && { limit: { data: maxCallBytes, duration: maxCallMs }, signal: new AbortController().signal }
    return service
  }
}

/** What strangers are refused. */
export const memberGater = (members: Members): Pick<ConnectionGater, 'denyInboundRelayReservation' | 'denyOutboundRelayedConnection'> => ({
  denyInboundRelayReservation: () => true,
  denyOutboundRelayedConnection: (from, to) => !members.mayCall(from, to),
})
