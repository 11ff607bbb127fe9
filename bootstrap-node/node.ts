// One running node: relay, rendezvous, STUN and page on one port number. Started by `main`, and by tests in their own process.
import type { Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { noise } from '@libp2p/noise'
import { yamux } from '@libp2p/yamux'
import { identify } from '@libp2p/identify'
import { ping } from '@libp2p/ping'
import { createLibp2p } from 'libp2p'
import packageJson from '../package.json' with { type: 'json' }
import type { NodeConfig } from './config.ts'
import { createDoorkeeper } from './doorkeeper.ts'
import { createHttp } from './http.ts'
import { loadIdentity } from './identity.ts'
import { limits } from './limits.ts'
import { webSocketsBeside } from './one-port.ts'
import { relayServer, refusesReservation, tidyRelay } from './relay.ts'
import type { RelayHost } from './relay.ts'
import { serveRendezvous } from './rendezvous.ts'
import type { RendezvousPoint } from './rendezvous.ts'
import { listenForStun } from './stun.ts'

export interface RunningNode {
  /** The port that it got. */
  readonly port: number
  /** Its libp2p peer id in base58. */
  readonly peer: string
  readonly stun: boolean
  stop(): Promise<void>
}

/** Starts everything; rejects with a sentence when the port is taken or the data folder cannot be used. */
export const startNode = async (config: Omit<NodeConfig, 'logLevel'>): Promise<RunningNode> => {
  const startedAt = Date.now()
  const privateKey = await loadIdentity(config.data)
  const doorkeeper = createDoorkeeper(limits)
  const later: { stun?: Socket; registrations?: RendezvousPoint } = {}

  const answerHttp = createHttp({
    page: config.page,
    info: () => ({ peer: host.peerId.toString(), stun: later.stun !== undefined, nodes: [] }),
    health: () => ({
      ok: host.status === 'started',
      version: packageJson.version,
      peer: host.peerId.toString(),
      uptimeSeconds: Math.round((Date.now() - startedAt) / 1000),
      connections: host.getConnections().length,
      reservations: host.services.relay.reservations.size,
      registrations: later.registrations?.size ?? 0,
      refusedConnections: doorkeeper.refused,
      memoryBytes: process.memoryUsage.rss(),
    }),
  })

  const host: RelayHost = await createLibp2p({
    start: false,
    privateKey,
    nodeInfo: { name: 'parley-node', version: packageJson.version, userAgent: 'parley-node' },
    addresses: { listen: [`/${isIPv6(config.host) ? 'ip6' : 'ip4'}/${config.host}/tcp/${config.port}/ws`] },
    transports: [webSocketsBeside(answerHttp, doorkeeper, limits)],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: {
      denyInboundRelayReservation: refusesReservation(doorkeeper, () => host),
      // The node answers; it never dials.
      denyDialPeer: () => true,
    },
    connectionManager: {
      maxConnections: limits.connections,
      maxIncomingPendingConnections: limits.pendingConnections,
      // The doorkeeper limits by household and knows better than the library's count of five a second for each host.
      inboundConnectionThreshold: limits.pendingConnections,
    },
    services: {
      identify: identify(),
      ping: ping({ maxInboundStreams: 4 }),
      relay: relayServer(limits),
    },
  })
  tidyRelay(host)
  await host.start()
  later.registrations = await serveRendezvous(host, limits)

  const port = Number(
    host.getMultiaddrs().map((address) => address.getComponents().find((part) => part.name === 'tcp')?.value)[0] ?? config.port,
  )
  // A node without STUN is still of use (on one network no page needs it), so a taken UDP port is not the end.
  const stun = await listenForStun(config.host, port, limits.stunPerSecond).catch(() => undefined)
  if (stun !== undefined) later.stun = stun

  return {
    port,
    peer: host.peerId.toString(),
    stun: stun !== undefined,
    async stop() {
      stun?.close()
      await host.stop()
    },
  }
}
