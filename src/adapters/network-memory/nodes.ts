// Bootstrap nodes of a memory network: who holds a slot at which, and the rendezvous registers that they keep. A device holds slots at the
// first two of its own order that can be reached and are not full, and goes on trying the others; a register forgets a device only some
// time after it has gone, as a real one does.
import type { DeviceId, Tag } from '../../core/ids.ts'
import { byWeight, nodesAtOnce } from '../../core/nodes/rendezvous-hashing.ts'
import type { Clock } from '../../ports/clock.ts'
import type { NodeStatus, TrialStep } from '../../ports/network.ts'
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
  setFull(address: string, isFull: boolean): void
  /** Looks again at who reaches which node. */
  review(): void
  /** The same for one device. */
  reviewOne(end: End): void
  /** A trial of one node. */
  tryOut(end: End, address: string): void
  statusOf(end: End): readonly NodeStatus[]
  isReachable(device: DeviceId, address: string): boolean
  /** A node through which the first reaches the second: it can talk to it, and the second holds a slot there. */
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
  const fullAddresses = new Set<string>()

  const isReachable = (device: DeviceId, address: string): boolean => !downAddresses.has(address) && passesBoth(device, address)

  const holds = (end: End, address: string): boolean =>
    end.nodes.includes(address) && end.nodeStateByAddress.get(address) === 'reserved' && isReachable(end.device, address)
  const talksTo = (end: End, address: string): boolean => end.nodes.includes(address) && holdsAny(end) && isReachable(end.device, address)
  const holdsAny = (end: End): boolean => end.nodes.some((address) => holds(end, address))

  const mayHold = (end: End, address: string): boolean =>
    isReachable(end.device, address) && (end.nodeStateByAddress.get(address) === 'reserved' || !fullAddresses.has(address))
  const chosenBy = (end: End): readonly string[] =>
    byWeight(end.device, end.nodes)
      .filter((address) => mayHold(end, address))
      .slice(0, nodesAtOnce)

  const stateFor = (end: End, address: string): NodeStatus['state'] => {
    if (!isReachable(end.device, address)) return 'unreachable'
    if (chosenBy(end).includes(address)) return 'reserved'
    return fullAddresses.has(address) ? 'full' : 'idle'
  }

  const reviewOne = (end: End): void => {
    for (const address of end.nodes) {
      const known = end.nodeStateByAddress.get(address)
      if (known === stateFor(end, address)) continue
      // A slot is lost at once, also when the node is back before anybody noticed; it has to be made again.
      const isLost = known === 'reserved'
      if (isLost) end.nodeStateByAddress.set(address, 'unreachable')
      clock.after(drawn(dice, reserveMs), () => {
        const next = stateFor(end, address)
        if (!end.alive || (!isLost && end.nodeStateByAddress.get(address) === next)) return
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
    const tags = [...seeker.sought].filter((tag) => other.announced.has(tag) && canMeet(seeker, other, tag))
    if (tags.length === 0) return
    clock.after(drawn(dice, reserveMs), () => {
      for (const tag of tags) if (isFindable(seeker, other, tag)) seeker.emit({ kind: 'found', tag, device: other.device })
    })
  }

  /** The other registers a tag at the tag's own nodes and where it holds slots; who seeks it soon asks every node. */
  const canMeet = (seeker: End, other: End, tag: Tag): boolean => {
    const reached = byWeight(
      tag,
      other.nodes.filter((address) => talksTo(other, address)),
    ).toSorted((a, b) => Number(other.hearsay.has(a)) - Number(other.hearsay.has(b)))
    const places = new Set([...reached.slice(0, nodesAtOnce), ...other.nodes.filter((address) => holds(other, address))])
    return [...places].some((address) => talksTo(seeker, address))
  }

  const isFindable = (seeker: End, other: End, tag: Tag): boolean => seeker.alive && seeker.sought.has(tag) && other.announced.has(tag)

  const common = (a: End, b: End): string | undefined =>
    byWeight(b.device, a.nodes).find((address) => talksTo(a, address) && holds(b, address))

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
    setFull: (address, isFull) => {
      if (isFull) fullAddresses.add(address)
      else fullAddresses.delete(address)
    },
    reviewOne,
    tryOut: (end, address) =>
      clock.after(drawn(dice, reserveMs), () => {
        const fails = isReachable(end.device, address) ? (mayHold(end, address) ? 4 : 2) : 1
        const state = (at: number): TrialStep['state'] => (at < fails ? 'done' : at === fails ? 'failed' : 'waiting')
        const steps = (['address', 'answer', 'slot', 'carry'] as const).map((step, at) => ({ step, state: state(at) }))
        end.emit({ kind: 'trial', trial: { address, steps } })
      }),
    statusOf: (end) =>
      end.nodes.map((address) => {
        const state = end.nodeStateByAddress.get(address) ?? 'connecting'
        return { address, state, chosen: state === 'reserved' }
      }),
    review: () => {
      for (const end of ends()) reviewOne(end)
    },
    isReachable,
    common,
    register,
    lookUp,
  }
}
