import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes } from '../../../src/core/codec/bytes.ts'
import { decodeCbor, encodeCbor } from '../../../src/core/codec/cbor.ts'
import { authorEvent } from '../../../src/core/event/author.ts'
import { hlcPerMs } from '../../../src/core/event/clock.ts'
import {
  decodeEvent,
  encodePayload,
  idOfBytes,
  joinEvent,
  letGo,
  payloadOf,
  signatureBytes,
  withoutWords,
} from '../../../src/core/event/codec.ts'
import { lanes } from '../../../src/core/event/event.ts'
import { fadingOf, goneAt, type Said } from '../../../src/core/event/fading.ts'
import { maxEventBytes } from '../../../src/core/limits.ts'
import { verifyEvent } from '../../../src/core/event/verify.ts'
import * as any from '../arbitraries.ts'
import { bytesFor, fakeSignature, sign } from '../cast.ts'

const said: Said = { kind: 'text', text: 'only for now', replyTo: null }

describe('what disappears', () => {
  test('is read as it was written, with its words or without, under the same name', async () => {
    await fc.assert(
      fc.asyncProperty(any.fadingFields, async (fields) => {
        const event = await sign(fields)
        const { id, bytes, ...read } = event
        expect(decodeEvent(bytes)).toEqual({ ok: true, value: event })
        expect(encodePayload(read)).toEqual(payloadOf(bytes))
        expect(idOfBytes(bytes)).toBe(id)
        const gone = letGo(event)
        expect(gone.id).toBe(id)
        expect(decodeEvent(gone.bytes)).toEqual({ ok: true, value: gone })
        expect(withoutWords(gone.bytes)).toEqual(gone.bytes)
      }),
      { numRuns: 200 },
    )
  })

  test('leaves nothing of its words in what stays, and a signature that is good', async () => {
    const fields = fc.sample(any.fadingFields, { numRuns: 1, seed: 2 })[0]!
    const event = await sign({ ...fields, body: said, fading: fadingOf(said, 60, bytesFor('salt')) })
    const holds = (bytes: Uint8Array): boolean => Buffer.from(bytes).includes('only for now')
    expect([holds(event.bytes), holds(withoutWords(event.bytes))]).toEqual([true, false])
    const check = async (_: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> =>
      Buffer.compare(fakeSignature(message), signature) === 0
    expect(await verifyEvent(event, check)).toMatchObject({ ok: true })
    expect(await verifyEvent(letGo(event), check)).toMatchObject({ ok: true })
  })

  test('cannot be guessed from what stays: the same words under another salt are something else', () => {
    const [one, other] = ['one', 'other'].map((salt) => fadingOf(said, 60, bytesFor(salt)))
    expect(one!.commitment).not.toEqual(other!.commitment)
  })

  test('with any byte of the words changed is refused', async () => {
    const fields = fc.sample(any.fadingFields, { numRuns: 1, seed: 3 })[0]!
    const event = await authorEvent({ ...fields, body: said, fading: fadingOf(said, 60, bytesFor('salt')) }, async () => new Uint8Array(64))
    const words = event.fading!.words!.length
    for (let at = event.bytes.length - words; at < event.bytes.length; at++) {
      const spoilt = event.bytes.with(at, event.bytes[at]! ^ 1)
      expect(decodeEvent(spoilt).ok, `byte ${at}`).toBe(false)
    }
    expect(decodeEvent(concatBytes(event.bytes, Uint8Array.of(0))).ok).toBe(false)
  })

  test('what does not disappear loses nothing', async () => {
    const event = await sign(fc.sample(any.fields, { numRuns: 1, seed: 4 })[0]!)
    expect(letGo(event)).toBe(event)
    expect(withoutWords(event.bytes)).toEqual(event.bytes)
  })

  test('is content, and only what disappears has words beside it', async () => {
    const plain = await sign(fc.sample(any.fields, { numRuns: 1, seed: 4 })[0]!)
    const fields = fc.sample(any.fadingFields, { numRuns: 1, seed: 5 })[0]!
    const event = await sign({ ...fields, body: said, fading: fadingOf(said, 60, bytesFor('salt')) })
    const [signature, words] = [plain.bytes.subarray(0, signatureBytes), event.fading!.words!]
    expect(decodeEvent(joinEvent(signature, payloadOf(event.bytes), words)).ok).toBe(true)
    expect(decodeEvent(joinEvent(signature, payloadOf(plain.bytes), words)).ok).toBe(false)
    const tuple = decodeCbor(payloadOf(event.bytes), maxEventBytes, 'event')
    const elsewhere = encodeCbor(tuple.ok && (tuple.value as unknown[]).with(2, lanes.members).with(6, []))
    expect(decodeEvent(joinEvent(signature, elsewhere, words)).ok).toBe(false)
    expect(decodeEvent(joinEvent(signature, elsewhere)).ok).toBe(false)
  })
})

describe('its time', () => {
  const now = 1_700_000_000_000
  const minute = 60_000
  const hour = fadingOf(said, 3_600, bytesFor('salt'))
  const at = (wall: number, hlc = wall) => goneAt({ wall, hlc: hlc * hlcPerMs }, hour, now) - now

  test('begins when it comes, if that is soon after it was written', () => {
    expect([at(now), at(now - minute), at(now - 10 * minute)]).toEqual([60 * minute, 60 * minute, 60 * minute])
  })

  test('has begun when it was written, if that was longer ago, and may be over', () => {
    expect(at(now - 11 * minute)).toBe(49 * minute)
    expect(at(now - 70 * minute)).toBe(-10 * minute)
  })

  test('is that of the later of both clocks: whoever heard others has theirs', () => {
    expect(at(now - 70 * minute, now - 20 * minute)).toBe(40 * minute)
  })

  test('is not told by a clock that is ahead of this device', () => {
    expect(at(now + minute)).toBe(60 * minute)
    expect(at(now - 20 * minute, now + 365 * 24 * 60 * minute)).toBe(40 * minute)
    expect(at(now + minute, now + minute)).toBe(60 * minute)
  })
})
