// Keeps one bootstrap node connected and a relay slot reserved there, for as long as the page lives. The library dials once and does not
// bring a lost reservation back; here every end starts a new attempt: in steps of up to 2 s, at once when the browser is back online.
import type { Connection, PeerId } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import type { NodeStatus } from '../../ports/network.ts'
import { createWait } from './backoff.ts'
import type { HostParts } from './host.ts'
import type { NodeAddress } from './node-addresses.ts'
import { keepPulse } from './node-pulse.ts'
import { isOwnNodeUp } from './own-node.ts'

/** Milliseconds for a node to take a connection. */
const connectDeadlineMs = 8_000
/** Milliseconds between attempts. A node that restarts is back in 1 to 3 s. */
const stepsMs = [250, 500, 1_000, 2_000]
/** Attempts in vain after which a node is asked whether it is up before it is dialled. */
const patientAttempts = 3
/** Milliseconds for a connection to answer after sleep or a change of network. */
const pingDeadlineMs = 2_000

export interface SupervisedNode {
  /** In the one spelling; as given when it is of no use. */
  readonly address: string
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

export const superviseNode = (node: NodeAddress, { host, reservations }: HostParts, events: NodeEvents): SupervisedNode => {
  const wait = createWait(stepsMs)
  let state: NodeStatus['state'] = node.kind === 'usable' ? 'connecting' : 'unreachable'
  let trouble = node.kind === 'usable' ? undefined : node.why
  let connection: Connection | undefined
  let wasReady = false
  let inVain = 0
  let stopped = false

  const become = (next: NodeStatus['state'], why?: string): void => {
    if (stopped || (state === next && trouble === why)) return
    state = next
    trouble = why
    events.changed()
  }

  const attempt = async (address: string, relay: PeerId): Promise<void> => {
    if (inVain >= patientAttempts && (await isOwnNodeUp(address)) === false) return become('unreachable', 'The node does not answer.')
    try {
      connection = await host.dial(multiaddr(address), { signal: AbortSignal.timeout(connectDeadlineMs) })
    } catch {
      inVain++
      return become('unreachable', 'The node does not answer.')
    }
    inVain = 0
    keepPulse(host, connection)
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
    events.ready(supervised, wasReady)
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
    while (!stopped && node.kind === 'usable') {
      await attempt(node.text, node.peer)
      if (!stopped) await wait.next()
    }
  }

  const supervised: SupervisedNode = {
    address: node.kind === 'usable' ? node.text : node.given,
    status: () => ({ address: node.given, state, ...(trouble === undefined ? {} : { trouble }) }),
    connection: () => (connection?.status === 'open' ? connection : undefined),
    kick() {
      wait.kick()
      const asked = supervised.connection()
      if (asked === undefined || node.kind !== 'usable') return
      host.services.ping
        .ping(node.peer, { signal: AbortSignal.timeout(pingDeadlineMs) })
        .catch(() => asked.abort(new Error('the node does not answer')))
    },
    stop() {
      stopped = true
      wait.stop()
    },
  }
  void run()
  return supervised
}

const endOf = (connection: Connection): Promise<void> =>
  new Promise((resolve) => {
    if (connection.status !== 'open') resolve()
    else connection.addEventListener('close', () => resolve(), { once: true })
  })
