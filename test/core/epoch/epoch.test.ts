import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commitmentOf, epochToSendOn, isFresh, shareInfo, type Epoch } from '../../../src/core/epoch/epoch.ts'
import { epochSuite, kemNumbers, maxHybridDevices } from '../../../src/core/epoch/suite.ts'
import { nextEvent } from '../../../src/core/event/author.ts'
import { encodePayload, signatureBytes } from '../../../src/core/event/codec.ts'
import { lanes, type ContentBody, type Head } from '../../../src/core/event/event.ts'
import { deviceId, eventId, toHex, type DeviceId } from '../../../src/core/ids.ts'
import { maxEventBytes, maxWallClockMs } from '../../../src/core/limits.ts'
import { alice, bob, bytesFor, carol, everybody, room } from '../cast.ts'
import { withStillInputs } from '../still.ts'

const epochOf = (name: string, hlc: number, ...devices: readonly DeviceId[]): Epoch => ({
  id: eventId(bytesFor(name)),
  hlc,
  devices: devices.toSorted(),
})

describe('the epoch to send on', () => {
  test('is one for exactly the present devices: nobody who left is written to, nobody is left out', () => {
    const all = everybody.map((person) => person.device)
    const some = fc.subarray([...all], { minLength: 1 })
    fc.assert(
      fc.property(fc.array(fc.tuple(some, fc.nat({ max: 3 })), { maxLength: 8 }), some, (sets, wanted) => {
        const epochs = sets.map(([devices, hlc], index) => epochOf(`${index}`, hlc, ...devices))
        const chosen = withStillInputs([epochs, wanted] as const, (...inputs) => epochToSendOn(...inputs))
        const fitting = epochs.filter((epoch) => epoch.devices.join() === wanted.toSorted().join())
        expect(chosen === undefined).toBe(fitting.length === 0)
        if (chosen === undefined) return
        expect(fitting).toContain(chosen)
        for (const other of fitting) expect(other.hlc < chosen.hlc || (other.hlc === chosen.hlc && other.id <= chosen.id)).toBe(true)
        // Whatever order they were learned in, and whatever order the devices are named in.
        expect(epochToSendOn(epochs.toReversed(), wanted.toReversed())).toBe(chosen)
      }),
    )
  })

  test('is none when the only ones have a device too many, too few or twice', () => {
    const wanted = [alice.device, bob.device]
    expect(epochToSendOn([epochOf('a', 1, alice.device, bob.device, carol.device)], wanted)).toBeUndefined()
    expect(epochToSendOn([epochOf('b', 1, alice.device)], wanted)).toBeUndefined()
    expect(epochToSendOn([epochOf('c', 1, alice.device, bob.device, bob.device)], wanted)).toBeUndefined()
    expect(epochToSendOn([], [])).toBeUndefined()
  })

  test('is fresh for a week', () => {
    const week = 7 * 86_400_000
    const epoch = epochOf('a', 1_000 * 1_024)
    expect(isFresh(epoch, 1_000)).toBe(true)
    expect(isFresh(epoch, 999 + week)).toBe(true)
    expect(isFresh(epoch, 1_000 + week)).toBe(false)
  })
})

describe('what an epoch is sealed with', () => {
  test('is bound to the conversation, the maker and the one device', () => {
    const infos = [
      shareInfo(room, alice.device, bob.device),
      shareInfo(room, bob.device, alice.device),
      shareInfo(room, alice.device, carol.device),
    ]
    expect(new Set(infos.map(toHex)).size).toBe(3)
  })

  test('is the hybrid up to 50 devices, and X25519 alone above', () => {
    expect(epochSuite(maxHybridDevices)).toBe(kemNumbers.xWing)
    expect(epochSuite(maxHybridDevices + 1)).toBe(kemNumbers.x25519)
  })

  test.each([
    [maxHybridDevices, 1_120],
    [500, 32],
  ])('leaves room in one event for shares of %i devices and the heads that its maker names', (devices, encBytes) => {
    const share = { device: bob.device, key: '00'.repeat(8), enc: new Uint8Array(encBytes), ciphertext: new Uint8Array(48) }
    const body: ContentBody = {
      kind: 'epoch',
      suite: epochSuite(devices),
      commitment: bytesFor('c'),
      shares: Array.from({ length: devices - 1 }, () => share),
    }
    const heads = Array.from({ length: 100 }, (_, n): Head => ({
      lane: lanes.members,
      device: deviceId(bytesFor(`${n}`)),
      seq: 99_999,
      id: eventId(bytesFor(`${n}`)),
      hlc: 1,
    }))
    const own: Head = { ...heads[0]!, lane: lanes.content, device: alice.device }
    const place = { conversation: room, device: alice.device, own, membersHeads: heads, contentHeads: heads, ends: heads }
    const payload = encodePayload(nextEvent(place, lanes.content, body, maxWallClockMs))
    expect(signatureBytes + payload.length).toBeLessThanOrEqual(maxEventBytes)
  })

  test('is committed to without being told', () => {
    expect(commitmentOf(bytesFor('a'))).toHaveLength(32)
    expect(commitmentOf(bytesFor('a'))).not.toEqual(commitmentOf(bytesFor('b')))
    expect(toHex(commitmentOf(bytesFor('a')))).not.toBe(toHex(bytesFor('a')))
  })
})
