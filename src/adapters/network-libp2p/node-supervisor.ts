// Keeps one bootstrap node connected and a relay slot reserved there, for as long as the page lives. The library dials once and does not
// bring a lost reservation back; here every end starts a new attempt: in steps of up to 5 s, at once when the browser is back online.
import type { Connection, PeerId } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import type { NodeStatus } from '../../ports/network.ts'
import { createWait } from './backoff.ts'
import type { HostParts } from './host.ts'

/** Milliseconds for a node to take a connection. */
const connectDeadlineMs = 8_000
/** Milliseconds between attempts. A node that restarts is back in 1 to 3 s. */
const stepsMs = [250, 500, 1_000, 2_000, 2_000, 3_000, 5_000]
/** Milliseconds for a connection to answer after sleep or a change of network. */
const pingDeadlineMs = 2_000

export interface SupervisedNode {
  readonly address: string
  /** `undefined` for an address without a usable peer id. */
  readonly peer: PeerId | undefined
  status(): NodeStatus
  /** The connection while there is one. */
  connection(): Connection | undefined
  /** Something changed: try at once, and ask the connection whether it lives. */
  kick(): void
  stop(): void
}

export interface NodeEvents {
  /** Anything in `status` changed. */
  changed(): void
  /** A slot stands: others can reach this device through the node, and the node can be asked. `again` after the first time. */
  ready(node: SupervisedNode, again: boolean): void
}

export const superviseNode = (address: string, { host, reservations }: HostParts, events: NodeEvents): SupervisedNode => {
  const wait = createWait(stepsMs)
  const peer = peerOf(address)
  let state: NodeStatus['state'] = 'connecting'
  let trouble: string | undefined
  let connection: Connection | undefined
  let wasReady = false
  let stopped = false

  const become = (next: NodeStatus['state'], why?: string): void => {
    if (stopped || (state === next && trouble === why)) return
    state = next
    trouble = why
    events.changed()
  }

  const attempt = async (relay: PeerId): Promise<void> => {
    try {
      connection = await host.dial(multiaddr(address), { signal: AbortSignal.timeout(connectDeadlineMs) })
    } catch {
      return become('unreachable', 'The node does not answer.')
    }
    become('connected')
    const over = endOf(connection)
    try {
      await Promise.race([reservations.addRelay(relay, 'configured'), over])
    } catch {
      become('connected', 'The node gave no relay slot.')
      return
    }
    if (connection.status !== 'open') return become('connecting', 'The connection to the node was lost.')
    become('reserved')
    wait.reset()
    events.ready(node, wasReady)
    wasReady = true
    await Promise.race([over, removalOf(relay)])
    if (connection.status !== 'open') connection = undefined
    become(connection === undefined ? 'connecting' : 'connected', 'The connection to the node was lost.')
  }

  const removalOf = (relay: PeerId): Promise<void> =>
    new Promise((resolve) => {
      const onRemoved = ({ detail }: CustomEvent<{ readonly relay: PeerId }>): void => {
        if (!detail.relay.equals(relay)) return
        reservations.removeEventListener('relay:removed', onRemoved)
        resolve()
      }
      reservations.addEventListener('relay:removed', onRemoved)
    })

  const run = async (): Promise<void> => {
    if (peer === undefined) return become('unreachable', 'The address of the node is not valid.')
    while (!stopped) {
      await attempt(peer)
      if (!stopped) await wait.next()
    }
  }

  const node: SupervisedNode = {
    address,
    peer,
    status: () => ({ address, state, ...(trouble === undefined ? {} : { trouble }) }),
    connection: () => (connection?.status === 'open' ? connection : undefined),
    kick() {
      wait.kick()
      const asked = node.connection()
      if (asked === undefined || peer === undefined) return
      host.services.ping.ping(peer, { signal: AbortSignal.timeout(pingDeadlineMs) }).catch(() => asked.abort(new Error('the node does not answer')))
    },
    stop() {
      stopped = true
      wait.stop()
    },
  }
  void run()
  return node
}

const endOf = (connection: Connection): Promise<void> =>
  new Promise((resolve) => {
    if (connection.status !== 'open') resolve()
    else connection.addEventListener('close', () => resolve(), { once: true })
  })

const peerOf = (address: string): PeerId | undefined => {
  try {
    const id = multiaddr(address)
      .getComponents()
      .findLast(({ name }) => name === 'p2p')?.value
    return id === undefined ? undefined : peerIdFromString(id)
  } catch {
    return undefined
  }
}
