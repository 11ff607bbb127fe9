// The network over libp2p, in the page: WebSockets to bootstrap nodes, circuit relay through them, WebRTC between devices.
// This file only joins the parts: nodes are supervised, wanted devices dialled, relayed links upgraded, tags met, gossip carried.
import { deviceId } from '../../core/ids.ts'
import type { DeviceId, Tag } from '../../core/ids.ts'
import { linkProtocol } from '../../core/wire/protocol-ids.ts'
import type { GossipTopic, Network, NetworkOptions } from '../../ports/network.ts'
import type { Libp2pNetworkConfig } from './config.ts'
import { createByHand } from './by-hand.ts'
import { createDialler } from './dialler.ts'
import { createEvents } from './events.ts'
import { createGossip } from './gossip.ts'
import { createHost, iceServersOf } from './host.ts'
import { createLinks } from './links.ts'
import { peerIdFromString } from '@libp2p/peer-id'
import type { Connection, PeerId } from '@libp2p/interface'
import { memberWay, relayIn } from './relay-address.ts'
import { peerToDevice } from './device-peer.ts'
import { createMeeting } from './meeting.ts'
import { allowedNodes, judgeNodeAddress } from './node-addresses.ts'
import { nextTask } from './next-task.ts'
import { createNodePool } from './node-pool.ts'
import { tryNode } from './node-trial.ts'
import { watchPageLife } from './page-life.ts'
import { createTroubles } from './troubles.ts'
import { createUpgrader } from './upgrader.ts'

export type { Libp2pNetworkConfig } from './config.ts'

/** Milliseconds for the host to stop; what hangs longer is left to the browser. */
const stopDeadlineMs = 2_000
/** People who are asked for a device at once. */
const maxMembersAsked = 12
/** Link streams that the other side may have open on one connection: one, and those that are on their way out. */
const maxLinkStreams = 4

type Wishes = {
  nodes: Parameters<Network['useNodes']> | undefined
  wanted: readonly DeviceId[]
  direct: readonly DeviceId[]
  announced: readonly Tag[]
  sought: readonly Tag[]
  topics: readonly GossipTopic[]
}
type Running = Awaited<ReturnType<typeof run>>

/** One network, to be started once. */
export const createLibp2pNetwork = (config: Libp2pNetworkConfig = {}): Network => {
  const events = createEvents()
  const wishes: Wishes = { nodes: undefined, wanted: [], direct: [], announced: [], sought: [], topics: [] }
  let running: Running | undefined
  let state: 'new' | 'started' | 'stopped' = 'new'

  return {
    listen: events.listen,
    async start(options) {
      if (state !== 'new') throw new Error('a network is started once')
      state = 'started'
      const started = await run(options, config, events, () => wishes.sought)
      if (isStopped(state)) return started.stop()
      running = started
      if (wishes.nodes !== undefined) running.pool.set(...wishes.nodes)
      running.allowDirect(wishes.direct)
      running.dialler.want(wishes.wanted)
      running.meeting.announce(wishes.announced)
      running.meeting.seek(wishes.sought)
      running.gossip.subscribe(wishes.topics)
    },
    async stop() {
      if (state === 'stopped') return
      state = 'stopped'
      events.close()
      await running?.stop()
    },
    useNodes(...nodes) {
      wishes.nodes = nodes
      running?.pool.set(...nodes)
    },
    tryNode: (address) => running?.tryNode(address),
    offerByHand: () => running?.byHand.offer() ?? Promise.resolve(undefined),
    takeByHand: (text) => running?.byHand.take(text) ?? Promise.resolve(undefined),
    want(devices) {
      wishes.wanted = devices
      running?.dialler.want(devices)
    },
    allowDirect(devices) {
      wishes.direct = devices
      running?.allowDirect(devices)
    },
    announce(tags) {
      wishes.announced = tags
      running?.meeting.announce(tags)
    },
    seek(tags) {
      wishes.sought = tags
      running?.meeting.seek(tags)
    },
    subscribe(topics) {
      wishes.topics = topics
      running?.gossip.subscribe(topics)
    },
    send: (device, frame) => running?.links.send(device, frame) ?? Promise.resolve(false),
    close: (device) => running?.links.close(device),
    renew(device) {
      running?.links.close(device)
      running?.dialler.nudge(device, 'news')
    },
    publish: (topic, bytes) => running?.gossip.publish(topic, bytes) ?? Promise.resolve(0),
  }
}

