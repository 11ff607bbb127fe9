import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeCbor } from '../../../src/core/codec/cbor.ts'
import { concatBytes } from '../../../src/core/codec/bytes.ts'
import { authorEvent } from '../../../src/core/event/author.ts'
import { maxHlc } from '../../../src/core/event/clock.ts'
import { decodeEvent, encodePayload, payloadId, signatureBytes } from '../../../src/core/event/codec.ts'
import { lanes, type EventFields, type SignedEvent } from '../../../src/core/event/event.ts'
import { fromHex } from '../../../src/core/ids.ts'
import { maxEventBytes, maxTextBytes, maxDeps, maxWallClockMs } from '../../../src/core/limits.ts'
import * as any from '../arbitraries.ts'
import { alice, bob, fakeSignature, sign, tell, createBody, add, text } from '../cast.ts'
import { withStillInputs } from '../still.ts'

const signed = (fields: EventFields): Uint8Array => concatBytes(fakeSignature(new Uint8Array(0)), encodePayload(fields))
const isRead = (fields: EventFields): boolean => decodeEvent(signed(fields)).ok

/** Raw tuples, for what the types forbid. */
const raw = (
  change: (tuple: unknown[]) => void,
  content: unknown = ['hi', null],
  kind = 'text',
  lane: number = lanes.content,
): Uint8Array => {
  const id = fromHex(alice.identity)
  const tuple: unknown[] = [1, id.slice(0, 16), lane, fromHex(alice.device), 2, id, [], 7, 8, null, 0, kind, content]
  change(tuple)
  return concatBytes(fakeSignature(new Uint8Array(0)), encodeCbor(tuple))
}
const nothing = () => {}

