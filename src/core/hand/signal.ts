// Signalling by hand: what two pages must tell each other before there is any path between them, small enough for a QR code or a text that
// is pasted. An offer goes one way and an answer the other. It names a device and how its WebRTC connection can be reached; who really is
// behind it is proven by the handshake that comes after. Base64url of
//   kind (1: 0x21 offer, 0x22 answer) | number (4) | device (32) | user fragment, password (each a length and text) | fingerprint (32) |
//   candidates (each: type 1, address 4 or 16, port 2)
import { base64urlnopad, utf8 } from '@scure/base'
import { concatBytes, slice, uint32, utf8ToBytes } from '../codec/bytes.ts'
import { deviceId, fromHex, type DeviceId } from '../ids.ts'
import { ip4ToBytes, ip4ToText, ip6ToBytes, ip6ToText } from '../nodes/ip.ts'

export interface HandSignal {
  readonly kind: 'offer' | 'answer'
  /** Joins an answer to its offer: a random number of 32 bits. */
  readonly number: number
  readonly device: DeviceId
  /** ICE user fragment and password (RFC 8445). */
  readonly fragment: string
  readonly password: string
  /** SHA-256 of the DTLS certificate, 32 bytes. */
  readonly fingerprint: Uint8Array
  /** Best first. */
  readonly candidates: readonly HandCandidate[]
}

export interface HandCandidate {
  /** `host` on this network, `srflx` as a node sees it. */
  readonly type: 'host' | 'srflx'
  /** An IPv4 or IPv6 address, or the `….local` name that browsers give instead. */
  readonly address: string
  readonly port: number
}

/** Before a signal in a link with which a page can be opened, as from a QR code. */
export const handPath = '#/h/'

/** Candidates in one signal: more would not fit a QR code that a phone reads. */
export const maxHandCandidates = 8
const maxWordBytes = 255
const kinds = { offer: 0x21, answer: 0x22 } as const
/** By the low half of a candidate's first byte; the high half is its type. */
const ways = [
  { size: 4, toBytes: ip4ToBytes, toText: ip4ToText },
  { size: 16, toBytes: ip6ToBytes, toText: ip6ToText },
  { size: 16, toBytes: (name: string) => localNameToBytes(name), toText: (bytes: Uint8Array) => localName(bytes) },
] as const
const types = ['host', 'srflx'] as const

/** Candidates beyond the eighth, and those that cannot be written, are left out. */
export const encodeHandSignal = (signal: HandSignal): string =>
  base64urlnopad.encode(
    concatBytes(
      Uint8Array.of(kinds[signal.kind]),
      uint32(signal.number),
      fromHex(signal.device),
      word(signal.fragment),
      word(signal.password),
      signal.fingerprint,
      ...signal.candidates.flatMap(candidateToBytes).slice(0, maxHandCandidates),
    ),
  )

/** Reads a signal out of whatever stands around it; `undefined` when there is none. */
export const decodeHandSignal = (text: string): HandSignal | undefined => {
  const found = /[\w-]{100,600}/.exec(text)?.[0]
  try {
    return found === undefined ? undefined : fromBytes(base64urlnopad.decode(found))
  } catch {
    return undefined
  }
}

const fromBytes = (bytes: Uint8Array): HandSignal | undefined => {
  const kind = bytes[0] === kinds.offer ? 'offer' : bytes[0] === kinds.answer ? 'answer' : undefined
  if (kind === undefined) return undefined
  let at = 37
  const take = (size: number): Uint8Array => {
    if (at + size > bytes.length) throw new RangeError('too short')
    at += size
    return slice(bytes, at - size, at)
  }
  const takeWord = (): string => utf8.encode(take(take(1)[0] ?? 0))
  const [fragment, password] = [takeWord(), takeWord()]
  if (!isIceWord(fragment) || !isIceWord(password)) return undefined
  const fingerprint = take(32)
  const candidates: HandCandidate[] = []
  while (at < bytes.length) {
    const [first = 0] = take(1)
    const [type, way] = [types[first >> 4], ways[first & 15]]
    if (type === undefined || way === undefined || candidates.length === maxHandCandidates) return undefined
    const address = way.toText(take(way.size))
    const [high = 0, low = 0] = take(2)
    candidates.push({ type, address, port: high * 256 + low })
  }
  const number = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1)
  return { kind, number, device: deviceId(bytes.subarray(5, 37)), fragment, password, fingerprint, candidates }
}

/** Nothing else may get into the description that is made of it. */
const isIceWord = (text: string): boolean => /^[\w+/-]{4,256}$/.test(text)

const word = (text: string): Uint8Array => {
  const bytes = utf8ToBytes(text)
  if (bytes.length > maxWordBytes) throw new RangeError('too long')
  return concatBytes(Uint8Array.of(bytes.length), bytes)
}

const candidateToBytes = ({ type, address, port }: HandCandidate): readonly Uint8Array[] => {
  for (const [index, way] of ways.entries()) {
    try {
      return [concatBytes(Uint8Array.of((types.indexOf(type) << 4) | index), way.toBytes(address), Uint8Array.of(port >> 8, port & 255))]
    } catch {
      // Not of this way.
    }
  }
  return []
}

/** `3b2c….local`: a random UUID (draft-ietf-mmusic-mdns-ice-candidates). */
const localNameToBytes = (name: string): Uint8Array => {
  const id = /^([\da-f]{8})-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-([\da-f]{12})\.local$/i.exec(name)
  if (id === null) throw new RangeError('not a local name')
  return fromHex(id.slice(1).join('').toLowerCase())
}

const localName = (bytes: Uint8Array): string => {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}.local`
}