const run = async (
  options: NetworkOptions,
  config: Libp2pNetworkConfig,
  events: ReturnType<typeof createEvents>,
  sought: () => readonly Tag[],
) => {
  const allowed = allowedNodes(config.insecureNodes, globalThis.location)
  const directTo = (peer: PeerId): Connection | undefined => {
    const device = peerToDevice(peer)
    const held = device === undefined ? undefined : links.get(device)
    return held?.path === 'direct' ? held.connection : undefined
  }
  const mayCall = (from: PeerId, to: PeerId): boolean =>
    [from, to].every((peer) => {
      const device = peerToDevice(peer)
      return device !== undefined && dialler.wants(device)
    })
  let direct: ReadonlySet<DeviceId> = new Set()
  const isAllowed = (device: DeviceId): boolean => direct.has(device)
  const parts = await createHost(options.deviceSeed, () => pool.known(), config, isAllowed, { directTo, mayCall })
  const { host, privateKey } = parts
  const self = deviceId(privateKey.publicKey.raw)

  const troubles = createTroubles(() => tellStatus())
  const links = createLinks(self, {
    up(link) {
      events.emit({ kind: 'link-up', device: link.device, link: link.number, path: link.path })
      dialler.linked(link.device)
      troubles.linked(link.device)
      // Without any node, whoever is linked is the way to the others.
      if (link.path === 'direct' && pool.slots().length === 0) dialler.nudgeAll('shared')
      upgrader.linkUp(link)
      tellStatus()
    },
    down(link, reason) {
      events.emit({ kind: 'link-down', device: link.device, link: link.number })
      upgrader.linkDown(link.device)
      dialler.unlinked()
      if (reason === 'lost' && dialler.wants(link.device)) troubles.note(link.device, 'lost')
      dialler.nudge(link.device, reason === 'lost' ? 'shared' : 'bye')
      tellStatus()
    },
    measured: () => tellStatus(),
    frame(link, bytes) {
      events.emit({ kind: 'frame', device: link.device, link: link.number, bytes })
    },
  })
  const link = links.get
  const upgrader = createUpgrader({ host, link, isAllowed, open: links.open })
  const isLinked = (device: DeviceId): boolean => link(device) !== undefined
  const pool = createNodePool(self, parts, allowed, {
    changed: () => tellStatus(),
    connected(node, connection) {
      meeting.connected(node.address, connection)
      dialler.nudgeAll('news')
    },
    ready(_node, again) {
      meeting.slotsChanged()
      // A node that comes back comes back for everybody; reaching one for the first time is this page's own affair.
      dialler.nudgeAll(again ? 'shared' : 'news')
    },
  })
  const dialler = createDialler({
    self,
    host,
    through: (device, width, attempt) => waysTo(device, width, attempt),
    need: (widths) => pool.need('devices', widths),
    isLinked,
    open(connection) {
      upgrader.dialled(connection)
      return links.open(connection)
    },
    failed: (device, trouble) => troubles.note(device, trouble),
  })
  /**
   * The nodes that the device's id chooses, those that are at hand anyway, and people who may be linked with it: all when there is no node,
   * else two in turn.
   */
  const waysTo = (device: DeviceId, width: number, attempt: number): readonly string[] => {
    const nodes = [...new Set([...pool.connectedFor('devices', device, width), ...pool.slots()].map(({ address }) => address))]
    const members = links.all().flatMap(({ path, connection }) => (path === 'direct' ? [memberWay(connection.remotePeer.toString())] : []))
    const inTurn = [...members, ...members].slice((2 * attempt) % (members.length || 1)).slice(0, Math.min(2, members.length))
    return [...nodes, ...(nodes.length === 0 ? members.slice(0, maxMembersAsked) : attempt === 0 ? [] : inTurn)]
  }
  const meeting = createMeeting({
    privateKey,
    self,
    pool,
    found(tag, device, ways) {
      events.emit({ kind: 'found', tag, device })
      dialler.found(device, ways)
    },
  })
  const directConnections = () => links.all().flatMap(({ path, connection }) => (path === 'direct' ? [connection] : []))
  const gossip = createGossip(host, parts.components, directConnections, (topic, from, bytes) =>
    events.emit({ kind: 'gossip', topic, from, bytes }),
  )

  const byHand = createByHand({
    self,
    components: parts.components,
    iceServers: () => iceServersOf(config),
    connected(device, dialled) {
      for (const tag of sought()) events.emit({ kind: 'found', tag, device })
      if (dialled !== undefined) links.open(dialled).catch(() => undefined)
    },
  })

  let statusTimer: ReturnType<typeof setTimeout> | undefined
  const tellStatus = (): void => {
    statusTimer ??= setTimeout(() => {
      statusTimer = undefined
      events.emit({ kind: 'status', nodes: pool.status(), links: links.all().map(statusOf), troubles: troubles.of(dialler.wants) })
    }, 0)
  }

  await host.handle(linkProtocol, links.accept, { runOnLimitedConnection: true, maxInboundStreams: maxLinkStreams })
  await host.start()
  await nextTask()
  pool.set(options.nodes)
  tellStatus()

  const unwatch = watchPageLife({
    revived() {
      pool.kick()
      links.probe()
      upgrader.retry()
      meeting.hurry()
      dialler.nudgeAll('shared')
    },
    leaving: links.sayGoodbye,
  })

  return {
    byHand,
    tryNode: (address: string) => void tryNode(judgeNodeAddress(address, allowed), parts, (trial) => events.emit({ kind: 'trial', trial })),
    pool,
    allowDirect(devices: readonly DeviceId[]) {
      const former = direct
      direct = new Set(devices)
      upgrader.allowed(devices.filter((device) => !former.has(device)))
    },
    links,
    dialler,
    meeting,
    gossip,
    async stop() {
      unwatch()
      clearTimeout(statusTimer)
      pool.stop()
      dialler.stop()
      upgrader.stop()
      byHand.stop()
      meeting.stop()
      gossip.stop()
      links.sayGoodbye()
      await Promise.race([host.stop(), new Promise((resolve) => setTimeout(resolve, stopDeadlineMs))])
    },
  }
}

/** A node's address, or the device that passes it on. */
const throughIn = (remoteAddress: string): string => {
  const way = relayIn(remoteAddress)
  return way.startsWith('/p2p/') ? (peerToDevice(peerIdFromString(way.slice('/p2p/'.length))) ?? way) : way
}

const statusOf = ({ device, path, since, connection, roundTripMs }: ReturnType<ReturnType<typeof createLinks>['all']>[number]) => {
  const through = path === 'relayed' ? throughIn(connection.remoteAddr.toString()) : undefined
  const ms = roundTripMs()
  return {
    device,
    path,
    since,
    ...(through === undefined ? {} : { through }),
    ...(ms === undefined ? {} : { roundTripMs: Math.round(ms) }),
  }
}

// Behind a call, because the compiler does not see that `stop` may have run meanwhile.
const isStopped = (state: string): boolean => state === 'stopped'
