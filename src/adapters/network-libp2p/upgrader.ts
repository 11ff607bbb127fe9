// Looks for a direct path behind every relayed link, in the background. The side that dialled begins at once, when its relayed connection
// stands and the link on it is still being agreed on: a round trip less. The other side helps after a while, in case that one cannot. A relayed link is never touched here: a direct one replaces it only once it stands.
// Whoever may not learn this device's addresses stays on the relayed link.
import type { Connection } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import type { DeviceId } from '../../core/ids.ts'
import { varied } from './backoff.ts'
import { addressDialMs } from './config.ts'
import { deviceToPeer, peerToDevice } from './device-peer.ts'
import type { Host } from './host.ts'
import type { Link } from './links.ts'
import { relayIn } from './relay-address.ts'

/** Milliseconds before each attempt of the side that dialled; the second is at once, for dials that were unlucky. */
const dialledStepsMs = [0, 100, 3_000, 30_000, 120_000, 300_000]
/** Milliseconds before each attempt of the side that was dialled. */
const acceptedStepsMs = [8_000, 60_000, 300_000]
/**
 * Milliseconds for each of the first two attempts: the door may still be closed for the one, and some hear nothing at all, where the next one
 * does. Later attempts get the time that a slow phone needs.
 */
const hurriedDeadlineMs = 6_000
const hurriedAttempts = 2

/** Milliseconds before the side that was dialled begins, once it allows a direct path. */
const allowedLateMs = 1_000

export interface Upgrader {
  /** A dialled connection stands, and may become a link. */
  dialled(connection: Connection): void
  /** A link came up; forgets any earlier one of the device. */
  linkUp(link: Link): void
  linkDown(device: DeviceId): void
  /** These may learn this device's addresses from now on: those that are linked get a direct path at once. */
  allowed(devices: readonly DeviceId[]): void
  /** The network changed: what was tried in vain may work now. */
  retry(): void
  stop(): void
}

export interface UpgraderDeps {
  readonly host: Host
  readonly link: (device: DeviceId) => Link | undefined
  readonly isAllowed: (device: DeviceId) => boolean
  readonly open: (connection: Connection) => Promise<boolean>
}

/** A relayed connection to a device, and mostly its link. */
type Way = Pick<Link, 'device' | 'connection'>

interface Dial extends Way {
  readonly abort: () => void
}

export const createUpgrader = ({ host, link, isAllowed, open }: UpgraderDeps): Upgrader => {
  const timers = new Map<DeviceId, ReturnType<typeof setTimeout>>()
  const dials = new Map<DeviceId, Dial>()

  const clear = (device: DeviceId): void => {
    clearTimeout(timers.get(device))
    timers.delete(device)
    dials.get(device)?.abort()
    dials.delete(device)
  }

  /** Whether the link goes this way. */
  const carries = ({ device, connection }: Way): boolean => link(device)?.connection === connection
  /** Whether a direct path instead of this way is of any use. */
  const isWanted = (way: Way): boolean => isAllowed(way.device) && (carries(way) || link(way.device) === undefined)

  const schedule = (relayed: Way, attempts: number): void => {
    const steps = relayed.connection.direction === 'outbound' ? dialledStepsMs : acceptedStepsMs
    const ms = steps[Math.min(attempts, steps.length - 1)] ?? 0
    clear(relayed.device)
    timers.set(
      relayed.device,
      setTimeout(() => void attempt(relayed, attempts), varied(ms, 0.2)),
    )
  }

  const attempt = async (relayed: Way, attempts: number): Promise<void> => {
    if (!isWanted(relayed)) return clear(relayed.device)
    // When another link comes up meanwhile, its own attempt is enough: both going on would make two direct connections.
    const ending = new AbortController()
    const dial: Dial = { ...relayed, abort: () => ending.abort() }
    dials.set(relayed.device, dial)
    const timer = setTimeout(dial.abort, attempts < hurriedAttempts ? hurriedDeadlineMs : addressDialMs)
    try {
      // One that is there already carries no link, and may be what the other side's attempt left behind.
      const connection = await host.dial(multiaddr(directAddress(relayed)), { force: true, signal: ending.signal })
      if (connection.direct && connection.limits === undefined) await open(connection)
    } catch {
      // No direct path now; the relayed link goes on.
    } finally {
      clearTimeout(timer)
    }
    if (dials.get(relayed.device) === dial) dials.delete(relayed.device)
    if (carries(relayed)) schedule(relayed, attempts + 1)
  }

  return {
    dialled(connection) {
      const device = peerToDevice(connection.remotePeer)
      if (device === undefined || connection.limits === undefined || link(device) !== undefined || dials.has(device)) return
      void attempt({ device, connection }, 0)
    },
    linkUp(up) {
      // The attempt that began with its connection goes on.
      if (dials.get(up.device)?.connection === up.connection) return
      clear(up.device)
      if (up.path === 'relayed' && isAllowed(up.device)) schedule(up, 0)
    },
    linkDown: clear,
    allowed(devices) {
      for (const device of devices) {
        const relayed = link(device)
        if (relayed?.path !== 'relayed') continue
        clear(device)
        // Both sides are told of it at about the same moment. Whoever dialled begins; but it may have tried in vain already.
        const ms = relayed.connection.direction === 'outbound' ? 0 : allowedLateMs
        timers.set(
          device,
          setTimeout(() => void attempt(relayed, 0), ms),
        )
      }
    },
    retry() {
      for (const device of [...timers.keys()]) {
        const relayed = link(device)
        if (relayed !== undefined) schedule(relayed, 0)
      }
    },
    stop() {
      for (const device of [...timers.keys()]) clear(device)
    },
  }
}

// `<relay>/p2p-circuit/p2p/<peer>` becomes `<relay>/p2p-circuit/webrtc/p2p/<peer>`.
const directAddress = ({ connection, device }: Way): string =>
  `${relayIn(connection.remoteAddr.toString())}/p2p-circuit/webrtc/p2p/${deviceToPeer(device).toString()}`
