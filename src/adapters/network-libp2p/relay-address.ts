// Relayed addresses: `<relay>/p2p-circuit/p2p/<peer>`. The relay is a node, written with its whole address, or a member, of whom the peer id is
// enough, because one is linked with them.

const circuit = '/p2p-circuit'

/** The address of a member as a relay. */
export const memberWay = (peer: string): string => `/p2p/${peer}`

/** The relay of a relayed connection's remote address. */
export const relayIn = (remoteAddress: string): string => {
  const relay = remoteAddress.slice(0, remoteAddress.lastIndexOf(circuit))
  // An incoming call came over the member's own connection, whose address has a node in it.
  return relay.includes(circuit) ? memberWay(relay.slice(relay.lastIndexOf('/') + 1)) : relay
}

/** Whose call it is, if `address` runs through a member. */
export const memberIn = (address: string): string | undefined => /^\/p2p\/([^/]+)\/p2p-circuit\//.exec(address)?.[1]
