import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromHex, toHex } from '../../../src/core/ids.ts'
import { readProtobuf } from '../../../src/core/wire/protobuf.ts'
import { decodeRendezvous, encodeRendezvous, rendezvousStatus } from '../../../src/core/wire/rendezvous.ts'
import type { RendezvousMessage } from '../../../src/core/wire/rendezvous.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 40 })
const bytes = fc.uint8Array({ maxLength: 60 })
const status = fc.constantFrom(...Object.values(rendezvousStatus))
const seconds = fc.nat()
const registration = fc.record({ ns: text, record: bytes, ttl: seconds }, { requiredKeys: ['ns', 'record'] })
const message: fc.Arbitrary<RendezvousMessage> = fc.oneof(
  registration.map((entry) => ({ kind: 'register' as const, ...entry })),
  fc
    .tuple(status, fc.record({ statusText: text, ttl: seconds }, { requiredKeys: [] }))
    .map(([code, rest]) => ({ kind: 'register-response' as const, status: code, ...rest })),
  text.map((ns) => ({ kind: 'unregister' as const, ns })),
  fc.record({ ns: text, limit: seconds, cookie: bytes }, { requiredKeys: [] }).map((rest) => ({ kind: 'discover' as const, ...rest })),
  fc
    .tuple(fc.array(registration, { maxLength: 4 }), status, fc.record({ cookie: bytes, statusText: text }, { requiredKeys: [] }))
    .map(([registrations, code, rest]) => ({ kind: 'discover-response' as const, registrations, status: code, ...rest })),
)

describe('rendezvous messages', () => {
  test('come back as they were', () => {
    fc.assert(
      fc.property(message, (sent) => {
        expect(decodeRendezvous(encodeRendezvous(sent))).toEqual(sent)
      }),
    )
  })

  test('never throw on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (any) => void decodeRendezvous(any)),
      { numRuns: 1_000 },
    )
  })

  test('never throw on damaged messages', () => {
    fc.assert(
      fc.property(message, fc.nat(), fc.nat(255), fc.nat(), (sent, at, byte, end) => {
        const damaged = encodeRendezvous(sent)
        damaged[at % damaged.length] = byte
        decodeRendezvous(damaged.subarray(0, end % (damaged.length + 1)))
      }),
      { numRuns: 1_000 },
    )
  })

  // Written out by hand from the .proto of the specification: type, then the body of that type under its own field number, each field
  // as key, length or value; proto2's zeros are explicit.
  test.each<[string, RendezvousMessage]>([
    ['0800120e0a046e616d65120301020318a038', { kind: 'register', ns: 'name', record: Uint8Array.of(1, 2, 3), ttl: 7200 }],
    ['08011a05080018a038', { kind: 'register-response', status: 0, ttl: 7200 }],
    ['08011a07086612036e6f70', { kind: 'register-response', status: 102, statusText: 'nop' }],
    ['080222060a046e616d65', { kind: 'unregister', ns: 'name' }],
    ['08032a0c0a046e616d6510641a020908', { kind: 'discover', ns: 'name', limit: 100, cookie: Uint8Array.of(9, 8) }],
    ['08032a00', { kind: 'discover' }],
    [
      '080432110a090a016e12010718ac02120209081800',
      {
        kind: 'discover-response',
        registrations: [{ ns: 'n', record: Uint8Array.of(7), ttl: 300 }],
        cookie: Uint8Array.of(9, 8),
        status: 0,
      },
    ],
  ])('have the bytes of the specification: %s', (hex, expected) => {
    expect(decodeRendezvous(fromHex(hex))).toEqual(expected)
    expect(toHex(encodeRendezvous(expected))).toBe(hex)
  })

  test('of a type from the future are no messages', () => {
    expect(decodeRendezvous(fromHex('0805'))).toBeUndefined()
    expect(decodeRendezvous(new Uint8Array(0))).toBeUndefined()
  })

  test('with fields from the future are read all the same', () => {
    expect(decodeRendezvous(fromHex('0802220b0a046e616d657801820100'))).toEqual({ kind: 'unregister', ns: 'name' })
  })

  test('a length that points past the end is refused without making room for it', () => {
    expect(readProtobuf(fromHex('0affffffffffffffff7f'))).toBeUndefined()
    expect(readProtobuf(fromHex('0a05010203'))).toBeUndefined()
    expect(readProtobuf(fromHex('ffffffffffffffffffffff'))).toBeUndefined()
  })
})
