// Which node to check: its page's address, or the multiaddr that a page is told.
import { multiaddr } from '@multiformats/multiaddr'
import type { PageLocation } from '../src/core/wire/node-info.ts'

export interface Target extends PageLocation {
  /** Without a slash at the end. */
  readonly url: string
  /** Base58, if the address names it. */
  readonly peer: string | undefined
  /** The address itself when it is one over WebRTC-direct. */
  readonly direct: string | undefined
}

/** `undefined` for what is neither. A bare `host:port` is taken for http. */
export const targetFrom = (text: string): Target | undefined => {
  try {
    return text.startsWith('/') ? fromMultiaddr(text) : fromUrl(/^https?:\/\//.test(text) ? text : `http://${text}`)
  } catch {
    return undefined
  }
}

const fromUrl = (text: string): Target => {
  const { protocol, hostname, port } = new URL(text)
  return target(protocol, hostname, port || (protocol === 'https:' ? '443' : '80'), undefined)
}

const fromMultiaddr = (text: string): Target | undefined => {
  const parts = multiaddr(text).getComponents()
  const value = (...names: readonly string[]): string | undefined => parts.find(({ name }) => names.includes(name))?.value
  const host = value('ip4', 'ip6', 'dns', 'dns4', 'dns6')
  const direct = parts.some(({ name }) => name === 'webrtc-direct') ? text : undefined
  const port = value(direct === undefined ? 'tcp' : 'udp')
  if (host === undefined || port === undefined) return undefined
  const secure = parts.some(({ name }) => name === 'tls' || name === 'wss')
  return target(secure ? 'https:' : 'http:', host.includes(':') ? `[${host}]` : host, port, value('p2p'), direct)
}

const target = (protocol: string, hostname: string, port: string, peer: string | undefined, direct?: string): Target => ({
  protocol,
  hostname,
  port,
  peer,
  direct,
  url: `${protocol}//${hostname}:${port}`,
})
