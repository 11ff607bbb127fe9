// Each device writes one hash-linked chain per lane of a conversation (PROTOCOL section 3). What a device holds is therefore fully said
// by the end of each chain: a version vector.
import { compareIds, type DeviceId } from '../ids.ts'
import type { Head, Lane } from '../event/event.ts'

declare const brand: unique symbol
/** A lane and a device, as a map key. */
export type ChainKey = string & { readonly [brand]: 'chain' }
/** The end of every chain that is held, without gaps before it (from the floor on, for a newcomer's content). */
export type Chains = ReadonlyMap<ChainKey, Head>
/** How far each chain is held: the version vector alone. */
export type Vector = ReadonlyMap<ChainKey, number>

export const chainKey = (lane: Lane, device: DeviceId): ChainKey => `${lane}${device}` as ChainKey
export const laneOf = (key: ChainKey): Lane => Number(key[0]) as Lane
export const deviceOf = (key: ChainKey): DeviceId => key.slice(1) as DeviceId

/** How far a chain is held; 0 for nothing. */
export const heldSeq = (chains: Chains, lane: Lane, device: DeviceId): number => chains.get(chainKey(lane, device))?.seq ?? 0

export const vectorOf = (chains: Chains): Vector => new Map([...chains].map(([key, head]) => [key, head.seq]))

/** The larger of both, chain by chain: commutative, associative, idempotent. */
export const mergeVectors = (a: Vector, b: Vector): Vector => {
  const merged = new Map(a)
  for (const [key, seq] of b) if (seq > (merged.get(key) ?? 0)) merged.set(key, seq)
  return merged
}

/** Whether `a` holds something that `b` does not. */
export const exceeds = (a: Vector, b: Vector): boolean => [...a].some(([key, seq]) => seq > (b.get(key) ?? 0))

/** Whether both hold just as much. */
export const holdSame = (a: Vector, b: Vector): boolean => !exceeds(a, b) && !exceeds(b, a)

/** The order in which everything is shown and reduced: by clock, ties by id. A causal order, since honest clocks run ahead of all they saw. */
export const compareOrder = (a: { readonly hlc: number; readonly id: string }, b: { readonly hlc: number; readonly id: string }): number =>
  a.hlc - b.hlc || compareIds(a.id, b.id)
