// What a card says in its owner's signatures: whose a device is, and under which keys it is reached. Written out by hand, since every device
// that ever was certified rests on these bytes.
import { describe, expect, test } from 'vitest'
import { concatBytes, utf8ToBytes } from '../../../src/core/codec/bytes.ts'
import { encodeCbor } from '../../../src/core/codec/cbor.ts'
import { checkShape } from '../../../src/core/codec/shape.ts'
import { fromHex, toHex } from '../../../src/core/ids.ts'
import {
  announcementMessage,
  certificateMessage,
  deviceCardClaims,
  deviceCardShape,
  deviceCardToWire,
  hpkeKeyName,
  personCardShape,
  personCardToWire,
  type DeviceCard,
} from '../../../src/core/members/card.ts'
import { alice, bob, bytesFor, secondDeviceOf } from '../cast.ts'

const [card] = alice.card.devices as [DeviceCard]
const two: DeviceCard = { ...card, createdAt: 1_700_000_000_000, keys: [...card.keys, { suite: 0x647a, publicKey: bytesFor('X-Wing') }] }

describe('a device card', () => {
  test('is certified by the identity: that this device is theirs', () => {
    expect(certificateMessage(alice.identity, alice.device)).toEqual(
      concatBytes(utf8ToBytes('parley/device/1\0'), fromHex(alice.identity), fromHex(alice.device)),
    )
  })

  test('is announced by the device: whose it is, all its keys, and since when', () => {
    const keys = two.keys.map(({ suite, publicKey }) => [suite, publicKey])
    expect(announcementMessage(two)).toEqual(
      concatBytes(
        utf8ToBytes('parley/hpke-key/1\0'),
        encodeCbor([fromHex(alice.identity), fromHex(alice.device), keys, 1_700_000_000_000]),
      ),
    )
  })

  test('claims both, each under the key of who says it', () => {
    expect(deviceCardClaims(two)).toEqual([
      { publicKey: fromHex(alice.identity), message: certificateMessage(alice.identity, alice.device), signature: two.certificate },
      { publicKey: fromHex(alice.device), message: announcementMessage(two), signature: two.announcement },
    ])
  })

  test('is read as it was written', () => {
    expect(checkShape(deviceCardShape, deviceCardToWire(two), 'card')).toEqual({ ok: true, value: two })
  })

  test('names a key by eight bytes of its hash', () => {
    expect(hpkeKeyName(bytesFor('X-Wing'))).toMatch(/^[0-9a-f]{16}$/)
    expect(hpkeKeyName(Uint8Array.of(1, 2, 3))).toBe('72372cc953e123b6')
    expect(hpkeKeyName(bytesFor('X-Wing'))).not.toBe(hpkeKeyName(bytesFor('another')))
  })
})

describe('a person’s card', () => {
  const read = (devices: readonly DeviceCard[]) => checkShape(personCardShape, personCardToWire({ ...alice.card, devices }), 'card')

  test('is read as it was written, with every device', () => {
    const devices = [two, ...secondDeviceOf(alice).card.devices]
    expect(read(devices)).toEqual({ ok: true, value: { ...alice.card, devices } })
    expect(
      personCardToWire(alice.card)
        .slice(0, 2)
        .map((part) => (part instanceof Uint8Array ? toHex(part) : part)),
    ).toEqual([alice.identity, 'Alice'])
  })

  test('holds no device of somebody else, not even among one’s own', () => {
    expect(read(bob.card.devices).ok).toBe(false)
    expect(read([two, ...bob.card.devices]).ok).toBe(false)
    expect(read([...bob.card.devices, two]).ok).toBe(false)
  })
})
