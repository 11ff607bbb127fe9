// Looks after one bootstrap node, for as long as it is needed: connected, and with a relay slot where one is wanted. The library dials once
// and does not bring a lost reservation back; here every end starts a new attempt. A node that is dead, full, slow or does not carry what
// it promised says so in its status, and is no longer counted on (`isGood`): the pool then takes another.
import type { Connection, PeerId } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import type { NodeStatus, NodeTrouble } from '../../ports/network.ts'
import { createWait } from './backoff.ts'
import type { HostParts } from './host.ts'
import { inTime } from './in-time.ts'
import { isBy, isReachedOtherwise } from './node-addresses.ts'
import type { NodeAddress } from './node-addresses.ts'
import { keepPulse } from './node-pulse.ts'
import { isOwnNodeUp } from './own-node.ts'

/** Milliseconds for a node to take a connection. */
const connectDeadlineMs = 5_000
/** Milliseconds for a node to give a slot, and to show that it carries. */
const slotDeadlineMs = 4_000
/** Milliseconds after which a slot is doubted: what a person waits for goes first. */
const doubtAfterMs = 1_500
/** Milliseconds that a node has for all of it before another is tried beside it. */
const benefitOfDoubtMs = 4_000
/** Milliseconds between attempts while slots are lacking. A node that restarts is back in 1 to 3 s. */
const urgentStepsMs = [250, 500, 1_000, 2_000]
/** The same while other nodes serve. */
const calmStepsMs = [1_000, 3_000, 6_000, 10_000]
/** Milliseconds until a node that is full, or that lied, is asked for a slot again. */
const slotRestMs = 20_000
/** Attempts in vain after which a node is asked whether it is up before it is dialled. */
const patientAttempts = 3
/** Milliseconds between questions whether a node lives, and for its answer: together less than the 15 s in which a dead one is left. */
const pulseMs = 7_000
const pulseDeadlineMs = 4_000
/** Milliseconds for a connection to answer after sleep or a change of network. */
const kickDeadlineMs = 2_000
/** An answer that takes longer than this twice in a row makes a node slow. */
const slowMs = 2_000

/** What the node is needed for: nothing now, questions and dials through it, or a slot as well. */
export type NodeUse = 'rest' | 'talk' | 'slot'

export interface SupervisedNode {
  /** In the one spelling; as given when it is of no use. */
  readonly address: string
  status(): NodeStatus
  /** The connection while there is one. */
  connection(): Connection | undefined
  hasSlot(): boolean
  /** Whether this page may use it at all. */
  readonly isUsable: boolean
  /** Whether it may be counted on for a slot: it has given one, or has not had the time to. */
  isGood(): boolean
  /** Whether it may be counted on for questions: it is connected, or has not had the time to. */
  isSound(): boolean
  use(use: NodeUse): void
  /** Something changed: try at once, and ask the connection whether it lives. */
  kick(): void
  stop(): void
}

export interface NodeEvents {
  /** Anything in `status`, or in what it is good for, changed. */
  changed(): void
  /** It can be asked from now on until the connection ends. */
  connected(node: SupervisedNode, connection: Connection): void
  /** A slot stands: others can reach this device through the node. `again` after the first time. */
  ready(node: SupervisedNode, again: boolean): void
  /** Whether slots are lacking altogether. */
  isUrgent(): boolean
}

