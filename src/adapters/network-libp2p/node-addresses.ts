// Addresses of nodes as people and other pages write them, in one spelling and judged: of use, refused by this page, or no address at all.
import { isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import type { Connection, Libp2p, PeerId } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import type { NodeTrouble } from '../../ports/network.ts'

export type NodeAddress =
  /** `text` is the one spelling of the address, `peer` whom it must belong to. */
  | { readonly kind: 'usable'; readonly given: string; readonly text: string; readonly peer: PeerId }
  | { readonly kind: 'refused'; readonly given: string; readonly why: NodeTrouble }

export interface AllowedNodes {
  /** Over plain WebSockets, where browsers do not refuse it anyway. */
  readonly plain: boolean
  /** At private addresses: this machine, this network. */
  readonly near: boolean
}

/** What a page may reach that came from `location`: from a private address come pages that are used there. */
export const allowedNodes = (insecureNodes: boolean | undefined, location: Location | undefined): AllowedNodes => {
  const plain = insecureNodes ?? location?.protocol === 'http:'
  return { plain, near: plain || (location !== undefined && isNearHost(location.hostname)) }
}

const isNearHost = (hostname: string): boolean => {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (host === 'localhost' || host.endsWith('.local')) return true
  try {
    return isPrivate(multiaddr(`/${host.includes(':') ? 'ip6' : 'ip4'}/${host}`))
  } catch {
    return false
  }
}

/** Judges one address. */
export const judgeNodeAddress = (given: string, allowed: AllowedNodes): NodeAddress => {
  try {
    const address = multiaddr(given)
    const parts = address.getComponents()
    const names = parts.map(({ name }) => name)
    const id = parts.at(-1)?.name === 'p2p' ? parts.at(-1)?.value : undefined
    const isWebSocket = names.includes('ws') || names.includes('wss')
    const isWebRtcDirect = names.includes('webrtc-direct') && names.includes('certhash')
    if (id === undefined || !(isWebSocket || isWebRtcDirect) || names.includes('p2p-circuit'))
      return { kind: 'refused', given, why: 'bad-address' }
    const isSecure = isWebRtcDirect || names.includes('wss') || names.includes('tls')
    if (!isSecure && !allowed.plain) return { kind: 'refused', given, why: 'only-secure' }
    if (isPrivate(address) && !allowed.near) return { kind: 'refused', given, why: 'only-public' }
    return { kind: 'usable', given, text: address.toString(), peer: peerIdFromString(id) }
  } catch {
    return { kind: 'refused', given, why: 'bad-address' }
  }
}

/** Whether it was dialled by this very address, in the one spelling. */
export const isBy = (address: string, { remoteAddr }: Connection): boolean => remoteAddr.toString() === address

/** The library gives a connection by another address of the same peer as well, which says nothing of this one. */
export const isReachedOtherwise = (host: Pick<Libp2p, 'getConnections'>, { text, peer }: NodeAddress & { kind: 'usable' }): boolean =>
  host.getConnections(peer).some((connection) => connection.status === 'open' && !isBy(text, connection))
