// What nodes, proxies and strangers write below all conversations: rendezvous, link frames, what a node says of itself, STUN. Thrown at
// the real rendezvous point and at the real readers; who is registered and what honest pages are answered stays as it was.
import { concatBytes, utf8ToBytes } from '../../../src/core/codec/bytes.ts'
import { maxDataFrameBytes } from '../../../src/core/limits.ts'
import { bytesField, concat, varintField } from '../../../src/core/wire/protobuf.ts'
import { encodeRendezvous, maxPeerRecordBytes } from '../../../src/core/wire/rendezvous.ts'
import { bytesFor } from '../forge.ts'

export interface RecordVector {
  readonly name: string
  /** Who reads it: a rendezvous point, a page that asked one, the end of a link, a page that asks who served it, a STUN server. */
  readonly reader: 'point' | 'page' | 'link' | 'node-info' | 'stun'
  readonly bytes: (honest: Honest) => Uint8Array
  readonly expected: 'malformed' | 'invalidNamespace' | 'invalidTtl' | 'invalidSignedPeerRecord' | 'notAuthorized' | 'invalidCookie'
}

/** What an honest page has: its own signed record, and another one's. */
export interface Honest {
  readonly own: Uint8Array
  readonly others: Uint8Array
}

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values)
const point = (name: string, expected: RecordVector['expected'], make: (honest: Honest) => Uint8Array): RecordVector => ({
  name: `a request to a node ${name}`,
  reader: 'point',
  expected,
  bytes: make,
})
const registering = (
  name: string,
  expected: RecordVector['expected'],
  change: (honest: Honest) => Partial<{ ns: string; record: Uint8Array; ttl: number }>,
) => point(name, expected, (honest) => encodeRendezvous({ kind: 'register', ns: 'name', record: honest.own, ttl: 60, ...change(honest) }))
const page = (name: string, answer: Uint8Array): RecordVector => ({
  name: `an answer of a node ${name}`,
  reader: 'page',
  expected: 'malformed',
  bytes: () => answer,
})
const link = (name: string, frames: Uint8Array): RecordVector => ({
  name: `a stream ${name}`,
  reader: 'link',
  expected: 'malformed',
  bytes: () => frames,
})
const info = (name: string, said: unknown): RecordVector => ({
  name: `a node that says of itself ${name}`,
  reader: 'node-info',
  expected: 'malformed',
  bytes: () => utf8ToBytes(typeof said === 'string' ? said : JSON.stringify(said)),
})
const stun = (name: string, datagram: Uint8Array): RecordVector => ({
  name: `a datagram ${name}`,
  reader: 'stun',
  expected: 'malformed',
  bytes: () => datagram,
})

const peer = '12D3KooWJ1E7wBN2FphxG4jW2Djb4qiBS5o5ZjGrLEm7Chd6U1cr'
const binding = bytes(0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, ...bytesFor('transaction').subarray(0, 12))
const answer = encodeRendezvous({ kind: 'discover-response', registrations: [], status: 0 })

export const records: readonly RecordVector[] = [
  point('of no bytes', 'malformed', () => new Uint8Array(0)),
  point('of noise', 'malformed', () => bytes(0xff, 0xff, 0xff)),
  point('of a kind that nobody knows', 'malformed', () => varintField(1, 9)),
  point('that says nothing but its kind', 'malformed', () => varintField(1, 0)),
  point('whose length lies', 'malformed', () => concatBytes(varintField(1, 0), bytes(0x12, 0xff, 0xff, 0xff, 0x0f))),
  point('whose length is 2^63', 'malformed', () => concatBytes(varintField(1, 0), bytes(0x12, ...new Uint8Array(9).fill(0xff), 1))),
  point('whose number never ends', 'malformed', () => new Uint8Array(11).fill(0x80)),
  point('with field 0', 'malformed', () => bytes(0, 1)),
  point('with a group that proto3 forgot', 'malformed', () => bytes(0x0b)),
  point('that is an answer', 'malformed', () => answer),
  point('to register without a record', 'malformed', () => concat([varintField(1, 0), bytesField(2, bytesField(1, utf8ToBytes('name')))])),
  point('to register under a name that is no UTF-8', 'malformed', ({ own }) =>
    concat([varintField(1, 0), bytesField(2, concat([bytesField(1, bytes(0xff)), bytesField(2, own)]))]),
  ),
  registering('to register under no name', 'invalidNamespace', () => ({ ns: '' })),
  registering('to register under a name of 256 bytes', 'invalidNamespace', () => ({ ns: 'x'.repeat(256) })),
  registering('to register for no time', 'invalidTtl', () => ({ ttl: 0 })),
  registering('to register for a year', 'invalidTtl', () => ({ ttl: 31_536_000 })),
  registering('to register with a record of noise', 'invalidSignedPeerRecord', () => ({ record: bytesFor('noise') })),
  registering('to register with a record of no bytes', 'invalidSignedPeerRecord', () => ({ record: new Uint8Array(0) })),
  registering('to register with a record that is too large', 'invalidSignedPeerRecord', () => ({
    record: new Uint8Array(maxPeerRecordBytes + 1),
  })),
  registering('to register with a record whose signature is bent', 'invalidSignedPeerRecord', ({ own }) => ({
    record: own.with(own.length - 1, own.at(-1)! ^ 1),
  })),
  registering('to register with a record of somebody else', 'notAuthorized', ({ others }) => ({ record: others })),
  point('for everybody', 'invalidNamespace', () => encodeRendezvous({ kind: 'discover' })),
  point('for no name', 'invalidNamespace', () => encodeRendezvous({ kind: 'discover', ns: '' })),
  point('with a cookie that the node never gave', 'invalidCookie', () =>
    encodeRendezvous({ kind: 'discover', ns: 'name', cookie: bytesFor('cookie').subarray(0, 16) }),
  ),
  point('with a cookie of one byte', 'invalidCookie', () => encodeRendezvous({ kind: 'discover', ns: 'name', cookie: bytes(1) })),
  page('of noise', bytes(0xff, 0xff)),
  page('of no bytes', new Uint8Array(0)),
  page('that is cut off', answer.subarray(0, -1)),
  page('of a kind that nobody knows', varintField(1, 77)),
  link('whose first frame claims 16 MiB', bytes(0, 0xff, 0xff, 0xff)),
  link(
    'whose first frame is one byte too long',
    bytes(0, (maxDataFrameBytes + 1) >>> 16, ((maxDataFrameBytes + 1) >>> 8) & 0xff, (maxDataFrameBytes + 1) & 0xff),
  ),
  link('whose second frame claims 16 MiB', bytes(2, 0, 0, 0, 0, 0xff, 0xff, 0xff)),
  link('of an unknown kind that claims 16 MiB', bytes(99, 0xff, 0xff, 0xff)),
  info('nothing', ''),
  info('null', null),
  info('a list', []),
  info('a number', 7),
  info('no peer', { stun: true, nodes: [] }),
  info('a peer that is a number', { peer: 7 }),
  info('a peer with letters that base58 has not', { peer: peer.replace('J', '0') }),
  info('a peer with a path behind it', { peer: `${peer}/p2p-circuit` }),
  info('a peer of one letter', { peer: 'x' }),
  info('half an object', '{"peer":'),
  stun('of no bytes', new Uint8Array(0)),
  stun('of 19 bytes', binding.subarray(0, 19)),
  stun('with another cookie', binding.with(4, 0)),
  stun('that is an answer', binding.with(0, 1)),
  stun('whose length lies', binding.with(3, 4)),
  stun('that is longer than it says', concatBytes(binding, new Uint8Array(4))),
]
