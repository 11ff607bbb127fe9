import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeCbor } from '../../../src/core/codec/cbor.ts'
import { deviceId, fromHex } from '../../../src/core/ids.ts'
import { maxControlFrameBytes, maxMembers } from '../../../src/core/limits.ts'
import { chainKey, type Vector } from '../../../src/core/log/chains.ts'
import { decodeLinkMessage, encodeLinkMessage, type LinkMessage } from '../../../src/core/sync/messages.ts'
import * as any from '../arbitraries.ts'
import { alice, bob, bytesFor, room } from '../cast.ts'
import { withStillInputs } from '../still.ts'

describe('what devices say to each other', () => {
  test('is read as it was said, whatever it is', () => {
    for (const messages of Object.values(any.linkMessages)) {
      fc.assert(
        fc.property(messages as fc.Arbitrary<LinkMessage>, (message) => {
          const bytes = withStillInputs([message], encodeLinkMessage)
          expect(withStillInputs([bytes], decodeLinkMessage)).toEqual({ ok: true, value: message })
        }),
        { numRuns: 50 },
      )
    }
  })

  test('has one spelling: what is read is written the same', () => {
    fc.assert(
      fc.property(any.linkMessage, fc.nat(), fc.integer({ min: 1, max: 255 }), (message, at, change) => {
        const bytes = encodeLinkMessage(message)
        bytes[at % bytes.length]! ^= change
        const read = decodeLinkMessage(bytes)
        if (read.ok) expect(encodeLinkMessage(read.value)).toEqual(bytes)
      }),
      { numRuns: 2_000 },
    )
  })

  test('is never thrown about, whatever the bytes', () => {
    const tuples = fc
      .array(fc.oneof(fc.nat({ max: 20 }), fc.uint8Array({ maxLength: 20 }), fc.boolean(), fc.constant([])), { maxLength: 6 })
      .map(encodeCbor)
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), tuples), (bytes) => typeof decodeLinkMessage(bytes).ok === 'boolean'),
      { numRuns: 3_000 },
    )
  })

  test('names chains in one order, each once', () => {
    const entry = (person: typeof alice, seq: number) => [0, fromHex(person.device), seq]
    const want = (...entries: readonly unknown[]) => decodeLinkMessage(encodeCbor([2, fromHex(room), entries, 0])).ok
    const [first, second] = [alice, bob].toSorted((a, b) => (a.device < b.device ? -1 : 1)) as [typeof alice, typeof alice]
    expect(want(entry(first, 1), entry(second, 2))).toBe(true)
    expect(want(entry(second, 2), entry(first, 1))).toBe(false)
    expect(want(entry(first, 1), entry(first, 2))).toBe(false)
    const vector: Vector = new Map([second, first].map((person) => [chainKey(0, person.device), 1]))
    const mirrored: Vector = new Map([...vector].toReversed())
    const message = (have: Vector): LinkMessage => ({ kind: 'want', conversation: room, have, readHlc: 0 })
    expect(encodeLinkMessage(message(vector))).toEqual(encodeLinkMessage(message(mirrored)))
  })

  test('fits a frame also in the largest group, with all devices of everybody', () => {
    const have: Vector = new Map(
      Array.from({ length: maxMembers * 8 }, (_, index) => deviceId(bytesFor(`device ${index}`))).flatMap((device) =>
        ([0, 1] as const).map((lane) => [chainKey(lane, device), 9_999_999] as const),
      ),
    )
    expect(decodeLinkMessage(encodeLinkMessage({ kind: 'want', conversation: room, have, readHlc: 1 }))).toMatchObject({ ok: true })
  })

  test('is not read when it is larger than its kind may be', () => {
    const join = encodeCbor([9, new Uint8Array(maxControlFrameBytes)])
    expect(decodeLinkMessage(join).ok).toBe(false)
    expect(
      decodeLinkMessage(encodeLinkMessage({ kind: 'sealed', conversation: room, sealed: new Uint8Array(maxControlFrameBytes) })).ok,
    ).toBe(true)
    expect(
      decodeLinkMessage(encodeLinkMessage({ kind: 'sealed', conversation: room, sealed: new Uint8Array(4 * maxControlFrameBytes) })).ok,
    ).toBe(false)
  })
})
