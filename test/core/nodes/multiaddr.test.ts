// Addresses of nodes: text and bytes say the same, and nothing that is no address passes.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { multiaddr } from '@multiformats/multiaddr'
import { findNodeAddress, maxNodeAddressBytes, packNodeAddress, unpackNodeAddress } from '../../../src/core/nodes/multiaddr.ts'

const peer = '12D3KooWJ1E7wBN2FphxG4jW2Djb4qiBS5o5ZjGrLEm7Chd6U1cr'
const certhash = 'uEiDDq4_xNyDorZBH3TlGazyJdOWSwvo4PUo5YHFMrvDE8g'
const addresses = [
  `/dns/node.example/tcp/443/tls/ws/p2p/${peer}`,
  `/dns4/node.example/tcp/8443/wss/p2p/${peer}`,
  `/ip4/192.0.2.7/tcp/80/ws/p2p/${peer}`,
  `/ip6/2001:db8::7/tcp/443/tls/ws/p2p/${peer}`,
  `/ip6/::1/tcp/443/tls/ws/p2p/${peer}`,
  `/ip6/2001:db8:1:2:3:4:5:6/udp/9000/webrtc-direct/certhash/${certhash}/p2p/${peer}`,
  `/ip4/192.0.2.7/udp/9000/webrtc-direct/certhash/${certhash}/p2p/${peer}`,
]

test.each(addresses)('%s has the bytes that every multiaddr library gives it, and comes back', (address) => {
  const bytes = packNodeAddress(address)
  expect(bytes).toEqual(multiaddr(address).bytes)
  expect(unpackNodeAddress(bytes ?? new Uint8Array())).toBe(address)
})

test.each([
  '',
  'nonsense',
  '/ip4/192.0.2.7/tcp/80/ws',
  `/ip4/192.0.2.256/tcp/80/ws/p2p/${peer}`,
  `/ip4/192.0.2.7/tcp/65536/ws/p2p/${peer}`,
  `/ip4/192.0.2.7/tcp/80/p2p/${peer}`,
  `/ip4/192.0.2.7/tcp/80/ws/p2p/${peer}/p2p-circuit/p2p/${peer}`,
  `/dns/${'a'.repeat(maxNodeAddressBytes)}/tcp/80/ws/p2p/${peer}`,
  `/ip6/1::2::3/tcp/80/ws/p2p/${peer}`,
])('%s is no address of a node', (address) => expect(packNodeAddress(address)).toBeUndefined())

test('any bytes are an address or nothing, and an address comes back as the same bytes', () =>
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), changed()), (bytes) => {
      const address = unpackNodeAddress(bytes)
      if (address !== undefined) expect(packNodeAddress(address)).toEqual(bytes)
    }),
  ))

/** A true address with a byte or two changed. */
const changed = () =>
  fc.tuple(fc.constantFrom(...addresses), fc.nat(), fc.nat({ max: 255 })).map(([address, at, value]) => {
    const bytes = Uint8Array.from(packNodeAddress(address) ?? [])
    bytes[at % bytes.length] = value
    return bytes
  })

test.each([
  [`Parley is ready.\n  ${addresses[0]}\n`, addresses[0]],
  [`https://parley.example/#/n${addresses[6]}`, addresses[6]],
  [`https://parley.example/#/n${encodeURIComponent(addresses[0] ?? '')}`, addresses[0]],
  ['https://parley.example/', undefined],
  ['%', undefined],
])('an address is found in %s', (given, address) => expect(findNodeAddress(given)).toBe(address))
