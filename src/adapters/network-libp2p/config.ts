// What the composition root decides about the network; everything else is in `NetworkOptions`.

export interface Libp2pNetworkConfig {
  /**
   * STUN servers by URL (`stun:host:port`), asked at each dial. Only nodes that the person already trusts with their address; none by
   * default, and never a third party's.
   */
  readonly stunUrls?: () => readonly string[]
  /**
   * Whether nodes may be reached over plain `ws://` and at private addresses. By default only if the page itself came over plain http, as
   * in development and on a home network: then nothing is lost by it.
   */
  readonly insecureNodes?: boolean
}

/** Milliseconds to dial one address: a relay's round trips and ICE on a slow phone; the library's 6 s are too short for both. */
export const addressDialMs = 15_000
/** Connections of one page: Chromium allows 500 RTCPeerConnections and counts closed ones until they are collected. */
export const maxConnections = 40
/** Incoming links a second through one node, which all come from the node's own address. */
export const inboundPerSecond = 50
