// What contacts tell each other about the nodes that they use, so that they go on meeting when one of them knows others. Not about a
// conversation; its code goes on where those of courier/messages end, and sync/messages reads and writes it as well.
import * as v from 'valibot'
import { encodeCbor } from '../codec/cbor.ts'
import { bytesUpTo } from '../codec/shape.ts'
import { maxNodeAddressBytes, packNodeAddress, unpackNodeAddress } from './multiaddr.ts'

/** Addresses of nodes at which the sender holds slots: multiaddrs with peer ids. */
export interface NodesMessage {
  readonly kind: 'nodes'
  readonly addresses: readonly string[]
}

export const nodesCode = 18

/** Nodes in one message. */
export const maxToldNodes = 4

/** The tuple that begins with the code. An address that is none makes the whole message malformed. */
export const nodesShape: v.GenericSchema<unknown, NodesMessage> = v.pipe(
  v.strictTuple([v.literal(nodesCode), v.pipe(v.array(bytesUpTo(maxNodeAddressBytes)), v.maxLength(maxToldNodes))]),
  v.transform(([, packed]) => packed.map(unpackNodeAddress)),
  v.check((addresses) => !addresses.includes(undefined)),
  v.transform((addresses): NodesMessage => ({ kind: 'nodes', addresses: addresses.flatMap((address) => address ?? []) })),
)

/** Addresses that cannot be packed are left out. */
export const encodeNodesMessage = ({ addresses }: NodesMessage): Uint8Array =>
  encodeCbor([nodesCode, addresses.slice(0, maxToldNodes).flatMap((address) => packNodeAddress(address) ?? [])])
