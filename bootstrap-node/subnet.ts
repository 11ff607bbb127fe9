// Which addresses count as one party: an IPv4 address, an IPv6 /56 (a household), an IPv6 /48 (a site).
import { isIPv4, isIPv6 } from 'node:net'

export interface Subnet {
  /** IPv4 address or IPv6 /56. */
  readonly household: string
  /** IPv6 /48; the same as `household` for IPv4. */
  readonly site: string
  /** 127.0.0.1 and ::1, the machine itself: development, or a reverse proxy whose users are many. It is not capped. */
  readonly local: boolean
}

export const subnetOf = (address: string): Subnet => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (isIPv4(plain)) return { household: plain, site: plain, local: plain === '127.0.0.1' }
  if (!isIPv6(plain)) return { household: 'unknown', site: 'unknown', local: false }
  const groups = expand(plain)
  const site = groups.slice(0, 3).join(':')
  return { household: `${site}:${(groups[3] ?? '0000').slice(0, 2)}`, site, local: plain === '::1' }
}

const expand = (address: string): string[] => {
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...zeros, ...right].map((group) => group.padStart(4, '0').toLowerCase())
}
