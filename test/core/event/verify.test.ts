import { describe, expect, test } from 'vitest'
import { decodeEvent, signatureBytes } from '../../../src/core/event/codec.ts'
import type { SignedEvent } from '../../../src/core/event/event.ts'
import { verifyEvent } from '../../../src/core/event/verify.ts'
import { fromHex } from '../../../src/core/ids.ts'
import { add, alice, bob, createBody, deviceCardFor, tell, text } from '../cast.ts'

/** A check that remembers what it was asked and says no to the n-th. */
const checks = (no = -1) => {
  const asked: Uint8Array[] = []
  return { asked, check: async (publicKey: Uint8Array) => asked.push(publicKey) - 1 !== no }
}

const read = (event: SignedEvent): SignedEvent => {
  const decoded = decodeEvent(event.bytes)
  if (!decoded.ok) throw new Error('malformed')
  return decoded.value
}

describe('an event is verified', () => {
  test('only when its own signature is good, and every one of the cards inside it', async () => {
    const { events } = await tell([
      [alice, createBody()],
      [alice, add(bob)],
      [bob, { kind: 'device', device: deviceCardFor(bob.identity, bob.device, 'new', 9) }],
      [bob, text('hello')],
    ])
    for (const [event, claims] of events.map((each, index) => [read(each), [3, 3, 3, 1][index]!] as const)) {
      const all = checks()
      expect(await verifyEvent(event, all.check)).toEqual({ ok: true, value: event })
      expect(all.asked).toHaveLength(claims)
      expect(all.asked[0]).toEqual(fromHex(event.device))
      for (let no = 0; no < claims; no++) {
        const one = checks(no)
        expect(await verifyEvent(event, one.check)).toMatchObject({ ok: false, error: { kind: 'bad-signature' } })
        // The first bad one ends it.
        expect(one.asked).toHaveLength(no + 1)
      }
    }
  })

  test('over the bytes that came, with the key of the device that it names', async () => {
    const { events } = await tell([
      [alice, createBody()],
      [alice, text('hello')],
    ])
    const event = read(events[1]!)
    await verifyEvent(event, async (publicKey, message, signature) => {
      expect(publicKey).toEqual(fromHex(alice.device))
      expect([...message.subarray(-(event.bytes.length - signatureBytes))]).toEqual([...event.bytes.subarray(signatureBytes)])
      expect([...signature]).toEqual([...event.bytes.subarray(0, signatureBytes)])
      return true
    })
    expect.assertions(3)
  })
})
