import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeContent, encodeContent, encodeContentPayload, contentMessage, type Content } from '../../../src/core/courier/content.ts'
import {
  decodeEnvelope,
  encodeEnvelope,
  encodeHead,
  maxContentBytes,
  nameEnvelope,
  padContent,
  unpadContent,
  type Envelope,
} from '../../../src/core/courier/envelope.ts'
import { conversationId, tag, toHex } from '../../../src/core/ids.ts'
import { maxEnvelopeBytes } from '../../../src/core/limits.ts'
import { alice, bob } from '../cast.ts'

const exactly = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const bucket = fc.constantFrom(256, 512, 1_024, 4_096)
const envelope: fc.Arbitrary<Envelope> = fc
  .record({ tag: exactly(16), lastDay: fc.nat(0xffff), key: exactly(8), enc: exactly(32), bucket })
  .chain(({ bucket, ...head }) =>
    exactly(bucket - 59).map((ciphertext) => ({ ...head, tag: tag(head.tag), key: toHex(head.key), ciphertext })),
  )
const content: fc.Arbitrary<Content> = fc
  .record({
    conversation: exactly(16),
    events: fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }),
    acknowledged: fc.nat(),
    readHlc: fc.nat(),
    keysLeft: fc.nat(),
    keys: fc.array(exactly(32), { maxLength: 32 }),
  })
  .map((fields) => ({ ...fields, conversation: conversationId(fields.conversation), from: alice.device, to: bob.device }))

describe('an envelope', () => {
  test('comes back as it was, and fills a bucket', () => {
    fc.assert(
      fc.property(envelope, (sent) => {
        const bytes = encodeEnvelope(sent)
        expect(Math.log2(bytes.length) % 1).toBe(0)
        expect(decodeEnvelope(bytes)).toEqual({ ok: true, value: sent })
      }),
    )
  })

  test('is read wherever it lies in a larger buffer', () => {
    fc.assert(
      fc.property(envelope, fc.nat(64), (sent, before) => {
        const bytes = encodeEnvelope(sent)
        const larger = new Uint8Array(before + bytes.length + 7)
        larger.set(bytes, before)
        expect(decodeEnvelope(larger.subarray(before, before + bytes.length))).toEqual({ ok: true, value: sent })
      }),
    )
  })

  test('never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (any) => void decodeEnvelope(any)),
      { numRuns: 1_000 },
    )
    for (const length of [0, 1, 26, 255, 257, 2 * maxEnvelopeBytes]) expect(decodeEnvelope(new Uint8Array(length).fill(1)).ok).toBe(false)
  })

  test('of another version is none', () => {
    expect(decodeEnvelope(new Uint8Array(256).fill(2)).ok).toBe(false)
    expect(decodeEnvelope(new Uint8Array(256).fill(1)).ok).toBe(true)
  })

  test('has a name that follows from every byte of it', () => {
    fc.assert(
      fc.property(envelope, fc.nat(), (sent, at) => {
        const bytes = encodeEnvelope(sent)
        const changed = Uint8Array.from(bytes)
        changed[at % bytes.length]! ^= 1
        expect(nameEnvelope(changed)).not.toBe(nameEnvelope(bytes))
      }),
    )
  })

  test('binds what can be read on it: the head is all that stands before the encapsulated key', () => {
    fc.assert(
      fc.property(envelope, (sent) => {
        expect(encodeEnvelope(sent).subarray(0, encodeHead(sent).length)).toEqual(encodeHead(sent))
        expect(encodeHead(sent)).toHaveLength(27)
      }),
    )
  })
})

describe('padding', () => {
  test('is undone, and leaves only the bucket to be seen', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), (plain) => {
        const padded = padContent(plain)!
        // What HPKE and the head add.
        const whole = padded.length + 59 + 16
        expect([256, 512, 1_024, 2_048, 4_096]).toContain(whole)
        expect(unpadContent(padded)).toEqual({ ok: true, value: plain })
      }),
    )
  })

  test('takes up to the largest bucket and nothing more', () => {
    expect(padContent(new Uint8Array(maxContentBytes))?.length).toBe(maxEnvelopeBytes - 75)
    expect(padContent(new Uint8Array(maxContentBytes + 1))).toBeUndefined()
  })

  test('that was tampered with is refused, never thrown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (any) => {
        const unpadded = unpadContent(any)
        if (unpadded.ok) expect(unpadded.value.length).toBeLessThanOrEqual(any.length - 4)
      }),
      { numRuns: 1_000 },
    )
    expect(unpadContent(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0)).ok).toBe(false)
  })
})

describe('content', () => {
  const signature = new Uint8Array(64).fill(9)

  test('comes back as it was, with the claim of its writer over all of it', () => {
    fc.assert(
      fc.property(content, (sent) => {
        const payload = encodeContentPayload(sent)
        const decoded = decodeContent(encodeContent(signature, payload))
        if (!decoded.ok) throw new Error('not read')
        expect(decoded.value.content).toEqual(sent)
        expect(toHex(decoded.value.claim.publicKey)).toBe(alice.device)
        expect(decoded.value.claim.signature).toEqual(signature)
        expect(decoded.value.claim.message).toEqual(contentMessage(payload))
      }),
    )
  })

  test('never throws on damaged bytes', () => {
    fc.assert(
      fc.property(content, fc.nat(), fc.nat(255), fc.nat(), (sent, at, byte, end) => {
        const damaged = encodeContent(signature, encodeContentPayload(sent))
        damaged[at % damaged.length] = byte
        decodeContent(damaged.subarray(0, end % (damaged.length + 1)))
      }),
      { numRuns: 1_000 },
    )
  })

  test('with more keys than a hand-out has is refused', () => {
    const [sent] = fc.sample(content, 1)
    const keys = Array.from({ length: 33 }, () => new Uint8Array(32))
    expect(decodeContent(encodeContent(signature, encodeContentPayload({ ...sent!, keys }))).ok).toBe(false)
  })
})
