// Links within groups that are too large for everybody to be linked with everybody (core/fan-out/ring). What everybody holds they say by gossip
// (receipts); besides its neighbours a device visits, two at a time, those of whom it was not heard that way for a while. Above the bound
// the links go that nobody seems to want, those of visits first; who is turned away tries others for a while.
import { allToAll, callersOn, maxLinksInGroup, neighboursOn, ringAround, type Ring } from '../core/fan-out/ring.ts'
import type { ConversationId, DeviceId } from '../core/ids.ts'
import { receiptSpreadMs } from '../core/outbox/receipt.ts'
import type { ClockDep } from '../ports/clock.ts'
import { createTrying } from './trying.ts'

/** Devices visited at once, and milliseconds that one has to answer before another has its turn. */
const visits = 2
const visitMs = 20_000
/** Who has not told in a turn has none for as long, then twice as long and so on; milliseconds, at most this. */
const mostPauseMs = 10 * 60_000
/** A link that ends as soon after it came up, in milliseconds, was not welcome; how long nobody is bothered then. */
const shortMs = 5_000
const restMs = 10 * 60_000
/** Links kept: fewer than there may be, so that those who come at once do not make too many before it is known who goes. */
const keptLinks = maxLinksInGroup - 2

export interface Group {
  readonly id: ConversationId
  /** All devices of other people. */
  readonly others: readonly DeviceId[]
  /** Those of them that lack something of one's own. */
  readonly owing: ReadonlySet<DeviceId>
}

export interface FanOut {
  /** Whom to be linked with for these groups; ends links that are too many, but none with those who are wanted `always`. */
  choose(groups: readonly Group[], always: ReadonlySet<DeviceId>): readonly DeviceId[]
  up(device: DeviceId): void
  down(device: DeviceId): void
}

/** When a visit is due, and until when the last one is; in milliseconds since 1970. How often that brought nothing so far, this time included. */
interface Turn {
  readonly dueAt: number
  readonly endsAt: number
  readonly inVain: number
}

export interface FanOutDeps extends ClockDep {
  readonly self: () => DeviceId
  readonly close: (device: DeviceId) => void
  /** Whether it is known that a device cannot be reached now. */
  readonly isMissing: (device: DeviceId) => boolean
  /** Somebody else may be wanted by now. */
  readonly changed: () => void
}

export const createFanOut = ({ self, clock, close, isMissing, changed }: FanOutDeps): FanOut => {
  const upSince = new Map<DeviceId, number>()
  /** Came back after they were sent away: they have need of this device. */
  const insistent = new Set<DeviceId>()
  const sentAway = new Set<DeviceId>()
  const restUntil = new Map<DeviceId, number>()
  const visited = new Map<ConversationId, Map<DeviceId, Turn>>()
  const rings = new Map<ConversationId, { readonly others: readonly DeviceId[]; readonly ring: Ring }>()
  let again: (() => void) | undefined
  const trying = createTrying({ clock, changed })

  const isUp = (device: DeviceId): boolean => upSince.has(device)

  const ringOf = ({ id, others }: Group): Ring => {
    const known = rings.get(id)
    if (known?.others === others || known?.others.join() === others.join()) return known.ring
    const ring = ringAround(id, self(), others)
    rings.set(id, { others, ring })
    return ring
  }

  const neighboursIn = ({ id }: Group, ring: Ring): ReadonlySet<DeviceId> => {
    const isOut = (device: DeviceId): boolean => clock.now() < (restUntil.get(device) ?? 0)
    const isOpen = (device: DeviceId): boolean => !isUp(device) && !isMissing(device)
    return new Set(trying.choose(id, (spare) => neighboursOn(ring, { isUp, isOut, spare }), isOpen))
  }

  /** Those whose turn it is; looks again when the turn is over. */
  const visitsIn = ({ id, owing }: Group, ring: Ring, wanted: ReadonlySet<DeviceId>): readonly DeviceId[] => {
    const now = clock.now()
    const turns = visited.get(id) ?? new Map<DeviceId, Turn>()
    visited.set(id, turns)
    const due = ring.next.filter((device) => owing.has(device) && !wanted.has(device))
    for (const device of turns.keys()) if (!due.includes(device)) turns.delete(device)
    const turnOf = (device: DeviceId): Turn => turns.get(device) ?? { dueAt: now + patienceMs(ring.next.length), endsAt: 0, inVain: 0 }
    for (const device of due) turns.set(device, turnOf(device))
    const running = due.filter((device) => now < turnOf(device).endsAt)
    const next = due
      .filter((device) => !running.includes(device) && now >= turnOf(device).dueAt)
      .toSorted((a, b) => turnOf(a).dueAt - turnOf(b).dueAt)
      .slice(0, Math.max(0, visits - running.length))
    for (const device of next) {
      const inVain = turnOf(device).inVain + 1
      turns.set(device, { dueAt: now + visitMs + pauseAfter(inVain), endsAt: now + visitMs, inVain })
    }
    if (due.length > 0) {
      again ??= clock.after(visitMs + 1, () => {
        again = undefined
        changed()
      })
    }
    return [...running, ...next]
  }

  const bound = (ring: Ring, wanted: ReadonlySet<DeviceId>, always: ReadonlySet<DeviceId>): void => {
    const linked = ring.next.filter(isUp)
    const callers = new Set(callersOn(ring, isUp))
    const rank = (device: DeviceId): number => (wanted.has(device) ? 3 : callers.has(device) ? 2 : insistent.has(device) ? 1 : 0)
    const leaving = linked.toSorted((a, b) => rank(a) - rank(b) || (upSince.get(a) ?? 0) - (upSince.get(b) ?? 0))
    for (const device of leaving.slice(0, Math.max(0, linked.length - keptLinks))) {
      if (always.has(device)) continue
      sentAway.add(device)
      upSince.delete(device)
      close(device)
    }
  }

  return {
    choose: (groups, always) => {
      const wanted = new Set<DeviceId>()
      for (const group of groups) {
        const ring = ringOf(group)
        const neighbours = neighboursIn(group, ring)
        for (const device of neighbours) wanted.add(device)
        if (ring.next.length > allToAll) for (const device of visitsIn(group, ring, neighbours)) wanted.add(device)
      }
      for (const group of groups) {
        const ring = ringOf(group)
        if (ring.next.length > allToAll) bound(ring, wanted, always)
      }
      return [...wanted]
    },
    up: (device) => {
      if (sentAway.delete(device)) insistent.add(device)
      upSince.set(device, clock.now())
    },
    down: (device) => {
      const since = upSince.get(device)
      upSince.delete(device)
      // Whoever lost everybody, as when a network changes, will not find all of them away.
      if (upSince.size === 0) trying.restart()
      if (since !== undefined && clock.now() - since < shortMs) restUntil.set(device, clock.now() + restMs)
    },
  }
}

/** Time for a receipt by gossip, and for who just came to be linked with their neighbours; milliseconds. */
const patienceMs = (others: number): number => visitMs + 2 * receiptSpreadMs(others)

/** Whoever never tells is not called every minute for ever: milliseconds between two turns. */
const pauseAfter = (inVain: number): number => Math.min(visitMs * (2 ** Math.max(0, inVain - 1) - 1), mostPauseMs)
