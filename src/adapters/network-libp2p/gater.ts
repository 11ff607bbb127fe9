// Which addresses may be dialled: those of the nodes that the person, the page or a contact named, and what runs through them or through
// somebody who is linked directly. Nothing that a stranger announces is ever dialled.
import type { ConnectionGater } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { peerIdFromString } from '@libp2p/peer-id'
import type { Members } from './member-relay.ts'
import { memberIn } from './relay-address.ts'
import type { RelayCheck } from './relay-check.ts'

/** The nodes that are known now, in the spelling of `judgeNodeAddress`. */
export type KnownNodes = () => readonly string[]

export const createGater = (
  nodes: KnownNodes,
  members: Pick<Members, 'directTo'>,
  check: Pick<RelayCheck, 'isOwnCall'>,
): ConnectionGater => ({
  denyDialMultiaddr: (address: Multiaddr) => {
    const text = address.toString()
    const member = memberIn(text)
    if (member !== undefined) return members.directTo(peerIdFromString(member)) === undefined
    return !nodes().some((node) => text === node || text.startsWith(`${node}/`))
  },
  denyInboundRelayedConnection: (relay, caller) => check.isOwnCall(relay, caller),
})
