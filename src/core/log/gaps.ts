// What is missing here, by who wrote it: places in a chain that somebody holds, or that a later event proves, and this device does not have.
// Pure. A single member could claim any number about others, so a claim counts when the author's own device makes it or two others agree.
import { lanes, type Lane } from '../event/event.ts'
import type { DeviceId } from '../ids.ts'
import { chainKey, deviceOf, heldSeq, laneOf, type ChainKey, type Chains, type Vector } from './chains.ts'

export interface Claim {
  /** The device that says what it holds. */
  readonly by: DeviceId
  readonly have: Vector
}

/** Messages and the like that are missing, by the device that wrote them; `early` came and waits for what is missing before it. */
export const missingByDevice = (
  held: Chains,
  claims: readonly Claim[],
  early: readonly { readonly lane: Lane; readonly device: DeviceId; readonly seq: number }[],
): ReadonlyMap<DeviceId, number> => {
  const keys = new Set<ChainKey>([
    ...claims.flatMap(({ have }) => [...have.keys()]),
    ...early.map((event) => chainKey(event.lane, event.device)),
  ])
  const missing = new Map<DeviceId, number>()
  for (const key of keys) {
    if (laneOf(key) !== lanes.content) continue
    const device = deviceOf(key)
    const waiting = early.filter((event) => event.lane === lanes.content && event.device === device)
    const end = Math.max(vouchedEnd(claims, key, device), ...waiting.map(({ seq }) => seq))
    const from = heldSeq(held, lanes.content, device)
    const count = end - from - waiting.filter(({ seq }) => seq > from && seq <= end).length
    if (count > 0) missing.set(device, count)
  }
  return missing
}

const vouchedEnd = (claims: readonly Claim[], key: ChainKey, author: DeviceId): number => {
  const own = claims.find(({ by }) => by === author)?.have.get(key) ?? 0
  const others = claims.flatMap(({ by, have }) => (by === author ? [] : [have.get(key) ?? 0])).toSorted((a, b) => b - a)
  return Math.max(own, others[1] ?? 0)
}
