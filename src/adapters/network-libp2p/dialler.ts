// Links wanted devices up: through the nodes at which they most likely hold a slot, again and again, quietly. Who comes online dials, so a
// steady attempt is slow; what speeds it up is news: a device newly wanted or found, a node reached, a link lost.
import type { Connection } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { compareIds } from '../../core/ids.ts'
import type { DeviceId } from '../../core/ids.ts'
import { nodesAtOnce } from '../../core/nodes/rendezvous-hashing.ts'
import { varied } from './backoff.ts'
import { deviceToPeer } from './device-peer.ts'
import type { LinkTrouble } from '../../ports/network.ts'
import type { Host } from './host.ts'
import { troubleOf } from './troubles.ts'

/** Milliseconds between attempts for one device. */
const stepsMs = [1_000, 2_000, 4_000, 8_000, 15_000, 20_000]
/** Attempts in vain after which more nodes are asked each time, in case that the device knows others; and after which it is just away. */
const widenAfter = 2
const awayAfter = 9
/** Milliseconds before the device with the larger id dials where both have the same reason at the same moment; the smaller goes first. */
const politeMs = 600
/** Milliseconds before a device that said bye is tried: it is most likely reloading, and will dial by itself. */
const afterByeMs = 4_000
/** Dials at one time. */
const maxDials = 8
/** Milliseconds for all nodes to say whether they have the device. */
const dialDeadlineMs = 20_000

/** Why now: `news` concerns this side alone, `shared` is met by the other side at the same moment. */
export type DialReason = 'news' | 'shared' | 'bye'

export interface Dialler {
  /** Replaces the wanted devices. */
  want(devices: readonly DeviceId[]): void
  /** Tries a wanted device that has no link soon. */
  nudge(device: DeviceId, reason: DialReason): void
  /** Tries all wanted devices that have no link soon. */
  nudgeAll(reason: DialReason): void
  /** A device is found under a tag, and says where it holds slots (addresses of nodes). */
  found(device: DeviceId, ways: readonly string[]): void
  unlinked(): void
  /** A link came up from the other side: a dial that is still under way is of no more use. */
  linked(device: DeviceId): void
  /** Whether a link with the device is wanted. */
  wants(device: DeviceId): boolean
  stop(): void
}

export interface DiallerDeps {
  readonly self: DeviceId
  readonly host: Host
  /** Relays that can be asked for the device at the moment (addresses that end in a peer id), the most useful first. */
  readonly through: (device: DeviceId, width: number, attempt: number) => readonly string[]
  /** Told anew whenever it changes: the wanted devices without a link, and at how many of its nodes each is looked for. */
  readonly need: (widths: ReadonlyMap<DeviceId, number>) => void
  readonly isLinked: (device: DeviceId) => boolean
  /** Makes a connection into a link; `false` when that failed. */
  readonly open: (connection: Connection) => Promise<boolean>
  /** Told why an attempt was in vain. */
  readonly failed: (device: DeviceId, trouble: LinkTrouble) => void
}

interface Wanted {
  failures: number
  dialling: boolean
  /** Asked for again while dialling. */
  again: boolean
  timer: ReturnType<typeof setTimeout> | undefined
  dueAt: number
  dial: AbortController | undefined
  /** The other side made the link while this one was dialling: what becomes of the dial says nothing of the device. */
  overtaken: boolean
}

