// Which addresses may be dialled: those of the nodes that the person or the page named, and what runs through them. Nothing that a stranger
// announces is ever dialled.
import type { ConnectionGater } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'

/** `nodes` in the spelling of `judgeNodeAddress`. */
export const createGater = (nodes: readonly string[]): ConnectionGater => ({
  denyDialMultiaddr: (address: Multiaddr) => {
    const text = address.toString()
    return !nodes.some((node) => text === node || text.startsWith(`${node}/`))
  },
})
