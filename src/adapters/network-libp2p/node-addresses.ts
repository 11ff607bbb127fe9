// Addresses of nodes as people and other pages write them, in one spelling and judged: of use, refused by this page, or no address at all.
import { isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'

export type NodeAddress =
  /** `text` is the one spelling of the address, `peer` whom it must belong to. */
  | { readonly kind: 'usable'; readonly given: string; readonly text: string; readonly peer: PeerId }
  /** `why` is one plain sentence. */
  | { readonly kind: 'refused'; readonly given: string; readonly why: string }

/** Judges one address. `insecureNodes` allows plain WebSockets and private addresses. */
export const judgeNodeAddress = (given: string, insecureNodes: boolean): NodeAddress => {
  try {
    const address = multiaddr(given)
    const parts = address.getComponents()
    const names = parts.map(({ name }) => name)
    const id = parts.at(-1)?.name === 'p2p' ? parts.at(-1)?.value : undefined
    const isWebSocket = names.includes('ws') || names.includes('wss')
    if (id === undefined || !isWebSocket || names.includes('p2p-circuit'))
      return { kind: 'refused', given, why: 'The address of the node is not valid.' }
    const isSecure = (names.includes('wss') || names.includes('tls')) && !isPrivate(address)
    if (!isSecure && !insecureNodes) return { kind: 'refused', given, why: 'This page may reach nodes over wss at public addresses only.' }
    return { kind: 'usable', given, text: address.toString(), peer: peerIdFromString(id) }
  } catch {
    return { kind: 'refused', given, why: 'The address of the node is not valid.' }
  }
}
