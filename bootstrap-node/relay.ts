// The circuit relay (v2): pages hold a slot here, so that others can reach them until they are directly connected.
// Two things that @libp2p/circuit-relay-v2 4.2 leaves undone are done here. A slot is freed as soon as its page is gone, where the
// library keeps it until it expires. And a page that comes back while its old connection has not been missed yet is reached over its new
// one, where the library would go on trying the oldest.
import { AsyncLocalStorage } from 'node:async_hooks'
import { circuitRelayServer } from '@libp2p/circuit-relay-v2'
import type { CircuitRelayService } from '@libp2p/circuit-relay-v2'
import type { Connection, Libp2p, PeerId, Stream } from '@libp2p/interface'
import type { Ping } from '@libp2p/ping'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Bandwidth, LinkEnd } from './bandwidth.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import type { Limits } from './limits.ts'

/** The node as far as the relay is concerned. */
export type RelayHost = Libp2p<{ readonly relay: CircuitRelayService; readonly ping: Ping }>

/** What the library's relay does for one request to be connected, and its call to the far end. Danger: not in its public type. */
interface RelayInside {
  onHop(stream: Stream, connection: Connection): Promise<void>
  stopHop(far: { readonly connection: Connection }, ...rest: readonly unknown[]): Promise<Stream | undefined>
}

/** Holds back all that comes from an address, or no longer. */
export type HoldSender = (from: Multiaddr, on: boolean) => void

/** The relay, with every link under the eyes of `bandwidth`. */
export const relayServer = (limits: Limits, bandwidth: Bandwidth, holdSender: HoldSender): ReturnType<typeof circuitRelayServer> => {
  // The library offers middleware for streams, but adds each one's handler to the list for ever (libp2p 3.3, connection.js).
  const asking = new AsyncLocalStorage<LinkEnd>()
  const create = createServer(limits)
  const endOf = (stream: Stream, connection: Connection): LinkEnd => ({
    stream,
    peer: connection.remotePeer.toString(),
    holdSender: (on) => holdSender(connection.remoteAddr, on),
  })
  return (components) => {
    const service = create(components)
    const inside = service as unknown as RelayInside
    const { onHop } = inside
    const stopHop = inside.stopHop.bind(inside)
    inside.onHop = (stream, connection) => asking.run(endOf(stream, connection), () => onHop(stream, connection))
    inside.stopHop = async (far, ...rest) => {
      const stream = await stopHop(far, ...rest)
      const near = asking.getStore()
      if (stream !== undefined && near !== undefined) bandwidth.link(near, endOf(stream, far.connection))
      return stream
    }
    return service
  }
}

const createServer = (limits: Limits): ReturnType<typeof circuitRelayServer> =>
  circuitRelayServer({
    hopTimeout: limits.relayHandshakeMs,
    maxInboundHopStreams: limits.relayedLinksPerPeer,
    reservations: {
      // `refusesReservation` counts, by limits that may change.
      maxReservations: Number.MAX_SAFE_INTEGER,
      reservationTtl: limits.reservationTtlMs,
      defaultDurationLimit: limits.relayedLinkMs,
      defaultDataLimit: limits.relayedLinkBytes,
    },
  })

/** Puts changed limits into force for slots that are given from now on. */
export const retuneRelay = (host: RelayHost, limits: Limits): void => {
  // Danger: not in the service's public type; the library has no other way to change them.
  const { reservationStore } = host.services.relay as unknown as { readonly reservationStore: Record<string, unknown> }
  reservationStore['reservationTtl'] = limits.reservationTtlMs
  reservationStore['defaultDurationLimit'] = limits.relayedLinkMs
  reservationStore['defaultDataLimit'] = limits.relayedLinkBytes
}

/** Whether a peer is refused a relay slot; the host is asked late because the gater is made before it. */
export const refusesReservation =
  (doorkeeper: Doorkeeper, limits: Limits, host: () => RelayHost) =>
  (peer: PeerId): boolean => {
    const { reservations } = host().services.relay
    if (reservations.size >= limits.reservations && !reservations.has(peer)) return true
    const address = addressOf(host().getConnections(peer))
    // One by one, and not at all when the address is not capped.
    const holders = function* (): Generator<string> {
      for (const [holder, reservation] of reservations.entries()) {
        if (!holder.equals(peer)) yield addressIn(reservation.addr.toString())
      }
    }
    return address === undefined || !doorkeeper.mayReserve(address, holders())
  }

/** Frees slots of pages that left, forgets them, and drops connections that a newer one of the same page has replaced. */
export const tidyRelay = (host: RelayHost): void => {
  host.addEventListener('peer:disconnect', ({ detail: peer }) => {
    const { reservations } = host.services.relay
    // Without this the timer of a slot that is gone would free the slot of the same page's next visit.
    reservations.get(peer)?.signal.clear()
    reservations.delete(peer)
    // The library would remember everybody for six hours.
    host.peerStore.delete(peer).catch(() => {})
  })
  host.addEventListener('connection:open', ({ detail: newest }) => {
    for (const older of host.getConnections(newest.remotePeer)) {
      if (older.id !== newest.id && older.timeline.open <= newest.timeline.open) older.abort(new Error('replaced by a newer connection'))
    }
  })
}

const addressOf = (connections: readonly Connection[]): string | undefined => {
  const newest = connections.at(-1)
  return newest && addressIn(newest.remoteAddr.toString())
}

/** The IP address in a multiaddr; empty when there is none. */
export const addressIn = (multiaddr: string): string => /^\/ip[46]\/([^/]+)/.exec(multiaddr)?.[1] ?? ''
