// With whom of a large group a device keeps links: everybody stands on a ring at a place that all compute alike, and each is linked with the
// next few who are there (the successor lists of Chord, Stoica et al. 2001, section 5), and with one more wherever on the ring, whom both would
// choose first by a weight of the two (rendezvous hashing, Thaler and Ravishankar 1998). Those who are there then make one connected
// graph of short ways, whoever comes and goes, and gossip and sync do the rest. Whoever comes concerns a few, and nobody else.
import { hash, utf8ToBytes } from '../codec/bytes.ts'
import { compareIds, fromHex, toHex, type ConversationId, type DeviceId } from '../ids.ts'

/** Up to so many other devices everybody is linked with everybody; the places above are for those who are just coming in. */
export const allToAll = 10
/** Links that a device has in one group at most: a few of its own wish, as many of others', and room for visits. */
export const maxLinksInGroup = 12
/** How many of those who come next a device is linked with. */
export const successors = 3

/** All others, as one device sees them. */
export interface Ring {
  /** Beginning with who comes next. */
  readonly next: readonly DeviceId[]
  /** Beginning with whom it would choose first, wherever they stand. */
  readonly far: readonly DeviceId[]
}

/** The others on the ring as `self` sees it. */
export const ringAround = (conversation: ConversationId, self: DeviceId, others: readonly DeviceId[]): Ring => ({
  next: nextAround(conversation, self, others),
  far: inOrder(self, others, (device) => hashOf('ring-far/1', conversation, [self, device].toSorted(compareIds))).map(
    ({ device }) => device,
  ),
})

/** The others on the ring, beginning with who comes next. */
export const nextAround = (conversation: ConversationId, self: DeviceId, others: readonly DeviceId[]): readonly DeviceId[] => {
  const placeOf = (device: DeviceId): string => hashOf('ring/1', conversation, [device])
  const own = placeOf(self)
  const placed = inOrder(self, others, placeOf)
  const isBefore = ({ value }: { readonly value: string }): boolean => value < own
  return [...placed.filter((one) => !isBefore(one)), ...placed.filter(isBefore)].map(({ device }) => device)
}

const hashOf = (name: string, conversation: ConversationId, devices: readonly DeviceId[]): string =>
  toHex(hash(name, fromHex(conversation), ...devices.map(utf8ToBytes)))

/** Each of the others once, with its value, in ascending order. */
const inOrder = (self: DeviceId, others: readonly DeviceId[], valueOf: (device: DeviceId) => string) =>
  [...new Set(others)]
    .filter((device) => device !== self)
    .map((device) => ({ device, value: valueOf(device) }))
    .toSorted((a, b) => compareIds(a.value, b.value))

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
export const neighboursOn = ({ next, far }: Ring, presence: Presence): readonly DeviceId[] => {
  if (next.length <= allToAll) return next
  const near = nextOn(next, successors, presence)
  return [
    ...near,
    ...nextOn(
      far.filter((device) => !near.includes(device)),
      1,
      presence,
    ),
  ]
}

/** Of those who are linked, whoever most likely wants it: the last few before this device on the ring, and the few it would choose itself. */
export const callersOn = ({ next, far }: Ring, isUp: (device: DeviceId) => boolean): readonly DeviceId[] => [
  ...new Set([...next.filter(isUp).slice(-successors), ...far.filter(isUp).slice(0, successors)]),
]

/** The first `count` (at least 1) in this order who are linked, and those before them who might be. */
export const nextOn = (order: readonly DeviceId[], count: number, { isUp, isOut, spare }: Presence): readonly DeviceId[] => {
  const welcome = order.filter((device) => isOut?.(device) !== true)
  const up = welcome.filter(isUp).slice(0, count)
  const before = up.length === count ? welcome.slice(0, welcome.indexOf(up.at(-1)!)) : welcome
  const tried = before.filter((device) => !isUp(device)).slice(0, count - up.length + spare)
  return welcome.filter((device) => up.includes(device) || tried.includes(device))
}

/** `spare` when trying so many was in vain: each time about twice as many, so that a few among many are found soon. */
export const moreThan = (spare: number): number => 2 * spare + successors
