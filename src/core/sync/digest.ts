// One short value over everything that is held of a conversation: equal digests, equal logs.
import { encodeCbor } from '../codec/cbor.ts'
import { hash } from '../codec/bytes.ts'
import type { Chains } from '../log/chains.ts'

/** Chains are values: what was computed for one holds for as long as it is there. Many links ask for the same. */
const known = new WeakMap<Chains, Uint8Array>()

/** 16 bytes over the ends of all chains, in one order whatever the map's. */
export const digestOf = (chains: Chains): Uint8Array => {
  const digest = known.get(chains) ?? computed(chains)
  known.set(chains, digest)
  return digest
}

const computed = (chains: Chains): Uint8Array =>
  hash('sync-digest/1', encodeCbor([...chains].map(([key, head]) => [key, head.seq, head.id]).toSorted(byKey))).slice(0, 16)

const byKey = (a: readonly unknown[], b: readonly unknown[]): number => (String(a[0]) < String(b[0]) ? -1 : 1)
