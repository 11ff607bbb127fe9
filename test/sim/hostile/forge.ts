// Forging: words in somebody else's name, signatures by the wrong key or over other bytes, cards that nobody certified, and rights that one
// does not have.
import { concatBytes } from '../../../src/core/codec/bytes.ts'
import { signatureBytes } from '../../../src/core/event/codec.ts'
import type { EventBody } from '../../../src/core/event/event.ts'
import type { DeviceId } from '../../../src/core/ids.ts'
import { chainKey } from '../../../src/core/log/chains.ts'
import { lanes } from '../../../src/core/event/event.ts'
import { hpkeSuites } from '../../../src/ports/cipher.ts'
import { marker } from '../world/oracle.ts'
import type { Liar, Place } from './liar.ts'
import type { CreateVice } from './vice.ts'

type Forgery = (liar: Liar, place: Place, victim: DeviceId) => Promise<Uint8Array | undefined>

const text = (liar: Liar): EventBody => ({ kind: 'text', text: `${marker} forged by ${liar.device.name}`, replyTo: null })

const forgeries: Readonly<Record<string, Forgery>> = {
  /** The next event of the victim's chain, signed by the liar. */
  inTheirName: (liar, place, victim) => {
    const end = liar.chains(place).get(chainKey(lanes.content, victim))
    return liar.author(place, text(liar), { device: victim, seq: (end?.seq ?? 0) + 1, prev: end?.id ?? null, hlc: (end?.hlc ?? 0) + 2_048 })
  },
  /** Signed by the key that may only certify. */
  byTheIdentityKey: async (liar, place) => {
    const event = await liar.author(place, text(liar))
    if (event === undefined) return undefined
    const payload = event.subarray(signatureBytes)
    return concatBytes(await liar.ciphers.signer.sign(liar.profile()!.identitySeed, payload), payload)
  },
  /** A true signature, but over the bytes without their domain. */
  withoutDomain: async (liar, place) => {
    const payload = (await liar.author(place, text(liar)))?.subarray(signatureBytes)
    return payload && concatBytes(await liar.sign(payload), payload)
  },
  spoiled: async (liar, place) => {
    const event = await liar.author(place, text(liar))
    if (event !== undefined) event[liar.dice.between(0, event.length - 1)]! ^= 1 << liar.dice.between(0, 7)
    return event
  },
  /** The victim's device as one of the liar's own: nobody can announce keys for a device without its key. */
  stolenDevice: async (liar, place, victim) => {
    const { identity } = liar.profile()!
    const keys = [{ suite: hpkeSuites.x25519, publicKey: liar.dice.bytes(32) }]
    const card = {
      identity,
      device: victim,
      keys,
      createdAt: Math.max(0, liar.now()),
      certificate: liar.dice.bytes(64),
      announcement: liar.dice.bytes(64),
    }
    return liar.author(place, { kind: 'device', device: card })
  },
  makesOneselfOwner: async (liar, place) =>
    place.record.people.some((person) => person.identity === liar.profile()!.identity && person.role === 'owner')
      ? undefined
      : liar.author(place, { kind: 'role', identity: liar.profile()!.identity, role: 'owner' }),
  removesWithoutRight: async (liar, place, victim) => {
    const identity = place.record.people.find((person) => person.devices.includes(victim))?.identity
    const mayRemove = place.record.people.some((person) => person.identity === liar.profile()!.identity && person.role !== 'member')
    return identity === undefined || mayRemove ? undefined : liar.author(place, { kind: 'remove', identity, last: [] })
  },
  changesPolicy: async (liar, place) =>
    place.record.people.some((person) => person.identity === liar.profile()!.identity && person.role === 'owner')
      ? undefined
      : liar.author(place, { kind: 'policy', policy: { ...place.record.policy, post: 'owner' } }),
}

export const createForging: CreateVice = (liar) => ({
  attack: async () => {
    const place = liar.somewhere()
    if (place === undefined) return
    const audience = liar.audience(place)
    const victim = liar.dice.pick(audience)
    const forge = forgeries[liar.dice.pick(Object.keys(forgeries))!]!
    if (victim === undefined) return
    const event = await forge(liar, place, victim)
    if (event !== undefined) liar.tell(place, audience, [event])
  },
})
