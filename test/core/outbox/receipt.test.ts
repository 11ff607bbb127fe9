import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Epoch } from '../../../src/core/epoch/epoch.ts'
import { sealNonceBytes } from '../../../src/core/epoch/sealed.ts'
import { lanes } from '../../../src/core/event/event.ts'
import { chainKey } from '../../../src/core/log/chains.ts'
import { openReceipt, receiptEpoch, receiptKeyOf, sealReceipt } from '../../../src/core/outbox/receipt.ts'
import * as any from '../arbitraries.ts'
import { withStillInputs } from '../still.ts'

const epoch: fc.Arbitrary<Epoch> = fc.record({
  id: any.event,
  hlc: any.hlc,
  devices: fc.uniqueArray(any.device, { minLength: 1, maxLength: 60 }).map((devices) => devices.toSorted()),
})
const key = any.bytes(32)
const nonce = any.bytes(sealNonceBytes)

describe('a receipt', () => {
  test('says how far each device of the epoch was heard, and nothing of others', () => {
    fc.assert(
      fc.property(
        epoch,
        key,
        nonce,
        fc.infiniteStream(any.count),
        any.hlc,
        any.device,
        (room, secret, number, counts, readHlc, stranger) => {
          fc.pre(!room.devices.includes(stranger))
          const have = new Map(room.devices.map((device) => [chainKey(lanes.content, device), counts.next().value ?? 0]))
          const said = new Map([...have, [chainKey(lanes.content, stranger), 7], [chainKey(lanes.members, stranger), 7]])
          const sealed = withStillInputs([room, secret, number, { have: said, readHlc }], sealReceipt)
          expect(receiptEpoch(sealed)).toEqual({ ok: true, value: room.id })
          expect(withStillInputs([sealed, room, secret], openReceipt)).toEqual({ ok: true, value: { have, readHlc } })
        },
      ),
    )
  })

  test('never opens with another key, about other devices, or after any change', () => {
    fc.assert(
      fc.property(epoch, key, nonce, any.device, fc.nat(), (room, secret, number, stranger, at) => {
        const sealed = sealReceipt(room, secret, number, { have: new Map(), readHlc: 0 })
        const changed = (bytes: Uint8Array) => bytes.map((byte, place) => (place === at % bytes.length ? byte ^ 1 : byte))
        expect(openReceipt(sealed, room, changed(secret)).ok).toBe(false)
        expect(openReceipt(changed(sealed), room, secret).ok).toBe(false)
        expect(openReceipt(sealed.subarray(0, at % sealed.length), room, secret).ok).toBe(false)
        expect(openReceipt(sealed, { ...room, devices: [...room.devices, stranger] }, secret).ok).toBe(false)
      }),
    )
  })

  test('is as large for fifty people as for two', () => {
    const sizeFor = (devices: number) => {
      const room: Epoch = { id: fc.sample(any.event, 1)[0]!, hlc: 0, devices: fc.sample(any.device, devices) }
      const have = new Map(room.devices.map((device) => [chainKey(lanes.content, device), 1_000]))
      return sealReceipt(room, new Uint8Array(32), new Uint8Array(sealNonceBytes), { have, readHlc: 1 }).length
    }
    expect(sizeFor(50)).toBe(sizeFor(2))
  })

  test('of another kind of message there is no epoch', () => {
    expect(receiptEpoch(new Uint8Array(400).fill(1)).ok).toBe(false)
    expect(receiptEpoch(new Uint8Array()).ok).toBe(false)
  })

  test('has a key that differs with the epoch', () => {
    fc.assert(
      fc.property(key, any.event, any.event, (secret, a, b) => {
        fc.pre(a !== b)
        expect(receiptKeyOf(secret, a)).not.toEqual(receiptKeyOf(secret, b))
      }),
    )
  })
})
