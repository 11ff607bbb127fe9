// Which addresses may be dialled: those of nodes that the person or the page named, and what runs through them. Nothing that a stranger
// announces is ever dialled. Plain WebSockets and private addresses only where the configuration says so.
import type { ConnectionGater } from '@libp2p/interface'
import { isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'

export const createGater = (nodes: readonly string[], insecureNodes: boolean): ConnectionGater => {
  const allowed = nodes.filter((node) => insecureNodes || isSecure(node))
  return {
    denyDialMultiaddr: (address: Multiaddr) => {
      const text = address.toString()
      return !allowed.some((node) => text === node || text.startsWith(`${node}/`))
    },
  }
}

/** Whether a page that came over https could reach the node: TLS, and no private address. */
export const isSecure = (node: string): boolean => {
  const address = multiaddr(node)
  const names = address.getComponents().map(({ name }) => name)
  return (names.includes('wss') || names.includes('tls')) && !isPrivate(address)
}
