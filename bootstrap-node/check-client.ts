// A guest at a node, for `check`: what a page does there, with an identity that is thrown away.
import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { identify } from '@libp2p/identify'
import { noise } from '@libp2p/noise'
import { PeerRecord, RecordEnvelope } from '@libp2p/peer-record'
import { ping } from '@libp2p/ping'
import { lpStream } from '@libp2p/utils'
import { webRTCDirect } from '@libp2p/webrtc'
import { webSockets } from '@libp2p/websockets'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { publicInfoProtocol, rendezvousProtocol } from '../src/core/wire/protocol-ids.ts'
import { decodeRendezvous, encodeRendezvous, rendezvousStatus } from '../src/core/wire/rendezvous.ts'
import type { PublicInfo } from './info.ts'
import type { RendezvousMessage } from '../src/core/wire/rendezvous.ts'

export interface CheckClient {
  /** Base58. */
  readonly peer: string
  /** Milliseconds until the connection was there. */
  connect(signal?: AbortSignal): Promise<number>
  /** What the node says of itself, in short. */
  about(): Promise<string>
  /** Rejects when the node refuses a relay slot. */
  reserve(): Promise<void>
  /** Milliseconds there and back to a peer that holds a slot at the node. */
  pingThrough(peer: string): Promise<number>
  /** Registers itself under a name; rejects when the node refuses. */
  register(name: string): Promise<void>
  /** How many are registered under a name. */
  discover(name: string): Promise<number>
  stop(): Promise<void>
}

/** Danger: not in the transport's public type; its public way tries for ever and does not say why it fails. */
interface ReservationStore {
  addRelay(peer: unknown, type: 'configured'): Promise<unknown>
}

export const createCheckClient = async (address: string): Promise<CheckClient> => {
  const privateKey = await generateKeyPair('Ed25519')
  const inside: { reservations?: ReservationStore } = {}
  const host = await createLibp2p({
    privateKey,
    addresses: { listen: [] },
    transports: [
      webRTCDirect({ rtcConfiguration: { iceServers: [] } }),
      webSockets(),
      (components) => {
        const transport = circuitRelayTransport()(components)
        inside.reservations = (transport as unknown as { readonly reservationStore: ReservationStore }).reservationStore
        return transport
      },
    ],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: { denyDialMultiaddr: () => false },
    connectionManager: { reconnectRetries: 0 },
    services: { identify: identify(), ping: ping() },
  })
  const connection = (signal?: AbortSignal) => host.dial(multiaddr(address), signal && { signal })
  const ask = async (message: RendezvousMessage): Promise<RendezvousMessage | undefined> => {
    const stream = lpStream(await (await connection()).newStream(rendezvousProtocol))
    await stream.write(encodeRendezvous(message))
    return decodeRendezvous((await stream.read()).subarray())
  }

  return {
    peer: host.peerId.toString(),
    async connect(signal) {
      const from = performance.now()
      await connection(signal)
      return Math.round(performance.now() - from)
    },
    async about() {
      const stream = await (await connection()).newStream(publicInfoProtocol)
      const { name, version, load } = JSON.parse(Buffer.from((await lpStream(stream).read()).subarray()).toString('utf8')) as PublicInfo
      return `"${name}", version ${version}, ${Math.round(100 * load)} % full`
    },
    async reserve() {
      await inside.reservations?.addRelay((await connection()).remotePeer, 'configured')
    },
    async pingThrough(peer) {
      const link = await host.dial(multiaddr(`${address}/p2p-circuit/p2p/${peer}`))
      return Math.round(await host.services.ping.ping(link.remotePeer))
    },
    async register(name) {
      const envelope = await RecordEnvelope.seal(new PeerRecord({ peerId: host.peerId, multiaddrs: [] }), privateKey)
      const answer = await ask({ kind: 'register', ns: name, record: envelope.marshal(), ttl: 60 })
      if (answer?.kind !== 'register-response' || answer.status !== rendezvousStatus.ok)
        throw new Error(`registering was refused (status ${answer?.kind === 'register-response' ? answer.status : 'unknown'})`)
    },
    async discover(name) {
      const answer = await ask({ kind: 'discover', ns: name })
      if (answer?.kind !== 'discover-response' || answer.status !== rendezvousStatus.ok) throw new Error('asking for a name was refused')
      return answer.registrations.length
    },
    stop: async () => host.stop(),
  }
}
