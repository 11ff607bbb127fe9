// The addresses that the node prints: each of the machine's own, over both transports, and the one that people use if it has another.
import { isIP, isIPv4, isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import { nodeAddressAt, webRtcDirectAddress } from '../src/core/wire/node-info.ts'
import type { NodeConfig } from './config.ts'

/** What the addresses follow from. */
export interface Addressed {
  readonly peer: string
  /** TCP and UDP. */
  readonly port: number
  /** Of WebRTC-direct; `undefined` when the UDP port could not be had. */
  readonly certhash: string | undefined
}

/** Multiaddrs with peer id, the one for the world first. */
export const addressesOf = (
  config: Pick<NodeConfig, 'host' | 'publicUrl' | 'tls'>,
  { peer, port, certhash }: Addressed,
): readonly string[] => {
  const publicUrl = config.publicUrl === undefined ? undefined : new URL(config.publicUrl)
  const publicHost = publicUrl?.hostname.replace(/^\[|\]$/g, '') ?? ''
  const hosts = ownHosts(config.host)
  const direct = [
    ...(isIP(publicHost) === 0 ? [] : [{ host: publicHost, udp: publicUdpPort(config, port) }]),
    ...hosts.map((host) => ({ host, udp: port })),
  ]
  const all = [
    ...(publicUrl === undefined ? [] : [nodeAddressAt({ peer, stun: false, nodes: [] }, publicUrl)]),
    ...(certhash === undefined ? [] : direct.map(({ host, udp }) => webRtcDirectAddress(hostPart(host), udp, certhash, peer))),
    ...hosts.map((host) => `${hostPart(host)}/tcp/${port}${config.tls === undefined ? '' : '/tls'}/ws/p2p/${peer}`),
  ]
  return [...new Set(all)]
}

/** The UDP port at which the world reaches the node that listens at `port`. */
export const publicUdpPort = ({ publicUrl, tls }: Pick<NodeConfig, 'publicUrl' | 'tls'>, port: number): number => {
  const said = publicUrl === undefined ? undefined : new URL(publicUrl)
  // Whoever forwards a port forwards both kinds of it; a proxy, which stands where a certificate is that is not ours, only the page's.
  return said !== undefined && said.port !== '' && (said.protocol === 'http:' || tls !== undefined) ? Number(said.port) : port
}

/** Whether the world can send datagrams to it: behind a proxy on the same machine it may listen for that machine alone. */
export const takesUdp = ({ host, publicUrl }: Pick<NodeConfig, 'host' | 'publicUrl'>): boolean =>
  publicUrl === undefined || !['127.0.0.1', '::1', 'localhost'].includes(host)

/** An address of the whole internet. */
export interface PublicAddress {
  /** IPv4. */
  readonly ip: string
  /** TCP. */
  readonly port: number
}

/** Where the world reaches the node by a bare IPv4 address: as the operator said, else the machine's own, else nowhere. */
export const publicAddressOf = ({ host, publicUrl }: Pick<NodeConfig, 'host' | 'publicUrl'>, port: number): PublicAddress | undefined => {
  const said = publicUrl === undefined ? undefined : new URL(publicUrl)
  if (said?.protocol === 'http:' && isIPv4(said.hostname)) return { ip: said.hostname, port: Number(said.port || 80) }
  const ip = ownHosts(host).find((own) => isIPv4(own) && !isPrivate(multiaddr(`/ip4/${own}`)))
  return ip === undefined ? undefined : { ip, port }
}

/** The link that people open: a page elsewhere with this node added, else the node's own page, else nothing but the address. */
export const shareLink = (config: Pick<NodeConfig, 'appUrl' | 'page'>, addresses: readonly string[], ownUrl: string): string => {
  // A page over https takes no plain WebSocket.
  const forHttps = addresses.find((address) => /\/(webrtc-direct|tls|wss)\//.test(address)) ?? addresses[0] ?? ''
  if (config.appUrl !== undefined) return `${config.appUrl}/#/n${forHttps}`
  return config.page === undefined ? forHttps : ownUrl
}

/** Addresses of this machine that others may use when it listens everywhere; this machine's own name when there is none. */
export const ownHosts = (listening: string): readonly string[] => {
  if (listening !== '0.0.0.0' && listening !== '::') return [listening]
  const found = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter(({ internal, family, address }) => !internal && !/^fe80:/i.test(address) && (family === 'IPv4' || listening === '::'))
    .map(({ address }) => address)
  return found.length === 0 ? ['127.0.0.1'] : found
}

const hostPart = (host: string): string => `/${isIPv6(host) ? 'ip6' : 'ip4'}/${host}`
