// Addresses of nodes as bytes, for links and frames: the binary form of multiaddrs (multiformats.io/multiaddr), as far as nodes have them:
// a host, a port, a transport, and who the node is. Both directions are total; what is no such address is `undefined`.
import { base58, base64urlnopad, utf8 } from '@scure/base'
import { concatBytes, utf8ToBytes } from '../codec/bytes.ts'
import { ip4ToBytes, ip4ToText, ip6ToBytes, ip6ToText, wholeUpTo } from './ip.ts'

/** Bytes of one packed address. */
export const maxNodeAddressBytes = 160

/** What follows a protocol's code: bytes of a fixed length, or of a length that stands before them. */
interface Protocol {
  readonly code: number
  readonly size: number | 'varies'
  readonly toBytes: (text: string) => Uint8Array
  readonly toText: (bytes: Uint8Array) => string
}

const nothing = { size: 0, toBytes: () => new Uint8Array(), toText: () => '' }
const text = { size: 'varies', toBytes: utf8ToBytes, toText: (bytes: Uint8Array) => utf8.encode(bytes) } as const
const port = {
  size: 2,
  toBytes: (given: string) => Uint8Array.of(wholeUpTo(given, 65_535) >> 8, wholeUpTo(given, 65_535) & 255),
  toText: ([high = 0, low = 0]: Uint8Array) => String(high * 256 + low),
}
const ip4 = { size: 4, toBytes: ip4ToBytes, toText: ip4ToText }
const ip6 = { size: 16, toBytes: ip6ToBytes, toText: ip6ToText }
const peer = {
  size: 'varies',
  toBytes: (given: string) => base58.decode(given),
  toText: (bytes: Uint8Array) => base58.encode(bytes),
} as const
/** Multibase: only base64url is written, as everybody who prints such addresses does. */
const certificateHash = {
  size: 'varies',
  toBytes: (given: string) => base64urlnopad.decode(given.startsWith('u') ? given.slice(1) : '!'),
  toText: (bytes: Uint8Array) => `u${base64urlnopad.encode(bytes)}`,
} as const

/** Codes of the multicodec table. */
const protocols: Readonly<Record<string, Protocol>> = {
  ip4: { code: 4, ...ip4 },
  tcp: { code: 6, ...port },
  ip6: { code: 41, ...ip6 },
  dns: { code: 53, ...text },
  dns4: { code: 54, ...text },
  dns6: { code: 55, ...text },
  udp: { code: 273, ...port },
  'webrtc-direct': { code: 280, ...nothing },
  p2p: { code: 421, ...peer },
  tls: { code: 448, ...nothing },
  sni: { code: 449, ...text },
  certhash: { code: 466, ...certificateHash },
  ws: { code: 477, ...nothing },
  wss: { code: 478, ...nothing },
}

/** `/dns/host/tcp/443/tls/ws/p2p/…` as bytes; `undefined` for what cannot be a node's address or is too long. */
export const packNodeAddress = (address: string): Uint8Array | undefined => {
  try {
    const [empty, ...words] = address.split('/')
    const parts: Uint8Array[] = []
    while (words.length > 0) {
      const protocol = protocols[words.shift() ?? '']
      if (protocol === undefined || empty !== '') return undefined
      parts.push(varint(protocol.code))
      if (protocol.size === 0) continue
      const value = protocol.toBytes(words.shift() ?? '')
      parts.push(protocol.size === 'varies' ? concatBytes(varint(value.length), value) : value)
    }
    const bytes = concatBytes(...parts)
    return isNodeAddress(address) && bytes.length <= maxNodeAddressBytes ? bytes : undefined
  } catch {
    return undefined
  }
}

/** The address that bytes stand for. */
export const unpackNodeAddress = (bytes: Uint8Array): string | undefined => {
  if (bytes.length > maxNodeAddressBytes) return undefined
  try {
    const rest = { bytes }
    let address = ''
    while (rest.bytes.length > 0) {
      const code = takeVarint(rest)
      const [name, protocol] = Object.entries(protocols).find(([, known]) => known.code === code) ?? []
      if (protocol === undefined) return undefined
      const size = protocol.size === 'varies' ? takeVarint(rest) : protocol.size
      if (size > rest.bytes.length) return undefined
      address += size === 0 ? `/${name}` : `/${name}/${protocol.toText(rest.bytes.subarray(0, size))}`
      rest.bytes = rest.bytes.subarray(size)
    }
    return isNodeAddress(address) ? address : undefined
  } catch {
    return undefined
  }
}

/** The first address of a node in any text: what a node prints, a link that ends in one, or the address alone. */
export const findNodeAddress = (given: string): string | undefined => {
  const found = /\/(?:ip4|ip6|dns|dns4|dns6)\/[^\s"'<>#?&]+\/p2p\/[1-9A-HJ-NP-Za-km-z]{40,64}/.exec(decoded(given))?.[0]
  const packed = found === undefined ? undefined : packNodeAddress(found)
  return packed === undefined ? undefined : unpackNodeAddress(packed)
}

const isNodeAddress = (address: string): boolean =>
  /^\/(ip4|ip6|dns|dns4|dns6)\/[\w.:-]+\/(tcp|udp)\/\d+\/(tls\/)?(ws|wss|webrtc-direct)(\/.*)?\/p2p\/[1-9A-HJ-NP-Za-km-z]{40,64}$/.test(
    address,
  )

const decoded = (given: string): string => {
  try {
    return decodeURIComponent(given)
  } catch {
    return given
  }
}

const varint = (value: number): Uint8Array => (value < 128 ? Uint8Array.of(value) : Uint8Array.of((value & 127) | 128, value >> 7))

/** Of at most two bytes: no code or length here needs more. */
const takeVarint = (rest: { bytes: Uint8Array }): number => {
  const [low = Number.NaN, high = Number.NaN] = rest.bytes
  const isShort = low < 128
  rest.bytes = rest.bytes.subarray(isShort ? 1 : 2)
  const value = isShort ? low : (low & 127) + high * 128
  if (!(value < 16_384) || (!isShort && high === 0)) throw new RangeError('not a number')
  return value
}
