// Ranges of addresses as operators write them: `192.0.2.7`, `10.0.0.0/8`, `2001:db8::/32`.
import { BlockList, isIP } from 'node:net'

export interface Cidr {
  readonly address: string
  readonly bits: number
  readonly family: 'ipv4' | 'ipv6'
}

/** `undefined` for anything that is no address and no range. */
export const cidrFrom = (text: string): Cidr | undefined => {
  const [address = '', size, ...more] = text.split('/')
  const version = isIP(address)
  const most = version === 4 ? 32 : 128
  const bits = size === undefined ? most : /^\d{1,3}$/.test(size) ? Number(size) : -1
  if (version === 0 || more.length > 0 || bits < 0 || bits > most) return undefined
  return { address, bits, family: version === 4 ? 'ipv4' : 'ipv6' }
}

/** Whether an address is in one of the ranges; an IPv4 address is the same however a socket writes it. */
export const inRanges = (ranges: readonly Cidr[]): ((address: string) => boolean) => {
  const list = new BlockList()
  for (const { address, bits, family } of ranges) list.addSubnet(address, bits, family)
  return (address) => {
    const plain = plainAddress(address)
    const version = isIP(plain)
    return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6')
  }
}

/** Without the wrapping that dual-stack sockets give IPv4, and without the name of an interface. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
