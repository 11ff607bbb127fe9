// One running node: relay, rendezvous, STUN and page on one port number. Started by `main`, and by tests in their own process.
import type { Server } from 'node:http'
import { isIPv6 } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { noise } from '@libp2p/noise'
import { yamux } from '@libp2p/yamux'
import { identify } from '@libp2p/identify'
import { ping } from '@libp2p/ping'
import { createLibp2p } from 'libp2p'
import type { NodeInfo } from '../src/core/wire/node-info.ts'
import packageJson from '../package.json' with { type: 'json' }
import { createAccess } from './access.ts'
import { publicAddressOf, publicUdpPort, takesUdp } from './addresses.ts'
import { createBandwidth } from './bandwidth.ts'
import { loadCertificate } from './certificate.ts'
import { createClientAddress } from './client-address.ts'
import type { NodeConfig } from './config.ts'
import { cpuSeconds, watchEventLoop } from './health.ts'
import type { Health } from './health.ts'
import { createGate } from './gate.ts'
import { createHttp } from './http.ts'
import { loadIdentity } from './identity.ts'
import { limitsAsNumbers, policy, serveInfo } from './info.ts'
import type { PublicInfo } from './info.ts'
import { openInvites } from './invites.ts'
import { loadLimits } from './limits-file.ts'
import type { LiveLimits } from './limits-file.ts'
import { listenForMetrics } from './metrics-port.ts'
import { webSocketsBeside } from './one-port.ts'
import { quietLogger } from './quiet-logger.ts'
import { addressIn, relayServer, retuneRelay, tidyRelay } from './relay.ts'
import type { RelayHost } from './relay.ts'
import { serveRendezvous } from './rendezvous.ts'
import type { RendezvousPoint } from './rendezvous.ts'
import { limitStreams } from './stream-rate.ts'
import { tidyMemoryAfterNoise } from './tidy-memory.ts'
import { openUdpPort } from './udp-port.ts'
import type { UdpPort } from './udp-port.ts'
import { loadWebRtcCertificate } from './webrtc-certificate.ts'
import { watchGuests } from './watch-guests.ts'
import { createWebRtcDirect } from './webrtc-direct.ts'

export interface RunningNode {
  /** The port that it got. */
  readonly port: number
  /** Its libp2p peer id in base58. */
  readonly peer: string
  readonly version: string
  /** Whether it got its UDP port: STUN and WebRTC-direct. */
  readonly stun: boolean
  /** Of its WebRTC-direct certificate. */
  readonly certhash: string
  readonly limits: LiveLimits
  /** Where AutoTLS made it reachable over https, without a slash at the end; `undefined` while there is no certificate of that kind. */
  autoTlsUrl(): string | undefined
  health(): Health
  /** Reads limits, lists and certificate again; rejects with a sentence, and what could not be read stays as it was. */
  reload(): Promise<void>
  /** Takes nobody new and settles when no relayed link carries anything any more, or the time is over. */
  drain(): Promise<void>
  stop(): Promise<void>
}

/** What every stream may send at first, by yamux's specification. */
const initialWindowBytes = 256 * 1024
/** Milliseconds without a byte after which a relayed link is taken to carry nothing. */
const quietMs = 2_000

