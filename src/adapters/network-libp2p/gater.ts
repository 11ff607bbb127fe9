// Which addresses may be dialled: those of the nodes that the person, the page or a contact named, and what runs through them. Nothing that
// a stranger announces is ever dialled.
import type { ConnectionGater } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { RelayCheck } from './relay-check.ts'

/** The nodes that are known now, in the spelling of `judgeNodeAddress`. */
export type KnownNodes = () => readonly string[]

export const createGater = (nodes: KnownNodes, check: Pick<RelayCheck, 'isOwnCall'>): ConnectionGater => ({
  denyDialMultiaddr: (address: Multiaddr) => {
    const text = address.toString()
    return !nodes().some((node) => text === node || text.startsWith(`${node}/`))
  },
  denyInboundRelayedConnection: (relay, caller) => check.isOwnCall(relay, caller),
})
