// What a node says about itself over HTTP, and how the page that it serves turns that into addresses.

/** The JSON at `nodeInfoPath`. */
export interface NodeInfo {
  /** The node's libp2p peer id in base58, `12D3Koo…`. */
  readonly peer: string
  /** Whether it answers STUN binding requests over UDP. */
  readonly stun: boolean
  /** The hash of its WebRTC-direct certificate as in multiaddrs (`u…`), if it listens there. */
  readonly certhash?: string
  /** Its UDP port, if that is not the port of the page: a proxy passes the page on, and no UDP. */
  readonly udpPort?: number
  /** Further nodes that it recommends, as multiaddrs with peer ids. */
  readonly nodes: readonly string[]
}

/** The part of a page's `location` that is needed. */
export interface PageLocation {
  /** `http:` or `https:`. */
  readonly protocol: string
  readonly hostname: string
  /** Empty for the protocol's own port. */
  readonly port: string
}

/** `NodeInfo` out of parsed JSON; `undefined` if it is not one. */
export const nodeInfoFrom = (value: unknown): NodeInfo | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const { peer, stun, certhash, udpPort, nodes } = value as Record<string, unknown>
  if (typeof peer !== 'string' || !/^[1-9A-HJ-NP-Za-km-z]{46,64}$/.test(peer)) return undefined
  return {
    peer,
    stun: stun === true,
    ...(typeof certhash === 'string' && /^u[\w-]{40,100}$/.test(certhash) && { certhash }),
    ...(typeof udpPort === 'number' && Number.isInteger(udpPort) && udpPort > 0 && udpPort < 65_536 && { udpPort }),
    nodes: Array.isArray(nodes) ? nodes.filter((node) => typeof node === 'string') : [],
  }
}

/** The multiaddr of the node that served the page, over WebSocket on the page's own host and port. */
export const nodeAddressAt = (info: NodeInfo, location: PageLocation): string =>
  `${hostPart(location)}/tcp/${portOf(location)}${location.protocol === 'https:' ? '/tls/ws' : '/ws'}/p2p/${info.peer}`

/** Its multiaddr over WebRTC-direct, if it listens there and the page came from an IP address: browsers look up no names for it. */
export const webRtcDirectAddressAt = ({ peer, certhash, udpPort }: NodeInfo, location: PageLocation): string | undefined => {
  const host = hostPart(location)
  return certhash === undefined || host.startsWith('/dns')
    ? undefined
    : webRtcDirectAddress(host, udpPort ?? portOf(location), certhash, peer)
}

/** `host` is `/ip4/…` or `/ip6/…`. */
export const webRtcDirectAddress = (host: string, port: string | number, certhash: string, peer: string): string =>
  `${host}/udp/${port}/webrtc-direct/certhash/${certhash}/p2p/${peer}`

/** The `stun:` URL of that node, if it answers STUN. */
export const stunUrlAt = (info: NodeInfo, location: PageLocation): string | undefined =>
  info.stun ? `stun:${location.hostname}:${info.udpPort ?? portOf(location)}` : undefined

/** The `stun:` URL of a node that is known by a WebRTC-direct address: ours answer both on one port. */
export const stunUrlOf = (address: string): string | undefined => {
  const [, kind, host, port] = /^\/(ip4|ip6)\/([\w.:]+)\/udp\/(\d+)\/webrtc-direct\//.exec(address) ?? []
  return kind === undefined ? undefined : `stun:${kind === 'ip6' ? `[${host}]` : host}:${port}`
}

const portOf = (location: PageLocation): string => location.port || (location.protocol === 'https:' ? '443' : '80')

const hostPart = ({ hostname }: PageLocation): string => {
  if (hostname.startsWith('[')) return `/ip6/${hostname.slice(1, -1)}`
  return /^\d+\.\d+\.\d+\.\d+$/.test(hostname) ? `/ip4/${hostname}` : `/dns/${hostname}`
}