describe('an event', () => {
  test('of any kind is read as it was written, and written as it was read', () => {
    fc.assert(
      fc.property(any.fields, (fields) => {
        const bytes = signed(fields)
        const read = withStillInputs([bytes], decodeEvent)
        if (!read.ok) throw new Error('not read')
        const { id, bytes: same, ...rest } = read.value
        expect(rest).toEqual(fields)
        expect(same).toEqual(bytes)
        expect(id).toBe(payloadId(bytes.subarray(signatureBytes)))
        expect(encodePayload(rest)).toEqual(bytes.subarray(signatureBytes))
      }),
      { numRuns: 500 },
    )
  })

  test('of every single kind, ten times each', () => {
    const base = { ...fc.sample(any.fields, { numRuns: 1, seed: 1 })[0]!, seq: 1, prev: null, deps: [] }
    for (const [lane, bodies] of [[lanes.members, any.membersBodies] as const, [lanes.content, any.contentBodies] as const]) {
      for (const body of Object.values(bodies)) {
        for (const each of fc.sample<EventFields['body']>(body as fc.Arbitrary<EventFields['body']>, 10)) {
          const read = decodeEvent(signed({ ...base, lane, body: each }))
          expect(read).toMatchObject({ ok: true, value: { body: each } })
        }
      }
    }
  })

  test('that was tampered with is another event or none, and never throws', () => {
    fc.assert(
      fc.property(any.fields, fc.nat(), fc.integer({ min: 1, max: 255 }), fc.boolean(), (fields, at, change, cut) => {
        const bytes = signed(fields)
        const place = at % bytes.length
        if (!cut) bytes[place]! ^= change
        const read = decodeEvent(cut ? bytes.subarray(0, place) : bytes)
        if (!read.ok) return
        expect(encodePayload(read.value)).toEqual(bytes.subarray(signatureBytes))
        if (place >= signatureBytes) expect(read.value.id).not.toBe(payloadId(encodePayload(fields)))
      }),
      { numRuns: 1_000 },
    )
  })

  test('is never thrown about, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => !decodeEvent(bytes).ok),
      { numRuns: 2_000 },
    )
  })

  test('has the same id whoever signed it how often: the id is that of the payload', async () => {
    const { events } = await tell([[alice, createBody()]])
    const again = await authorEvent(events[0]!, async () => new Uint8Array(64).fill(7))
    expect(again.id).toBe(events[0]!.id)
    expect(again.bytes).not.toEqual(events[0]!.bytes)
  })

  test('that one makes oneself is what others read', async () => {
    const { events } = await tell([
      [alice, createBody()],
      [alice, add(bob)],
      [bob, text('hello')],
    ])
    for (const event of events) expect(decodeEvent(event.bytes)).toEqual({ ok: true, value: event })
  })

  test.each([
    ['without a previous one, that is not the first', raw((tuple) => (tuple[5] = null))],
    ['with a previous one, that is the first', raw((tuple) => (tuple[4] = 1))],
    ['with the number 0', raw((tuple) => (tuple[4] = 0))],
    ['of another version', raw((tuple) => (tuple[0] = 2))],
    ['of a third lane', raw((tuple) => (tuple[2] = 2))],
    ['that has a field more', raw((tuple) => tuple.push(0))],
    ['that has a field less', raw((tuple) => tuple.pop())],
    ['of a kind from the future that has a field less', raw((tuple) => tuple.pop(), [], 'hologram')],
    [
      'that names more heads than it may',
      raw((tuple) => (tuple[6] = Array.from({ length: maxDeps + 1 }, (_, n) => [0, fromHex(bob.device), n + 1, fromHex(bob.identity)]))),
    ],
    [
      'of the members lane that names content',
      raw((tuple) => (tuple[6] = [[1, fromHex(bob.device), 1, fromHex(bob.identity)]]), [], 'leave', lanes.members),
    ],
    ['with a short device', raw((tuple) => (tuple[3] = new Uint8Array(31)))],
    ['after the year 2100', raw((tuple) => (tuple[8] = maxWallClockMs + 1))],
    ['with a clock beyond all clocks', raw((tuple) => (tuple[7] = maxHlc + 1))],
    ['with a negative clock', raw((tuple) => (tuple[7] = -1))],
    ['with half a number', raw((tuple) => (tuple[10] = 0.5))],
    ['of a kind without a name', raw(nothing, [], '')],
    ['of a kind with an endless name', raw(nothing, [], 'x'.repeat(33))],
    ['of a members kind in the content lane', raw(nothing, [], 'leave')],
    ['of a content kind in the members lane', raw(nothing, ['hi', null], 'text', lanes.members)],
    ['with an empty text', raw(nothing, ['', null])],
    ['with a text that is too long', raw(nothing, ['é'.repeat(maxTextBytes / 2 + 1), null])],
    ['with a text that is a number', raw(nothing, [5, null])],
    ['with a name that runs backwards', raw(nothing, ['\u202eecilA'], 'name', lanes.members)],
    ['with a name that rings', raw(nothing, ['Alice\u0007'], 'name', lanes.members)],
    ['with a name of 65 characters', raw(nothing, ['👩'.repeat(65)], 'name', lanes.members)],
    ['with a reaction that is a speech', raw(nothing, [[fromHex(alice.identity), 1], 'x'.repeat(33), true], 'reaction')],
    ['with no bytes at all', new Uint8Array(0)],
    ['with a signature alone', new Uint8Array(signatureBytes)],
  ] as const)('%s is malformed', (_, bytes) => {
    expect(decodeEvent(bytes)).toMatchObject({ ok: false, error: { kind: 'malformed', there: 'The event could not be read.' } })
  })

  test('is the well-formed one that the malformed ones above were made from', () => {
    expect(decodeEvent(raw(nothing))).toMatchObject({ ok: true, value: { body: { kind: 'text', text: 'hi' } } })
    expect(decodeEvent(raw(nothing, ['é'.repeat(maxTextBytes / 2), null]))).toMatchObject({ ok: true })
    expect(decodeEvent(raw(nothing, ['👩'.repeat(64)], 'name', lanes.members))).toMatchObject({ ok: true })
  })

  test('of a kind from the future is kept as it is', () => {
    expect(decodeEvent(raw(nothing, { any: ['thing'] }, 'hologram'))).toMatchObject({
      ok: true,
      value: { body: { kind: 'unknown', name: 'hologram', content: { any: ['thing'] } } },
    })
    // A name that every object has is no kind.
    expect(decodeEvent(raw(nothing, [], 'constructor'))).toMatchObject({ ok: true, value: { body: { kind: 'unknown' } } })
  })

  test('is read up to 64 KiB, and not a byte further', () => {
    const filled = (size: number) => raw(nothing, new Uint8Array(size), 'hologram')
    const spare = maxEventBytes - filled(60_000).length
    expect(filled(60_000 + spare).length).toBe(maxEventBytes)
    expect(decodeEvent(filled(60_000 + spare)).ok).toBe(true)
    expect(decodeEvent(filled(60_001 + spare)).ok).toBe(false)
  })

  test('with cards of somebody else is malformed', () => {
    const person = { ...alice.card, devices: bob.card.devices }
    const base = fc.sample(any.fields, { numRuns: 1, seed: 1 })[0]!
    expect(isRead({ ...base, lane: lanes.members, deps: [], body: { kind: 'add', person: alice.card, invite: null, floor: [] } })).toBe(
      true,
    )
    expect(isRead({ ...base, lane: lanes.members, deps: [], body: { kind: 'add', person, invite: null, floor: [] } })).toBe(false)
  })

  test('says the same to whoever reads it inside a larger buffer', async () => {
    const { events } = await tell([[alice, createBody()]])
    const wide = concatBytes(new Uint8Array(13), events[0]!.bytes, new Uint8Array(5))
    const read = decodeEvent(wide.subarray(13, 13 + events[0]!.bytes.length))
    expect(read.ok && plain(read.value)).toEqual(plain(await sign(events[0]!)))
  })
})

const plain = (event: SignedEvent): unknown => ({ ...event, bytes: [...event.bytes] })
