// The epoch benchmark as it runs inside a dedicated worker, as the engine does: the services' own journeys, for a conversation of so many
// devices, with either suite.
import { createHpke } from '../../src/adapters/cipher-hpke/hpke.ts'
import { createSigner } from '../../src/adapters/cipher-hpke/signer.ts'
import { createSystemRandom } from '../../src/adapters/system/random.ts'
import { authorEvent, nextEvent } from '../../src/core/event/author.ts'
import { decodeEvent } from '../../src/core/event/codec.ts'
import { lanes, type VerifiedEvent } from '../../src/core/event/event.ts'
import { conversationId, deviceId, identityId } from '../../src/core/ids.ts'
import { maxEventBytes } from '../../src/core/limits.ts'
import { hpkeKeyName, type DeviceCard } from '../../src/core/members/card.ts'
import type { Member, Members } from '../../src/core/members/members.ts'
import { hpkeSuites, type HpkeSuite } from '../../src/ports/cipher.ts'
import { createDraft } from '../../src/services/draft.ts'
import { newEpochBody, openEpoch, startEpoch } from '../../src/services/epochs.ts'
import { emptyRoom, newRecord, type Room } from '../../src/services/room.ts'
import type { Store } from '../../src/ports/store.ts'

export interface EpochFigure {
  readonly suite: keyof typeof hpkeSuites
  readonly devices: number
  /** Of the whole signed event. */
  readonly bytes: number
  readonly fitsAnEvent: boolean
  /** Secret drawn, sealed to every other device, signed, and every sender's chain begun; milliseconds. */
  readonly made: number
  /** The signed event read, the own share opened, and every sender's chain begun; milliseconds. */
  readonly opened: number
  /** The two X25519 operations of each share by the platform alone, which no suite can do without; milliseconds. */
  readonly bare: number
}

const random = createSystemRandom()
const signer = createSigner()
const hpke = createHpke()
const id = conversationId(new Uint8Array(16))
const seed = new Uint8Array(32).fill(1)
const now = 1_795_000_000_000

/** Best of so many: what is measured is the work and not the neighbours. */
const times = 3

const measure = async (suite: keyof typeof hpkeSuites, devices: number): Promise<EpochFigure> => {
  const me = { identity: identityId(random.bytes(32)), device: deviceId(await signer.publicKey(seed)) }
  const pair = await hpke.generate(hpkeSuites[suite])
  const room = roomOf(me.device, devices, pair.suite, pair.publicKey)
  const reader = [...room.conversation.members!.people.values()].at(-1)!
  const [made, opened, bare]: number[][] = [[], [], []]
  let epoch: VerifiedEvent | undefined
  for (let time = 0; time < times; time += 1) {
    made!.push(
      await timeOf(async () => {
        const { body, secret } = await newEpochBody({ hpke, random, me }, room, hpkeSuites[suite])
        const point = { conversation: id, device: me.device, own: undefined, membersHeads: [], contentHeads: [], ends: [] }
        const event = await authorEvent(nextEvent(point, lanes.content, body, now), (message) => signer.sign(seed, message))
        startEpoch(draft(), room, event, secret)
        epoch = event
      }),
    )
    opened!.push(
      await timeOf(async () => {
        if (epoch === undefined) throw new Error('no epoch was made')
        // One that does not fit is nothing that anybody would read.
        const read = decodeEvent(epoch.bytes)
        const event = read.ok ? (read.value as VerifiedEvent) : epoch
        const given = draft()
        given.put('hpkeKeys', [hpkeKeyName(pair.publicKey)], {
          conversation: id,
          suite: pair.suite,
          privateKey: pair.privateKey,
          createdAt: 0,
        })
        const {
          identity,
          devices: [card],
        } = reader
        const deps = { hpke, clock: { now: () => now, after: () => () => undefined }, me: { identity, device: card!.device } }
        const after = await openEpoch(deps, given, room, event)
        if (after.epochs.length !== 1) throw new Error('the epoch did not open')
      }),
    )
    bare!.push(await timeOf(() => bareX25519(devices - 1)))
  }
  const bytes = epoch?.bytes.length ?? 0
  return {
    suite,
    devices,
    bytes,
    fitsAnEvent: bytes <= maxEventBytes,
    made: Math.min(...made!),
    opened: Math.min(...opened!),
    bare: Math.min(...bare!),
  }
}

const timeOf = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** Nothing is read but what was put. */
const draft = () => createDraft({ read: () => Promise.resolve(undefined) } as unknown as Store)

/** One device a person, all with the same key: sealing to it takes as long each time. */
const roomOf = (own: Member['devices'][number]['device'], devices: number, suite: HpkeSuite, publicKey: Uint8Array): Room => {
  const people = Array.from({ length: devices }, (_, index): Member => {
    const identity = identityId(random.bytes(32))
    const card: DeviceCard = {
      identity,
      device: index === 0 ? own : deviceId(random.bytes(32)),
      keys: [{ suite, publicKey }],
      createdAt: 0,
      certificate: new Uint8Array(64),
      announcement: new Uint8Array(64),
    }
    return { identity, name: '', role: 'member', devices: [card], since: { id: '' as never, hlc: 0 }, floor: [] }
  })
  const room = emptyRoom(id, newRecord('group', 'member', '', 0))
  const members = { people: new Map(people.map((member) => [member.identity, member])) } as unknown as Members
  return { ...room, conversation: { ...room.conversation, members } }
}

const bareX25519 = async (count: number): Promise<void> => {
  const theirs = await crypto.subtle.generateKey('X25519', false, ['deriveBits'])
  for (let n = 0; n < count; n += 1) {
    const ours = await crypto.subtle.generateKey('X25519', false, ['deriveBits'])
    await crypto.subtle.deriveBits({ name: 'X25519', public: theirs.publicKey }, ours.privateKey, 256)
  }
}

addEventListener('message', ({ data }: MessageEvent<{ readonly suite: keyof typeof hpkeSuites; readonly devices: number }>) => {
  void measure(data.suite, data.devices).then((figure) => postMessage(figure))
})
