// Bootstrap nodes of a memory network: who holds a reservation with which, and the rendezvous registers that they keep. A device that
// cannot reach a node goes on trying; a register forgets a device only some time after it has gone, as a real one does.
import type { DeviceId, Tag } from '../../core/ids.ts'
import type { Clock } from '../../ports/clock.ts'
import type { End } from './end.ts'
import { drawn, type Dice } from './faults.ts'

export interface NodesDeps {
  readonly clock: Clock
  readonly dice: Dice
  readonly passesBoth: (a: string, b: string) => boolean
  readonly ends: () => Iterable<End>
  /** The device's reservations or what it may find have changed. */
  readonly changed: (end: End) => void
  readonly statusChanged: (end: End) => void
}

export interface Nodes {
  join(end: End): void
  set(address: string, isUp: boolean): void
  /** Looks again at who reaches which node. */
  review(): void
  isReachable(device: DeviceId, address: string): boolean
  /** A node with which both hold a reservation. */
  common(a: End, b: End): string | undefined
  /** The device's tags have changed. */
  register(end: End): void
  /** What the device seeks has changed. */
  lookUp(end: End): void
}

/** Milliseconds from reaching a node to holding a reservation, and from losing it to knowing so. */
const reserveMs = [20, 200] as const
/** Milliseconds between two look-ups of one tag. */
const lookUpMs = 15_000

export const createNodes = ({ clock, dice, passesBoth, ends, changed, statusChanged }: NodesDeps): Nodes => {
  const downAddresses = new Set<string>()

  const isReachable = (device: DeviceId, address: string): boolean => !downAddresses.has(address) && passesBoth(device, address)

  const holds = (end: End, address: string): boolean =>
    end.nodeStateByAddress.get(address) === 'reserved' && isReachable(end.device, address)

  const reviewOne = (end: End): void => {
    for (const address of end.nodes) {
      const isReserved = end.nodeStateByAddress.get(address) === 'reserved'
      if (isReserved === isReachable(end.device, address) && end.nodeStateByAddress.has(address)) continue
      // A reservation is lost at once, also when the node is back before anybody noticed; it has to be made again.
      if (isReserved) end.nodeStateByAddress.set(address, 'unreachable')
      clock.after(drawn(dice, reserveMs), () => {
        if (!end.alive || end.nodeStateByAddress.get(address) === 'reserved') return
        const next = isReachable(end.device, address) ? 'reserved' : 'unreachable'
        end.nodeStateByAddress.set(address, next)
        statusChanged(end)
        if (next !== 'reserved') return
        changed(end)
        register(end)
        lookUp(end)
      })
    }
  }

  const register = (end: End): void => {
    for (const seeker of ends()) if (seeker !== end) tell(seeker, end)
  }

  const lookUp = (end: End): void => {
    for (const other of ends()) if (other !== end) tell(end, other)
  }

  /** What a look-up by one device shows of another. */
  const tell = (seeker: End, other: End): void => {
    const address = common(seeker, other)
    if (address === undefined) return
    const tags = [...seeker.sought].filter((tag) => other.announced.has(tag))
    if (tags.length === 0) return
    clock.after(drawn(dice, reserveMs), () => {
      for (const tag of tags) if (isFindable(seeker, other, tag)) seeker.emit({ kind: 'found', tag, device: other.device })
    })
  }

  const isFindable = (seeker: End, other: End, tag: Tag): boolean => seeker.alive && seeker.sought.has(tag) && other.announced.has(tag)

  const common = (a: End, b: End): string | undefined =>
    a.nodes.find((address) => holds(a, address) && b.nodes.includes(address) && holds(b, address))

  const lookUpNowAndAgain = (end: End): void => {
    clock.after(lookUpMs, () => {
      if (!end.alive) return
      lookUp(end)
      lookUpNowAndAgain(end)
    })
  }

  return {
    join: (end) => {
      clock.after(0, () => {
        if (end.alive) statusChanged(end)
      })
      reviewOne(end)
      lookUpNowAndAgain(end)
    },
    set: (address, isUp) => {
      if (isUp) downAddresses.delete(address)
      else downAddresses.add(address)
    },
    review: () => {
      for (const end of ends()) reviewOne(end)
    },
    isReachable,
    common,
    register,
    lookUp,
  }
}
