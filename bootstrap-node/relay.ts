// The circuit relay (v2): pages hold a slot here, so that others can reach them until they are directly connected.
// Two things that @libp2p/circuit-relay-v2 4.2 leaves undone are done here. A slot is freed as soon as its page is gone, where the
// library keeps it until it expires. And a page that comes back while its old connection has not been missed yet is reached over its new
// one, where the library would go on trying the oldest.
import { circuitRelayServer } from '@libp2p/circuit-relay-v2'
import type { CircuitRelayService } from '@libp2p/circuit-relay-v2'
import type { Connection, Libp2p, PeerId } from '@libp2p/interface'
import type { Doorkeeper } from './doorkeeper.ts'
import type { Limits } from './limits.ts'

/** The node as far as the relay is concerned. */
export type RelayHost = Libp2p<{ readonly relay: CircuitRelayService }>

export const relayServer = (limits: Limits): ReturnType<typeof circuitRelayServer> =>
  circuitRelayServer({
    hopTimeout: limits.relayHandshakeMs,
    maxInboundHopStreams: limits.relayedLinksPerPeer,
    reservations: {
      maxReservations: limits.reservations,
      reservationTtl: limits.reservationTtlMs,
      defaultDurationLimit: limits.relayedLinkMs,
      defaultDataLimit: limits.relayedLinkBytes,
    },
  })

/** Whether a peer is refused a relay slot; the host is asked late because the gater is made before it. */
export const refusesReservation =
  (doorkeeper: Doorkeeper, host: () => RelayHost) =>
  (peer: PeerId): boolean => {
    const address = addressOf(host().getConnections(peer))
    // One by one, and not at all when the address is not capped.
    const holders = function* (): Generator<string> {
      for (const [holder, reservation] of host().services.relay.reservations.entries()) {
        if (!holder.equals(peer)) yield addressIn(reservation.addr.toString())
      }
    }
    return address === undefined || !doorkeeper.mayReserve(address, holders())
  }

/** Frees slots of pages that left and drops connections that a newer one of the same page has replaced. */
export const tidyRelay = (host: RelayHost): void => {
  host.addEventListener('peer:disconnect', ({ detail: peer }) => {
    const { reservations } = host.services.relay
    // Without this the timer of a slot that is gone would free the slot of the same page's next visit.
    reservations.get(peer)?.signal.clear()
    reservations.delete(peer)
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

const addressIn = (multiaddr: string): string => /^\/ip[46]\/([^/]+)/.exec(multiaddr)?.[1] ?? ''
