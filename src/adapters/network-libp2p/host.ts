// Makes the libp2p host of one device. The traps of the libraries that can be met by configuration are met here, each with its reason.
import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { identify } from '@libp2p/identify'
import type { Identify } from '@libp2p/identify'
import type { Libp2p, PeerId, PrivateKey, TypedEventTarget } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import type { Ping } from '@libp2p/ping'
import { webRTC, webRTCDirect, type WebRTCTransportComponents } from '@libp2p/webrtc'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'
import type { DeviceId } from '../../core/ids.ts'
import { addressDialMs, inboundPerSecond, maxConnections } from './config.ts'
import type { Libp2pNetworkConfig } from './config.ts'
import { createGater } from './gater.ts'
import type { KnownNodes } from './gater.ts'
import type { GossipSubComponents } from './gossipsub.ts'
import { noiseCrypto } from './handshake-keys.ts'
import { keyPairOf } from './key-pair.ts'
import { memberGater, memberRelay } from './member-relay.ts'
import type { Members } from './member-relay.ts'
import { nextTask } from './next-task.ts'
import { overLinks } from './over-links.ts'
import { PoliteDatastore } from './polite-datastore.ts'
import { createRelayCheck } from './relay-check.ts'
import type { RelayCheck } from './relay-check.ts'
import { guardSignalling } from './signalling.ts'
import { webSockets } from './web-sockets.ts'
import { avoidWebrtcDialRace } from './webrtc-dial-race.ts'
import { speakWebrtcDirect2 } from './webrtc-direct.ts'

export type Host = Libp2p<{ readonly identify: Identify; readonly ping: Ping }>

type CircuitComponents = Parameters<ReturnType<typeof circuitRelayTransport>>[0]

/** The part of the circuit transport's reservations that is used: it has no public type. */
export interface Reservations extends TypedEventTarget<{ 'relay:removed': CustomEvent<{ readonly relay: PeerId }> }> {
  addRelay(relay: PeerId, type: 'configured'): Promise<unknown>
  hasReservation(relay: PeerId): boolean
}

export interface HostParts extends Pick<RelayCheck, 'carries'> {
  readonly host: Host
  readonly privateKey: PrivateKey
  readonly reservations: Reservations
  /** What a connection is made into one of libp2p's with, and what gossip is made of. */
  readonly components: () => Pick<CircuitComponents, 'upgrader' | 'logger'> & GossipSubComponents
}

/**
 * A host that is not started yet, for the device of a 32-byte seed; it dials `nodes` (see `judgeNodeAddress`) and what is behind them.
 * Whoever looks for a direct path to it is answered only if they `mayLearn` its addresses.
 */
export const createHost = async (
  deviceSeed: Uint8Array,
  nodes: KnownNodes,
  config: Libp2pNetworkConfig,
  mayLearn: (device: DeviceId) => boolean,
  members: Members = nobody,
): Promise<HostParts> => {
  avoidWebrtcDialRace()
  speakWebrtcDirect2()
  // `privateKey`, not `peerId`: the latter is silently ignored, and the identity would be new at every load.
  const [privateKey, handshakes] = await Promise.all([keyPairOf(deviceSeed), noiseCrypto()])
  // The page draws and answers between the steps of this beginning.
  await nextTask()
  let reservations: Reservations | undefined
  let inside: (CircuitComponents & GossipSubComponents) | undefined
  const check = createRelayCheck(() => host.peerId)

  const host: Host = await createLibp2p({
    start: false,
    privateKey,
    datastore: new PoliteDatastore(),
    // Says nothing of version or platform to strangers.
    nodeInfo: { name: 'parley', version: '1', userAgent: 'parley' },
    addresses: { listen: [] },
    transports: [
      webSockets(),
      // The node's own address is all that is needed to reach it.
      webRTCDirect({ rtcConfiguration: { iceServers: [] } }),
      (components: WebRTCTransportComponents) =>
        webRTC({
          rtcConfiguration: () => ({ iceServers: iceServersOf(config) }),
        })(guardSignalling(components, mayLearn)),
      (components: CircuitComponents & GossipSubComponents) => {
        inside = components
        // One at a time is the default, and a success there drops whatever else waits in line.
        const transport = circuitRelayTransport({ reservationConcurrency: 16 })(overLinks(components, members.directTo))
        reservations = reservationsOf(transport)
        return transport
      },
    ],
    connectionEncrypters: [noise({ crypto: handshakes })],
    streamMuxers: [yamux()],
    connectionGater: { ...createGater(nodes, members, check), ...memberGater(members) },
    connectionManager: {
      maxConnections,
      addressDialTimeout: addressDialMs,
      dialTimeout: 2 * addressDialMs,
      inboundUpgradeTimeout: addressDialMs,
      inboundConnectionThreshold: inboundPerSecond,
      maxIncomingPendingConnections: inboundPerSecond,
      // The node supervisor redials; two of them would stand in each other's way.
      reconnectRetries: 0,
    },
    // It asks every connection every ten seconds and ends those that are late by the measure of the others: a page that is busy for a moment
    // loses all its links at once. Links and nodes are asked by those who know how long an answer may take (link-stream, node-supervisor).
    connectionMonitor: { enabled: false },
    services: {
      identify: identify(),
      ping: ping(),
      relay: memberRelay(members),
    },
  })
  await nextTask()
  if (reservations === undefined || inside === undefined) throw new Error('the circuit transport was not made: see host.ts')
  const components = inside
  return { host, privateKey, reservations, carries: check.carries, components: () => components }
}

/** Only nodes: the library's default asks STUN servers of third parties. */
export const iceServersOf = (config: Libp2pNetworkConfig): RTCIceServer[] => (config.stunUrls?.() ?? []).map((urls) => ({ urls }))

const nobody: Members = { mayCall: () => false, directTo: () => undefined }

// A relay that failed once in a certain way is never tried again by the library; the supervisor knows better.
const reservationsOf = (transport: object): Reservations => {
  const { reservationStore } = transport as { readonly reservationStore: Reservations & { relayFilter: unknown } }
  reservationStore.relayFilter = { has: () => false, add: () => false }
  return reservationStore
}
