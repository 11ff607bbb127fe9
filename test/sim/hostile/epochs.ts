// False epochs: sealed to nobody, to somebody who is out, with a secret that is not the promised one; and words under epochs that are long
// over, or that never were.
import { commitmentOf, shareInfo } from '../../../src/core/epoch/epoch.ts'
import type { EpochShare, EventBody } from '../../../src/core/event/event.ts'
import { deviceId, eventId, type DeviceId, type EventId } from '../../../src/core/ids.ts'
import { hpkeSuites } from '../../../src/ports/cipher.ts'
import { rowsOf } from '../world/logs.ts'
import { marker } from '../world/oracle.ts'
import type { Liar, Place } from './liar.ts'
import type { CreateVice } from './vice.ts'

const shareFor = (liar: Liar, device: DeviceId): EpochShare => ({
  device,
  key: Buffer.from(liar.dice.bytes(8)).toString('hex'),
  enc: liar.dice.bytes(32),
  ciphertext: liar.dice.bytes(48),
})

const members = ({ record }: Place): readonly DeviceId[] => record.people.flatMap((person) => person.devices)

/** An epoch for exactly the right devices, which nobody can open. */
const shut = (liar: Liar, place: Place): EventBody => ({
  kind: 'epoch',
  suite: hpkeSuites.x25519,
  commitment: commitmentOf(liar.dice.bytes(32)),
  shares: members(place)
    .filter((device) => device !== liar.profile()!.device)
    .map((device) => shareFor(liar, device)),
})

/** An epoch for one who is no member, beside the others. */
const forAStranger = (liar: Liar, place: Place): EventBody => {
  const body = shut(liar, place)
  return body.kind === 'epoch' ? { ...body, shares: [...body.shares, shareFor(liar, deviceId(liar.dice.bytes(32)))] } : body
}

/** Truly sealed to everybody whose key is known, but it is another secret than the one that is promised to all. */
const anotherSecret = async (liar: Liar, place: Place): Promise<EventBody> => {
  const hpke = liar.ciphers.hpke({ bytes: (length) => liar.dice.bytes(length) })
  const { publicKey } = await hpke.generate(hpkeSuites.x25519)
  const body = shut(liar, place)
  if (body.kind !== 'epoch') return body
  const shares: EpochShare[] = []
  for (const share of body.shares) {
    const info = shareInfo(place.id, liar.profile()!.device, share.device)
    shares.push({ ...share, ...(await hpke.seal(hpkeSuites.x25519, publicKey, info, body.commitment, liar.dice.bytes(32))) })
  }
  return { ...body, shares }
}

export const createFalseEpochs: CreateVice = (liar) => {
  let count = 0
  const text = (): EventBody => ({ kind: 'text', text: `${marker} under another epoch ${++count} by ${liar.device.name}`, replyTo: null })
  return {
    attack: async () => {
      const place = liar.somewhere()
      if (place === undefined) return
      const own = rowsOf(liar.device.disk, 'epochs', [place.id]).map(({ key }) => key[1] as EventId)
      const attacks = {
        shut: () => liar.author(place, shut(liar, place)),
        forAStranger: () => liar.author(place, forAStranger(liar, place)),
        anotherSecret: async () => liar.author(place, await anotherSecret(liar, place)),
        rolledBack: () => liar.author(place, text(), { epoch: own[0] ?? null, index: liar.dice.between(0, 3) }),
        fromTheFuture: () => liar.author(place, text(), { epoch: eventId(liar.dice.bytes(32)), index: 2 ** 32 - 1 }),
        farAhead: () => liar.author(place, text(), { epoch: own.at(-1) ?? null, index: liar.dice.between(1_000, 2 ** 31) }),
      }
      const event = await attacks[liar.dice.pick(Object.keys(attacks) as (keyof typeof attacks)[])!]()
      if (event !== undefined) liar.proclaim(place, [event])
    },
  }
}
