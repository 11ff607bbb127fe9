// Events that Dave's device did not sign, or not as an event: wrong keys, wrong sizes, wrong domains, moved and bent signatures.
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { concatBytes, domain, hash } from '../../../src/core/codec/bytes.ts'
import { encodePayload, signedMessage } from '../../../src/core/event/codec.ts'
import { deviceId, fromHex } from '../../../src/core/ids.ts'
import { certificateMessage } from '../../../src/core/members/card.ts'
import { bytesFor, events, fieldsOf, newestEpoch, nextSealOf, sealedAs, sealedFrame, signFields, text } from '../forge.ts'
import type { Stage } from '../stage.ts'
import type { Vector, VectorClass } from '../vector.ts'

/** A text of Dave's that is good but for its signature. */
const signedBy = (
  name: string,
  signature: (payload: Uint8Array, stage: Stage) => Uint8Array,
  expected: Vector['expected'] = 'bad-signature',
): Vector => ({
  name: `an event whose signature ${name}`,
  expected,
  make: async (stage) => {
    const payload = encodePayload(await fieldsOf(stage, text('hello')))
    return events(stage, [concatBytes(signature(payload, stage), payload)])
  },
})

const good = (payload: Uint8Array, stage: Stage): Uint8Array => ed25519.sign(signedMessage(payload), stage.dave.deviceSeed)
const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.with(at, bytes[at]! ^ 1)
const underDomain = (name: string) => (payload: Uint8Array, stage: Stage) =>
  ed25519.sign(concatBytes(domain(name), payload), stage.dave.deviceSeed)

/** The order of the group, little-endian: adding it to S gives another number that lax checks take for the same. */
const orderOfGroup = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010')
const bent = (signature: Uint8Array): Uint8Array => {
  const other = Uint8Array.from(signature)
  let carry = 0
  for (let at = 0; at < 32; at++) {
    const sum = signature[32 + at]! + orderOfGroup[at]! + carry
    other[32 + at] = sum & 0xff
    carry = sum >> 8
  }
  return other
}

/** An event that names another device as its author, signed by Dave. */
const inTheNameOf = (name: string, deviceOf: (stage: Stage) => string): Vector => ({
  name: `an event in the name of ${name} that Dave signed`,
  expected: 'bad-signature',
  make: async (stage) => {
    const fields = await fieldsOf(stage, text('hello'))
    return events(stage, [signFields({ ...fields, device: deviceOf(stage) as typeof fields.device }, stage.dave)])
  },
})

const badSeal = (by: 'link' | 'gossip'): Vector => ({
  name: `an event that is well sealed and badly signed, by ${by}`,
  expected: 'bad-signature',
  make: async (stage) => {
    const { place, key } = nextSealOf(stage, await newestEpoch(stage), stage.dave.device)
    const payload = encodePayload(await fieldsOf(stage, text('hello'), { place }))
    const sealed = sealedAs({ ...place, sender: stage.dave.device }, key, concatBytes(flipped(good(payload, stage), 5), payload))
    if (by === 'gossip') return { by, from: stage.dave, topic: await stage.topic(), bytes: sealed }
    return { by, from: stage.dave, frames: [sealedFrame(stage.group, sealed)] }
  },
})

export const signatures: VectorClass = {
  name: 'signatures',
  controls: [
    {
      name: 'an event that Dave signed',
      expected: 'taken',
      make: async (stage) => events(stage, [signFields(await fieldsOf(stage, text('well signed')), stage.dave)]),
    },
  ],
  vectors: [
    signedBy('is all zeros', () => new Uint8Array(64)),
    signedBy('is all ones', () => new Uint8Array(64).fill(0xff)),
    signedBy('has one bit of its point flipped', (payload, stage) => flipped(good(payload, stage), 0)),
    signedBy('has one bit of its number flipped', (payload, stage) => flipped(good(payload, stage), 40)),
    signedBy('has its halves exchanged', (payload, stage) =>
      concatBytes(good(payload, stage).subarray(32), good(payload, stage).subarray(0, 32)),
    ),
    signedBy('has the order of the group added to its number', (payload, stage) => bent(good(payload, stage))),
    signedBy('was made by Carol', (payload, stage) => ed25519.sign(signedMessage(payload), stage.carol.deviceSeed)),
    signedBy('was made by a stranger', (payload, stage) => ed25519.sign(signedMessage(payload), stage.stranger.deviceSeed)),
    signedBy('was made by the identity instead of the device', (payload, stage) =>
      ed25519.sign(signedMessage(payload), stage.dave.identitySeed),
    ),
    signedBy('is of another curve', (payload, stage) => p256.sign(signedMessage(payload), stage.dave.deviceSeed)),
    signedBy('covers the payload without a domain', (payload, stage) => ed25519.sign(payload, stage.dave.deviceSeed)),
    signedBy('covers nothing', (_, stage) => ed25519.sign(new Uint8Array(0), stage.dave.deviceSeed)),
    signedBy('covers the id instead of the payload', (payload, stage) => ed25519.sign(hash('event-id/1', payload), stage.dave.deviceSeed)),
    signedBy('is of the next version of events', underDomain('event/2')),
    signedBy('is of the domain of device certificates', underDomain('device/1')),
    signedBy('is of the domain of HPKE keys', underDomain('hpke-key/1')),
    signedBy('is of the domain of joining', underDomain('join/1')),
    signedBy('is of the domain of envelopes', underDomain('courier-content/1')),
    signedBy('is a certificate', (_, { dave }) => ed25519.sign(certificateMessage(dave.identity, dave.device), dave.deviceSeed)),
    signedBy('belongs to another event of Dave’s', (_, stage) => good(bytesFor('another payload'), stage)),
    signedBy('is a byte too short', (payload, stage) => good(payload, stage).subarray(0, 63), 'malformed'),
    signedBy('is a byte too long', (payload, stage) => concatBytes(good(payload, stage), new Uint8Array(1)), 'malformed'),
    signedBy('is missing', () => new Uint8Array(0), 'malformed'),
    {
      name: 'an event that was changed after it was signed',
      expected: 'bad-signature',
      make: async (stage) => {
        const fields = await fieldsOf(stage, text('hello'))
        const signature = good(encodePayload(fields), stage)
        return events(stage, [concatBytes(signature, encodePayload({ ...fields, body: text('hullo') }))])
      },
    },
    inTheNameOf('Alice', ({ alice }) => alice.id()!),
    inTheNameOf('Bob', ({ bob }) => bob.id()!),
    inTheNameOf('a device whose key is no point of the curve', () => 'ff'.repeat(32)),
    inTheNameOf('a device whose key is a point of small order', () => deviceId(fromHex(`01${'00'.repeat(31)}`))),
    {
      name: 'an event of a device with a key of small order, whose signature any check without care takes',
      expected: 'bad-signature',
      make: async (stage) => {
        const fields = await fieldsOf(stage, text('hello'))
        const device = deviceId(fromHex(`01${'00'.repeat(31)}`))
        const payload = encodePayload({ ...fields, device, seq: 1, prev: null })
        return events(stage, [concatBytes(fromHex(`01${'00'.repeat(31)}`), new Uint8Array(32), payload)])
      },
    },
    badSeal('link'),
    badSeal('gossip'),
  ],
}
