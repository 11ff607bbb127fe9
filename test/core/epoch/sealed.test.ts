import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { concatBytes } from '@noble/hashes/utils.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { malformed } from '../../../src/core/codec/cbor.ts'
import { openSealed, seal, sealedHeader, sealNonceBytes, type SealedHeader } from '../../../src/core/epoch/sealed.ts'
import { maxEventBytes } from '../../../src/core/limits.ts'
import * as any from '../arbitraries.ts'
import { bytesFor } from '../cast.ts'
import { withStillInputs } from '../still.ts'

const header: fc.Arbitrary<SealedHeader> = fc.record({ epoch: any.event, sender: any.device, index: fc.nat({ max: 0xffff_ffff }) })
const key = any.bytes(32)
const nonce = any.bytes(sealNonceBytes)
const plaintext = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc.nat({ max: 5_000 }).map((length) => new Uint8Array(length).fill(7)),
)
const overhead = 1 + 32 + 32 + 4 + sealNonceBytes + 16

describe('a sealed event', () => {
  test('opens with its key, and its header is read without', () => {
    fc.assert(
      fc.property(header, key, nonce, plaintext, (head, secret, number, inside) => {
        const sealed = withStillInputs([head, secret, number, inside], seal)
        expect(withStillInputs([sealed], sealedHeader)).toEqual({ ok: true, value: head })
        expect(withStillInputs([sealed, secret], openSealed)).toEqual({ ok: true, value: inside })
      }),
    )
  })

  test('never opens with another key, after a flipped bit anywhere, or cut short', () => {
    fc.assert(
      fc.property(header, key, nonce, plaintext, fc.nat(), fc.nat({ max: 7 }), (head, secret, number, inside, at, bit) => {
        const sealed = seal(head, secret, number, inside)
        expect(openSealed(sealed, flipped(secret, at % 32, bit)).ok).toBe(false)
        expect(openSealed(flipped(sealed, at % sealed.length, bit), secret).ok).toBe(false)
        expect(openSealed(sealed.subarray(0, at % sealed.length), secret).ok).toBe(false)
      }),
    )
  })

  test('never opens under the header of another place, sender or epoch', () => {
    fc.assert(
      fc.property(header, header, key, nonce, plaintext, (mine, theirs, secret, number, inside) => {
        fc.pre(mine.epoch !== theirs.epoch)
        const [a, b] = [seal(mine, secret, number, inside), seal(theirs, secret, number, inside)]
        const swapped = Uint8Array.from([...b.subarray(0, 69), ...a.subarray(69)])
        expect(sealedHeader(swapped)).toEqual({ ok: true, value: theirs })
        expect(openSealed(swapped, secret).ok).toBe(false)
        for (const [at, bit] of [
          [0, 0],
          [1, 0],
          [33, 0],
          [65, 0],
          [68, 0],
        ] as const)
          expect(openSealed(flipped(a, at, bit), secret).ok).toBe(false)
      }),
    )
  })

  test.each([
    [0, 256],
    [1, 256],
    [252, 256],
    [253, 512],
    [508, 512],
    [509, 1024],
    [40_000, 65_536],
    [maxEventBytes, 131_072],
  ])('of %i bytes is padded to %i', (size, bucket) => {
    const sealed = seal(fc.sample(header, { numRuns: 1, seed: 1 })[0]!, bytesFor('key'), new Uint8Array(24), new Uint8Array(size))
    expect(sealed.length).toBe(bucket + overhead)
    expect(sealedHeader(sealed).ok).toBe(true)
  })

  test('tells two events of one bucket apart by nothing but the header and noise', () => {
    const head = fc.sample(header, { numRuns: 1, seed: 1 })[0]!
    const [a, b] = ['yes', 'no, and a long story why'].map((words) =>
      seal(head, bytesFor(words), bytesFor('n').subarray(0, 24), new TextEncoder().encode(words)),
    )
    expect(a!.length).toBe(b!.length)
  })

  test('is not even tried when it is too short, too long or of another version', () => {
    const good = seal(fc.sample(header, { numRuns: 1, seed: 1 })[0]!, bytesFor('key'), new Uint8Array(24), new Uint8Array(9))
    expect(sealedHeader(good.subarray(0, good.length - 1)).ok).toBe(false)
    expect(sealedHeader(Uint8Array.from([2, ...good.subarray(1)])).ok).toBe(false)
    expect(sealedHeader(new Uint8Array(2 * maxEventBytes + overhead).fill(1)).ok).toBe(true)
    expect(sealedHeader(new Uint8Array(2 * maxEventBytes + overhead + 1).fill(1)).ok).toBe(false)
  })

  test('is refused when the length inside goes beyond the content, though the key fits', () => {
    const head = seal(fc.sample(header, { numRuns: 1, seed: 1 })[0]!, bytesFor('key'), new Uint8Array(24), new Uint8Array(9)).subarray(
      0,
      69,
    )
    const claiming = (length: number): Uint8Array => {
      const padded = new Uint8Array(256)
      new DataView(padded.buffer).setUint32(0, length)
      const nonce = new Uint8Array(24)
      return concatBytes(head, nonce, xchacha20poly1305(bytesFor('key'), nonce, head).encrypt(padded))
    }
    expect(openSealed(claiming(252), bytesFor('key'))).toEqual({ ok: true, value: new Uint8Array(252) })
    for (const length of [253, 256, 260, 2 ** 32 - 1])
      expect(openSealed(claiming(length), bytesFor('key'))).toEqual({ ok: false, error: malformed('sealed message') })
  })

  test('says what it is that could not be read', () => {
    expect(sealedHeader(new Uint8Array(3))).toEqual({ ok: false, error: malformed('sealed message') })
    expect(openSealed(new Uint8Array(400), bytesFor('key'))).toEqual({ ok: false, error: malformed('sealed message') })
  })

  test('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), key, (bytes, secret) => {
        sealedHeader(bytes)
        expect(openSealed(bytes, secret).ok).toBe(false)
      }),
    )
  })
})

const flipped = (bytes: Uint8Array, at: number, bit: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte))
