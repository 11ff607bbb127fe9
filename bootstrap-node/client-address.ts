// Whose request it is. Behind a reverse proxy every socket is the proxy's, and the limits would count all people as one; so the proxy's
// word is taken, but only of proxies that the operator named: anybody can write `X-Forwarded-For`.
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { cidrFrom, inRanges, plainAddress } from './cidr.ts'

/** The client's address of a request, given the CIDRs of proxies that are believed. */
export const createClientAddress = (trustedProxies: readonly string[]): ((request: IncomingMessage) => string) => {
  const trusted = inRanges(trustedProxies.flatMap((text) => cidrFrom(text) ?? []))
  return (request) => {
    let address = plainAddress(request.socket.remoteAddress ?? '')
    const header = request.headers['x-forwarded-for']
    const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',')
    // From the nearest outwards: each hop was written by the one after it, so the chain is believed as far as that one is.
    while (trusted(address)) {
      const hop = hopFrom(hops.pop())
      if (hop === undefined) break
      address = hop
    }
    return address
  }
}

/** Some proxies add the port: `192.0.2.7:1234`, `[2001:db8::1]:1234`. */
const hopFrom = (text: string | undefined): string | undefined => {
  const hop = text?.trim() ?? ''
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+)(?::\d+)?$/.exec(hop)?.[1] ?? hop
  return isIP(bare) === 0 ? undefined : plainAddress(bare)
}
