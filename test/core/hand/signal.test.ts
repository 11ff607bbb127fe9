// What goes from hand to hand: whole or nothing, and small enough for a QR code.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeHandSignal, encodeHandSignal, maxHandCandidates, type HandSignal } from '../../../src/core/hand/signal.ts'
import * as any from '../arbitraries.ts'

const iceWord = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'abcXYZ019+/'), minLength, maxLength })
const address = fc.oneof(
  fc.ipV4(),
  fc.constantFrom('2001:db8::7', '::1', 'fe80::1:2'),
  fc.uuid().map((id) => `${id}.local`),
)
const signal: fc.Arbitrary<HandSignal> = fc.record({
  kind: fc.constantFrom('offer', 'answer'),
  number: fc.nat({ max: 0xffff_ffff }),
  device: any.device,
  fragment: iceWord(4, 8),
  password: iceWord(22, 32),
  fingerprint: any.bytes(32),
  candidates: fc.array(fc.record({ type: fc.constantFrom('host', 'srflx'), address, port: fc.nat({ max: 65_535 }) }), {
    maxLength: maxHandCandidates,
  }),
})

test('comes back as it was, out of whatever stands around it', () =>
  fc.assert(
    fc.property(signal, (given) => {
      const text = encodeHandSignal(given)
      expect(decodeHandSignal(`my code: ${text}\n`)).toEqual(given)
      expect(text.length).toBeLessThanOrEqual(440)
    }),
  ))

test('what was cut, damaged or made up never throws, and brings nothing strange into a description', () =>
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.tuple(signal, fc.nat()).map(([given, at]) => encodeHandSignal(given).slice(0, at % 300)),
      ),
      (text) => {
        const read = decodeHandSignal(text)
        if (read !== undefined)
          expect(`${read.fragment}${read.password}${read.candidates.map((one) => one.address).join('')}`).toMatch(/^[\w+/.:-]*$/)
      },
    ),
  ))

test('candidates beyond the eighth and unknown kinds of address are left out', () => {
  const [given] = fc.sample(signal, 1)
  if (given === undefined) throw new Error('one was asked for')
  const one = { type: 'host', address: '192.0.2.7', port: 9 } as const
  const read = decodeHandSignal(
    encodeHandSignal({ ...given, candidates: [{ ...one, address: 'nonsense' }, ...Array.from({ length: 12 }, () => one)] }),
  )
  expect(read?.candidates).toEqual(Array.from({ length: maxHandCandidates }, () => one))
})
