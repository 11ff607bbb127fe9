// The library's relay takes the oldest connection with whoever passes a call on, or is called. Of two direct ones that were made at the same
// moment that is as often the one that is on its way out; and a stream on a connection that the other side has ended opens only when its
// deadline is over, 15 s later. Calls go over the link.
import type { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import type { Connection, PeerId } from '@libp2p/interface'
import { withMethods } from './with-methods.ts'

type ConnectionManager = Parameters<ReturnType<typeof circuitRelayTransport>>[0]['connectionManager']

/** The components for the circuit transport and the relay, with which they find the link before any other connection. */
export const overLinks = <Components extends { readonly connectionManager: ConnectionManager }>(
  components: Components,
  directTo: (peer: PeerId) => Connection | undefined,
): Components => {
  const getConnections: ConnectionManager['getConnections'] = (peer) => {
    const all = components.connectionManager.getConnections(peer)
    const link = peer && directTo(peer)
    return link === undefined ? all : [link, ...all.filter((connection) => connection !== link)]
  }
  return withMethods(components, 'connectionManager', { getConnections })
}
