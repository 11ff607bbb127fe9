// With whom of a large group a device keeps links: everybody stands on a ring in an order that all compute alike, and each is linked with the
// next few who are there, and with the first one from the other side of the ring on. Those who are there then make one connected graph,
// whoever comes and goes (the successor lists of Chord, Stoica et al. 2001, section 5), and gossip and sync do the rest.
import { hash, utf8ToBytes } from '../codec/bytes.ts'
import { compareIds, fromHex, toHex, type ConversationId, type DeviceId } from '../ids.ts'

/** Up to so many other devices everybody is linked with everybody. */
export const allToAll = 12
/** Links that a device keeps in one group at most: a few of its own wish, as many of others', and room for visits. */
export const maxLinksInGroup = 12
const successors = 3

/** Everybody on the ring but `self`, beginning with who comes next. */
export const ringAround = (conversation: ConversationId, self: DeviceId, others: readonly DeviceId[]): readonly DeviceId[] => {
  const placed = [...new Set([self, ...others])]
    .map((device) => ({ device, place: toHex(hash('ring/1', fromHex(conversation), utf8ToBytes(device))) }))
    .toSorted((a, b) => compareIds(a.place, b.place))
    .map(({ device }) => device)
  const at = placed.indexOf(self)
  return [...placed.slice(at + 1), ...placed.slice(0, at)]
}

/**
 * Whom a device wants to be linked with. Nobody knows who is there without trying: so those who do not answer are wanted too, until enough
 * behind them do. `isUp` says who is linked, `isOut` who is not to be tried for now.
 */
export const neighboursOn = (
  ring: readonly DeviceId[],
  isUp: (device: DeviceId) => boolean,
  isOut: (device: DeviceId) => boolean,
): readonly DeviceId[] => {
  if (ring.length <= allToAll) return ring
  const wanted = new Set<DeviceId>()
  const take = (from: readonly DeviceId[], count: number): void => {
    let up = 0
    for (const device of from) {
      if (up === count) return
      if (isOut(device) || wanted.has(device)) continue
      wanted.add(device)
      if (isUp(device)) up++
    }
  }
  take(ring, successors)
  const middle = Math.floor(ring.length / 2)
  take([...ring.slice(middle), ...ring.slice(0, middle)], 1)
  return [...wanted]
}