/** Starts everything; rejects with a sentence when the port is taken or a file or folder cannot be used. `told` hears of warnings. */
export const startNode = async (config: NodeConfig, told: (warning: string) => void = () => {}): Promise<RunningNode> => {
  const startedAt = Date.now()
  const live = await loadLimits(config.limits)
  const limits = live.values
  const access = createAccess(config)
  await access.reload()
  const ownCertificate =
    config.tls &&
    (await loadCertificate(config.tls, (problem) =>
      told(problem === undefined ? 'the certificate was renewed' : `certificate: ${problem}`),
    ))
  const privateKey = await loadIdentity(config.data)
  const autoTls =
    config.autoTls &&
    (await (await import('./auto-tls.ts')).openAutoTls({ folder: config.data, privateKey, told, services: config.autoTls }))
  const certificate = ownCertificate ?? autoTls
  const webRtcCertificate = await loadWebRtcCertificate(config.data)
  const webRtcDirect = createWebRtcDirect(webRtcCertificate)

  const invites = config.inviteOnly ? await openInvites(config.data, limits) : undefined
  const gate = createGate({ access, invites, trustedProxies: config.trustedProxies, limits, host: () => host })
  const addressOf = createClientAddress(config.trustedProxies)
  const bandwidth = createBandwidth(limits)
  const eventLoop = watchEventLoop()
  const later: { udp?: UdpPort; proxiedUdpPort?: number; registrations?: RendezvousPoint; metrics?: Server | undefined } = {}

  const load = (): number => {
    const held = Math.max(host.getConnections().length / limits.connections, host.services.relay.reservations.size / limits.reservations)
    return Math.round(Math.min(1, held) * 1000) / 1000
  }
  const health = (): Health => ({
    ok: host.status === 'started' && !gate.isShut,
    draining: gate.isShut,
    version: packageJson.version,
    peer: host.peerId.toString(),
    uptimeSeconds: Math.round((Date.now() - startedAt) / 1000),
    connections: host.getConnections().length,
    reservations: host.services.relay.reservations.size,
    registrations: later.registrations?.size ?? 0,
    relayedLinks: bandwidth.links,
    relayedBytes: bandwidth.carriedBytes,
    waitingStreams: bandwidth.waiting,
    refusedConnections: gate.refusedConnections,
    refusedRequests: gate.refusedRequests,
    load: load(),
    memoryBytes: process.memoryUsage.rss(),
    cpuSeconds: cpuSeconds(),
    eventLoopDelayP99Ms: eventLoop.p99Ms(),
  })
  const hasUdp = (): boolean => later.udp !== undefined && takesUdp(config)
  const nodeInfo = (): NodeInfo => ({
    peer: host.peerId.toString(),
    stun: hasUdp(),
    ...(hasUdp() && { certhash: webRtcCertificate.certhash }),
    ...(hasUdp() && later.proxiedUdpPort !== undefined && { udpPort: later.proxiedUdpPort }),
    nodes: [],
  })

  const info = (): PublicInfo => ({
    ...nodeInfo(),
    name: config.name,
    contact: config.contact,
    version: packageJson.version,
    policy,
    load: load(),
    limits: limitsAsNumbers(limits),
  })

  const answer = createHttp({
    page: config.page,
    secureHostFor: (asked) => (ownCertificate === undefined ? autoTls?.secureHostFor(asked) : asked),
    node: nodeInfo,
    info,
    health,
    addressOf,
    invites,
    refuses: gate.refuses,
  })

  const host: RelayHost = await createLibp2p({
    start: false,
    ...(quietLogger !== undefined && { logger: quietLogger }),
    privateKey,
    nodeInfo: { name: 'parley-node', version: packageJson.version, userAgent: 'parley-node' },
    addresses: { listen: [`/${isIPv6(config.host) ? 'ip6' : 'ip4'}/${config.host}/tcp/${config.port}/ws`, webRtcDirect.listen] },
    transports: [
      webRtcDirect.transport,
      webSocketsBeside({
        answer,
        limits,
        certificate,
        door: { addressOf, enter: gate.enter, connect: gate.connect },
      }),
    ],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux({ streamOptions: { maxStreamWindowSize: Math.max(limits.streamWindowBytes, initialWindowBytes) } })],
    connectionGater: gate.gater,
    connectionManager: {
      // The doorkeeper counts, by limits that may change; the library would rather close somebody who is in.
      maxConnections: Number.MAX_SAFE_INTEGER,
      maxIncomingPendingConnections: limits.pendingConnections,
      // The doorkeeper limits by household and knows better than the library's count of five a second for each host.
      inboundConnectionThreshold: limits.pendingConnections,
    },
    // `watchGuests` does it.
    connectionMonitor: { enabled: false },
    services: {
      // It answers who it is, and asks nobody: it needs to know nothing of its guests.
      identify: identify({ runOnConnectionOpen: false }),
      ping: ping({ maxInboundStreams: 4 }),
      relay: relayServer(limits, bandwidth, (from, on) => {
        const [host, port] = from.getComponents()
        if (port?.name === 'udp') later.udp?.hold(host?.value ?? '', Number(port.value), on)
      }),
    },
  })
  tidyRelay(host)
  limitStreams(host, limits)
  const unwatch = watchGuests(host)
  let visits = 0
  host.addEventListener('connection:open', () => visits++)
  const untidy = tidyMemoryAfterNoise(
    () => visits + gate.refusedConnections + gate.refusedRequests,
    () => host.getConnections().length,
  )
  await host.start()
  later.registrations = await serveRendezvous(host, limits)
  await serveInfo(host, info)

  const port = Number(
    host.getMultiaddrs().flatMap((address) => address.getComponents().find((part) => part.name === 'tcp')?.value ?? [])[0] ?? config.port,
  )
  // A node without STUN is still of use (on one network no page needs it), so a taken UDP port is not the end.
  const udp = await openUdpPort({ host: config.host, port, limits, webRtcDirect, enter: gate.enter }).catch(() => undefined)
  if (udp !== undefined) later.udp = udp
  // Who forwards a port may choose another; then that of the page is right for those who come from near, too.
  if (config.publicUrl !== undefined && publicUdpPort(config, port) === port) later.proxiedUdpPort = port
  const publicAddress = publicAddressOf(config, port)
  if (publicAddress !== undefined) void autoTls?.begin(publicAddress)
  else if (autoTls !== undefined)
    told('AutoTLS: this machine has no public IPv4 address of its own. Say it: --public-url http://ADDRESS:PORT')
  if (config.metrics !== undefined) {
    later.metrics = await listenForMetrics(config.metrics, health).catch((error: unknown) => {
      told(`no metrics at ${config.metrics?.host}: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    })
  }

  return {
    port,
    peer: host.peerId.toString(),
    version: packageJson.version,
    stun: udp !== undefined,
    certhash: webRtcCertificate.certhash,
    limits: live,
    autoTlsUrl: () => autoTls?.url(),
    health,
    async reload() {
      const results = await Promise.allSettled([live.reload(), access.reload(), certificate?.reload()])
      retuneRelay(host, limits)
      for (const connection of host.getConnections()) {
        if (access.refusesPeer(connection.remotePeer.toString(), addressIn(connection.remoteAddr.toString())))
          connection.abort(new Error('refused by the operator'))
      }
      const failed = results.find((result) => result.status === 'rejected')
      if (failed !== undefined) throw failed.reason
    },
    async drain() {
      gate.shut()
      // Slots are given up at once: a page that asks for its way to be found elsewhere does so before this one is gone.
      const end = Date.now() + limits.drainMs
      while (Date.now() < end && bandwidth.links > 0 && Date.now() - bandwidth.lastAt < quietMs) await sleep(100)
    },
    async stop() {
      gate.shut()
      later.metrics?.close()
      later.metrics?.closeAllConnections()
      certificate?.stop()
      eventLoop.stop()
      untidy()
      unwatch()
      await host.stop()
      await invites?.kept()
      await udp?.close()
      bandwidth.stop()
    },
  }
}
