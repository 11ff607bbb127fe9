// Which of many nodes: rendezvous hashing (HRW; Thaler & Ravishankar, "Using name-based mappings to increase hit rates", 1998). Everybody who
// knows the same nodes puts them in the same order for the same key, without asking anybody: so two people who share a name meet at the
// same nodes, names spread evenly, and a node that goes away moves only those names that were its own.
import { hash, utf8ToBytes } from '../codec/bytes.ts'
import { compareIds, toHex } from '../ids.ts'

/** At how many nodes a device holds slots, and a tag is registered, at once. */
export const nodesAtOnce = 2

/** Nodes (multiaddrs with peer ids) in the order of a key (a device id or a tag), the best first; each node once, whatever its spelling. */
export const byWeight = (key: string, nodes: readonly string[]): readonly string[] => {
  const weighed = new Map(nodes.toReversed().map((node) => [nodeIdOf(node), node]))
  return [...weighed]
    .map(([id, node]) => ({ node, weight: toHex(hash('node-weight/1', utf8ToBytes(key), utf8ToBytes(`\0${id}`))) }))
    .toSorted((a, b) => compareIds(b.weight, a.weight))
    .map(({ node }) => node)
}

/** Who a node is: the peer id at the end of its address. */
export const nodeIdOf = (address: string): string => address.slice(address.lastIndexOf('/') + 1)