export const superviseNode = (node: NodeAddress, { host, reservations, carries }: HostParts, events: NodeEvents): SupervisedNode => {
  const wait = createWait((step) => {
    const steps = events.isUrgent() ? urgentStepsMs : calmStepsMs
    return steps[Math.min(step, steps.length - 1)] ?? 0
  })
  let use: NodeUse = 'rest'
  let state: NodeStatus['state'] = node.kind === 'usable' ? 'idle' : 'unreachable'
  let trouble: NodeTrouble | undefined = node.kind === 'usable' ? undefined : node.why
  let connection: Connection | undefined
  let wasReady = false
  let inVain = 0
  let slowAnswers = 0
  /** Until when it is given the benefit of the doubt; milliseconds since 1970. */
  let trustedUntil = 0
  let slotDueAt = 0
  let wake: () => void = () => {}
  let stopped = false

  const become = (next: NodeStatus['state'], why?: NodeTrouble): void => {
    if (stopped || (state === next && trouble === why)) return
    state = next
    trouble = why
    events.changed()
  }
  const isDone = (): boolean => stopped || use === 'rest'
  /** Nothing good is expected of it until it has proved itself. */
  const distrust = (): void => {
    trustedUntil = 0
  }

  const attempt = async (address: string, relay: PeerId): Promise<void> => {
    if (inVain >= patientAttempts && (await isOwnNodeUp(address)) === false) return fail('silent')
    let dialled: Connection
    try {
      dialled = await host.dial(multiaddr(address), { signal: AbortSignal.timeout(connectDeadlineMs) })
    } catch {
      inVain++
      return fail('silent')
    }
    inVain = 0
    if (!isBy(address, dialled)) return
    connection = dialled
    // What it refused or failed to keep may have been its last breath: over a new connection it is asked anew.
    slotDueAt = 0
    keepPulse(host, connection)
    become('connected')
    events.connected(supervised, connection)
    const pulse = startPulse(connection, relay)
    while (!isDone() && connection.status === 'open') {
      if (use === 'slot' && state !== 'reserved' && slotDueAt <= Date.now()) await takeSlot(connection, relay)
      await somethingNew(connection, relay)
      if (state === 'reserved' && !reservations.hasReservation(relay)) become('connected', 'slot-lost')
    }
    clearInterval(pulse)
    if (isDone()) connection.close().catch(() => {})
    connection = undefined
    if (isDone()) return become('idle')
    trust()
    become('connecting', 'lost')
  }

  const fail = (why: NodeTrouble): void => {
    distrust()
    become('unreachable', why)
  }

  const takeSlot = async (open: Connection, relay: PeerId): Promise<void> => {
    slotDueAt = Date.now() + slotRestMs
    try {
      await inTime(Promise.race([reservations.addRelay(relay, 'configured'), endOf(open)]), slotDeadlineMs)
    } catch (error) {
      distrust()
      return isRefusal(error) ? become('full', 'full') : become('connected', 'no-slot')
    }
    if (open.status !== 'open') return
    slotDueAt = 0
    become('reserved')
    events.ready(supervised, wasReady)
    wasReady = true
    setTimeout(() => void doubt(open, relay), doubtAfterMs)
  }

  /** The slot counts at once; a node that lives and does not bring anybody here loses the trust again. */
  const doubt = async (open: Connection, relay: PeerId): Promise<void> => {
    const isPresent = (): boolean => open.status === 'open' && connection === open
    if (!isPresent() || state !== 'reserved') return
    if (await inTime(carries(open), slotDeadlineMs).catch(() => false)) return wait.reset()
    // Silence, or a last word on the way out, is no lie: such a node is lost, and may be back in a moment.
    if (isPresent() && !(await isAlive(relay, pulseDeadlineMs)) && isPresent()) return open.abort(new Error('the node does not answer'))
    if (!isPresent()) return
    distrust()
    slotDueAt = Date.now() + slotRestMs
    become('connected', 'brings-nobody')
    wake()
  }

  const isAlive = (relay: PeerId, deadlineMs: number): Promise<boolean> =>
    host.services.ping.ping(relay, { signal: AbortSignal.timeout(deadlineMs) }).then(
      () => true,
      () => false,
    )

  /** Resolves when the connection or the slot ends, when the node is needed for something else, or when a slot is due. */
  const somethingNew = async (open: Connection, relay: PeerId): Promise<void> => {
    const dueMs = use === 'slot' && state !== 'reserved' ? Math.max(50, slotDueAt - Date.now()) : undefined
    const controller = new AbortController()
    await new Promise<void>((resolve) => {
      wake = resolve
      const hasLost = state === 'reserved' && !reservations.hasReservation(relay)
      if (open.status !== 'open' || isDone() || hasLost) return resolve()
      const { signal } = controller
      open.addEventListener('close', () => resolve(), { signal })
      reservations.addEventListener('relay:removed', ({ detail }) => detail.relay.equals(relay) && resolve(), { signal })
      if (dueMs !== undefined) setTimeout(resolve, dueMs)
    })
    controller.abort()
  }

  const startPulse = (open: Connection, relay: PeerId): ReturnType<typeof setInterval> =>
    setInterval(() => {
      const asked = performance.now()
      host.services.ping
        .ping(relay, { signal: AbortSignal.timeout(pulseDeadlineMs) })
        .then((ms) => {
          slowAnswers = ms > slowMs ? slowAnswers + 1 : 0
          if (slowAnswers === 2 || (slowAnswers === 0 && trouble === 'slow')) become(state, slowAnswers === 0 ? undefined : 'slow')
        })
        .catch(() => {
          // A timer that is far too late means that this page slept, and the node may have answered.
          if (performance.now() - asked < 2 * pulseDeadlineMs) open.abort(new Error('the node does not answer'))
        })
    }, pulseMs)

  /** From now on it is given some time to prove itself; then another may be needed. */
  const trust = (): void => {
    trustedUntil = Date.now() + benefitOfDoubtMs
    setTimeout(() => stopped || events.changed(), benefitOfDoubtMs + 10)
  }

  const run = async (): Promise<void> => {
    while (!stopped && node.kind === 'usable') {
      if (use === 'rest') {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        continue
      }
      if (isReachedOtherwise(host, node)) {
        if (state === 'connecting') become('idle')
      } else {
        if (state === 'idle') become('connecting')
        await attempt(node.text, node.peer)
      }
      if (!isDone()) await wait.next()
    }
  }

  const supervised: SupervisedNode = {
    address: node.kind === 'usable' ? node.text : node.given,
    status: () => ({ address: node.given, state, chosen: use === 'slot', ...(trouble === undefined ? {} : { trouble }) }),
    connection: () => (connection?.status === 'open' ? connection : undefined),
    hasSlot: () => state === 'reserved' && connection?.status === 'open',
    isUsable: node.kind === 'usable',
    isSound: () => connection?.status === 'open' || state === 'idle' || Date.now() < trustedUntil,
    isGood: () =>
      state === 'reserved'
        ? slowAnswers < 2
        : use !== 'slot' && state !== 'unreachable' && state !== 'full'
          ? true
          : Date.now() < trustedUntil,
    use(next) {
      if (node.kind !== 'usable' || next === use) return
      const wasResting = use === 'rest'
      use = next
      if (next !== 'rest' && state !== 'unreachable' && state !== 'full') trust()
      if (wasResting) wait.reset()
      else if (next === 'rest') wait.kick()
      if (state !== 'full' && trouble === undefined) slotDueAt = 0
      wake()
      events.changed()
    },
    kick() {
      wait.kick()
      slotDueAt = 0
      wake()
      const asked = supervised.connection()
      if (asked === undefined || node.kind !== 'usable') return
      void isAlive(node.peer, kickDeadlineMs).then((alive) => alive || asked.abort(new Error('the node does not answer')))
    },
    stop() {
      stopped = true
      wait.stop()
      wake()
      if (use === 'rest') return
      use = 'rest'
      connection?.close().catch(() => {})
    },
  }
  void run()
  return supervised
}

/** The library gives the status in the message alone. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && /RESERVATION_REFUSED|RESOURCE_LIMIT|PERMISSION_DENIED/.test(error.message)

const endOf = (connection: Connection): Promise<void> =>
  new Promise((resolve) => {
    if (connection.status !== 'open') resolve()
    else connection.addEventListener('close', () => resolve(), { once: true })
  })