export const createDialler = ({ self, host, through, need, isLinked, open, failed }: DiallerDeps): Dialler => {
  const wanted = new Map<DeviceId, Wanted>()
  /** Where a device said that it holds slots. */
  const said = new Map<DeviceId, readonly string[]>()
  let running = 0
  const line: DeviceId[] = []

  const schedule = (device: DeviceId, ms: number): void => {
    const entry = wanted.get(device)
    if (entry === undefined) return
    const dueAt = Date.now() + ms
    if (entry.timer !== undefined && entry.dueAt <= dueAt) return
    clearTimeout(entry.timer)
    entry.dueAt = dueAt
    entry.timer = setTimeout(() => {
      entry.timer = undefined
      line.push(device)
      work()
    }, ms)
  }

  const work = (): void => {
    while (running < maxDials) {
      const device = line.shift()
      if (device === undefined) return
      running++
      void attempt(device).finally(() => {
        running--
        work()
      })
    }
  }

  const attempt = async (device: DeviceId): Promise<void> => {
    const entry = wanted.get(device)
    if (entry === undefined || entry.dialling || isLinked(device)) return
    const ways = through(device, widthOf(entry), entry.failures)
    const told = said.get(device) ?? []
    const reachable = [...ways.filter((way) => told.includes(way)), ...ways.filter((way) => !told.includes(way))]
    if (reachable.length === 0) return
    entry.dialling = true
    entry.again = false
    entry.overtaken = false
    const trouble = await dial(device, entry, reachable)
    entry.dialling = false
    if (wanted.get(device) !== entry || isLinked(device)) {
      entry.failures = 0
      return
    }
    if (trouble !== undefined && !entry.overtaken) failed(device, trouble)
    tellNeeds()
    const step = stepsMs[Math.min(entry.failures++, stepsMs.length - 1)] ?? 0
    schedule(device, entry.again && trouble !== undefined ? varied(300, 0.5) : varied(step, 0.3))
  }

  /** Why no link came of it; undefined when one did. */
  const dial = async (device: DeviceId, entry: Wanted, ways: readonly string[]): Promise<LinkTrouble | undefined> => {
    entry.dial = new AbortController()
    const deadline = AbortSignal.timeout(dialDeadlineMs)
    try {
      const peer = deviceToPeer(device)
      const addresses = ways.map((way) => multiaddr(`${way}/p2p-circuit/p2p/${peer.toString()}`))
      // A connection that is there already carries no link, and may be one that the other side gave up: nobody would answer on it.
      const connection = await host.dial(addresses, { force: true, signal: AbortSignal.any([entry.dial.signal, deadline]) })
      // From here on the other side may have taken the link: both giving up would leave none.
      entry.dial = undefined
      return (await open(connection)) ? undefined : 'failed'
    } catch (failure) {
      // Not there, or not now: the steps go on.
      return troubleOf(failure, deadline.aborted)
    }
  }

  const tellNeeds = (): void =>
    need(new Map([...wanted].flatMap(([device, entry]) => (isLinked(device) ? [] : [[device, widthOf(entry)] as const]))))

  const nudge = (device: DeviceId, reason: DialReason): void => {
    const entry = wanted.get(device)
    if (entry === undefined || isLinked(device)) return
    if (entry.dialling) entry.again = true
    if (reason !== 'bye') entry.failures = 0
    const first = compareIds(self, device) < 0
    if (reason === 'news') schedule(device, 0)
    else if (reason === 'shared') schedule(device, first ? varied(50, 1) : varied(politeMs, 0.5))
    else schedule(device, varied(afterByeMs, 0.3))
  }

  return {
    want(devices) {
      const next = new Set(devices.filter((device) => device !== self))
      for (const [device, entry] of wanted) {
        if (next.has(device)) continue
        clearTimeout(entry.timer)
        wanted.delete(device)
      }
      for (const device of next) {
        if (wanted.has(device)) continue
        wanted.set(device, { failures: 0, dialling: false, again: false, timer: undefined, dueAt: 0, dial: undefined, overtaken: false })
        nudge(device, 'news')
      }
      tellNeeds()
    },
    nudge,
    found(device, ways) {
      said.set(device, ways)
      nudge(device, 'news')
    },
    nudgeAll(reason) {
      for (const device of wanted.keys()) nudge(device, reason)
    },
    linked(device) {
      const entry = wanted.get(device)
      if (entry !== undefined) entry.overtaken = true
      entry?.dial?.abort()
      tellNeeds()
    },
    unlinked: tellNeeds,
    wants: (device) => wanted.has(device),
    stop() {
      for (const entry of wanted.values()) clearTimeout(entry.timer)
      wanted.clear()
      line.length = 0
    },
  }
}

const widthOf = ({ failures }: Wanted): number =>
  failures < widenAfter || failures > awayAfter ? nodesAtOnce : nodesAtOnce + failures + 1 - widenAfter
