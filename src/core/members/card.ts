// Who somebody is, in their own signatures (PROTOCOL section 1): a device card is a device key certified by the identity key, with the
// HPKE keys that the device announces; a person card is an identity, a chosen name and the device cards.
import * as v from 'valibot'
import { concatBytes, domain, hash } from '../codec/bytes.ts'
import { encodeCbor } from '../codec/cbor.ts'
import { bytesOf, bytesUpTo, countShape, deviceShape, identityShape, nameShape, wallShape } from '../codec/shape.ts'
import { fromHex, toHex, type DeviceId, type IdentityId } from '../ids.ts'
import { maxDevicesPerPerson } from '../limits.ts'

export interface HpkePublicKey {
  readonly suite: number
  readonly publicKey: Uint8Array
}

export interface DeviceCard {
  readonly identity: IdentityId
  readonly device: DeviceId
  /** HPKE public keys by suite (KEM number): what epochs are sealed to. */
  readonly keys: readonly HpkePublicKey[]
  /** Milliseconds since 1970; of two cards of a device the newer one counts. */
  readonly createdAt: number
  /** The identity's signature over the device key: 64 bytes. */
  readonly certificate: Uint8Array
  /** The device's signature over the HPKE keys: 64 bytes. */
  readonly announcement: Uint8Array
}

export interface PersonCard {
  readonly identity: IdentityId
  readonly name: string
  readonly devices: readonly DeviceCard[]
}

/** A signature that has to be checked: whose, over what. */
export interface SignatureClaim {
  readonly publicKey: Uint8Array
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

/** What an identity key signs to certify a device. */
export const certificateMessage = (identity: IdentityId, device: DeviceId): Uint8Array =>
  concatBytes(domain('device/1'), fromHex(identity), fromHex(device))

/** What a device key signs to announce its HPKE key. */
export const announcementMessage = (card: Omit<DeviceCard, 'certificate' | 'announcement'>): Uint8Array =>
  concatBytes(domain('hpke-key/1'), encodeCbor([fromHex(card.identity), fromHex(card.device), keysToWire(card.keys), card.createdAt]))

/** The two claims of a device card. */
export const deviceCardClaims = (card: DeviceCard): readonly SignatureClaim[] => [
  { publicKey: fromHex(card.identity), message: certificateMessage(card.identity, card.device), signature: card.certificate },
  { publicKey: fromHex(card.device), message: announcementMessage(card), signature: card.announcement },
]

/** Names an HPKE key: 8 bytes of its hash, in hex. */
export const hpkeKeyName = (publicKey: Uint8Array): string => toHex(hash('hpke-key-name/1', publicKey).subarray(0, 8))

/** One key a suite, at most one suite more than are in use today. */
const keysShape = v.pipe(
  v.array(
    v.pipe(
      v.strictTuple([countShape, bytesUpTo(2_048)]),
      v.transform(([suite, publicKey]): HpkePublicKey => ({ suite, publicKey })),
    ),
  ),
  v.minLength(1),
  v.maxLength(3),
)

export const deviceCardShape = v.pipe(
  v.strictTuple([identityShape, deviceShape, keysShape, wallShape, bytesOf(64), bytesOf(64)]),
  v.transform(([identity, device, keys, createdAt, certificate, announcement]): DeviceCard => ({
    identity,
    device,
    keys,
    createdAt,
    certificate,
    announcement,
  })),
)

/** A person's devices are all certified by that person, and at least one and at most 8. */
export const personCardShape = v.pipe(
  v.strictTuple([identityShape, nameShape, v.pipe(v.array(deviceCardShape), v.minLength(1), v.maxLength(maxDevicesPerPerson))]),
  v.check(([identity, , devices]) => devices.every((card) => card.identity === identity)),
  v.transform(([identity, name, devices]): PersonCard => ({ identity, name, devices })),
)

const keysToWire = (keys: readonly HpkePublicKey[]): readonly unknown[] => keys.map(({ suite, publicKey }) => [suite, publicKey])

export const deviceCardToWire = (card: DeviceCard): readonly unknown[] => [
  fromHex(card.identity),
  fromHex(card.device),
  keysToWire(card.keys),
  card.createdAt,
  card.certificate,
  card.announcement,
]

export const personCardToWire = (card: PersonCard): readonly unknown[] => [
  fromHex(card.identity),
  card.name,
  card.devices.map(deviceCardToWire),
]
