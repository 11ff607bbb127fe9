// With whom of a large group a device keeps links: everybody stands on a ring in an order that all compute alike, and each is linked with the
// next few who are there, and with the first one from the other side of the ring on. Those who are there then make one connected graph,
// whoever comes and goes (the successor lists of Chord, Stoica et al. 2001, section 5), and gossip and sync do the rest.
import { hash, utf8ToBytes } from '../codec/bytes.ts'
import { compareIds, fromHex, toHex, type ConversationId, type DeviceId } from '../ids.ts'

/** Up to so many other devices everybody is linked with everybody. */
export const allToAll = 12
/** Links that a device has in one group at most: a few of its own wish, as many of others', and room for visits. */
export const maxLinksInGroup = 12
/** How many of those who come next a device is linked with. */
export const successors = 3

/** Everybody on the ring but `self`, beginning with who comes next. */
export const ringAround = (conversation: ConversationId, self: DeviceId, others: readonly DeviceId[]): readonly DeviceId[] => {
  const placed = [...new Set([self, ...others])]
    .map((device) => ({ device, place: toHex(hash('ring/1', fromHex(conversation), utf8ToBytes(device))) }))
    .toSorted((a, b) => compareIds(a.place, b.place))
    .map(({ device }) => device)
  const at = placed.indexOf(self)
  return [...placed.slice(at + 1), ...placed.slice(0, at)]
}

/** What a device knows of the others on a ring. */
export interface Presence {
  /** Whether there is a link. */
  readonly isUp: (device: DeviceId) => boolean
  /** Whether they are not to be tried for now. */
  readonly isOut?: (device: DeviceId) => boolean
  /** How many more are tried at once than are missing: if all of them are there, each becomes a link. */
  readonly spare: number
}

/**
 * Whom a device wants to be linked with. Nobody knows who is there without trying: so those who do not answer are wanted too, until enough
 * behind them do.
 */
export const neighboursOn = (ring: readonly DeviceId[], presence: Presence): readonly DeviceId[] => {
  if (ring.length <= allToAll) return ring
  const near = nextOn(ring, successors, presence)
  const middle = Math.floor(ring.length / 2)
  const across = [...ring.slice(middle), ...ring.slice(0, middle)].filter((device) => !near.includes(device))
  return [...near, ...nextOn(across, 1, presence)]
}

/** The first `count` (at least 1) who are linked, and those before them who might be. */
export const nextOn = (ring: readonly DeviceId[], count: number, { isUp, isOut, spare }: Presence): readonly DeviceId[] => {
  const welcome = ring.filter((device) => isOut?.(device) !== true)
  const up = welcome.filter(isUp).slice(0, count)
  const before = up.length === count ? welcome.slice(0, welcome.indexOf(up.at(-1)!)) : welcome
  const tried = before.filter((device) => !isUp(device)).slice(0, count - up.length + spare)
  return welcome.filter((device) => up.includes(device) || tried.includes(device))
}

/** `spare` when trying so many was in vain: each time about twice as many, so that a few among many are found soon. */
export const moreThan = (spare: number): number => 2 * spare + successors
