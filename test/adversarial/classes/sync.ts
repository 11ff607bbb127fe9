// Lies about what is held: digests, wants and haves of members and of others. Nobody is harmed by them but the liar, and nobody is answered
// who has no part in it.
import { encodeCbor } from '../../../src/core/codec/cbor.ts'
import { deviceId, fromHex } from '../../../src/core/ids.ts'
import { lanes } from '../../../src/core/event/event.ts'
import { chainKey, type Vector as Held } from '../../../src/core/log/chains.ts'
import { encodeLinkMessage, type SyncMessage } from '../../../src/core/sync/messages.ts'
import { bytesFor } from '../forge.ts'
import type { Ill, Stage, Throw } from '../stage.ts'
import type { Vector, VectorClass } from '../vector.ts'

const vectorOf = async (stage: Stage): Promise<Map<Parameters<Held['get']>[0], number>> =>
  new Map([...(await stage.room()).conversation.chains].map(([key, { seq }]) => [key, seq] as const))
const say = (stage: Stage, message: SyncMessage, from: Ill = stage.dave, conversation = stage.group): Throw => ({
  by: 'link',
  from,
  frames: [encodeLinkMessage({ ...message, conversation })],
})

/** Dave has acknowledged everything, so that there is nothing left that he could truly say. */
const honestFirst = async (stage: Stage): Promise<void> => {
  const { conversation } = await stage.room()
  await stage.throwAt(say(stage, { kind: 'have', have: await vectorOf(stage), readHlc: conversation.maxHlc }))
  await stage.pass(40_000)
}
const lie = (name: string, message: (stage: Stage, held: Held) => SyncMessage | Promise<SyncMessage>): Vector => ({
  name: `a member who ${name}`,
  expected: 'without-effect',
  before: honestFirst,
  make: async (stage) => say(stage, await message(stage, await vectorOf(stage))),
})
const byOthers = (name: string, from: (stage: Stage) => Ill, message: (stage: Stage, held: Held) => SyncMessage): Vector => ({
  name,
  expected: 'unheard',
  make: async (stage) => say(stage, message(stage, await vectorOf(stage)), from(stage)),
})
const planted = (name: string, content: (stage: Stage) => readonly unknown[]): Vector => ({
  name: `a vector ${name}`,
  expected: 'malformed',
  make: (stage) => ({ by: 'link', from: stage.dave, frames: [encodeCbor(content(stage))] }),
})
const [low, high] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
const entries = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const device = new Uint8Array(32)
    new DataView(device.buffer).setUint32(0, at)
    return [0, device, 1]
  })
const nobody = deviceId(bytesFor('nobody'))
const empty: Held = new Map()
const noise = bytesFor('digest').subarray(0, 16)

export const sync: VectorClass = {
  name: 'sync',
  controls: [
    {
      name: 'a true acknowledgement',
      expected: 'without-effect',
      make: async (stage) => say(stage, { kind: 'have', have: await vectorOf(stage), readHlc: 5 }),
    },
  ],
  vectors: [
    lie('claims to hold more of Alice’s words than she said', ({ alice }, held) => ({
      kind: 'have',
      have: new Map(held).set(chainKey(lanes.content, alice.id()!), 1_000_000),
      readHlc: 0,
    })),
    lie('claims to hold as much as a number can count', ({ alice }) => ({
      kind: 'have',
      have: new Map([[chainKey(lanes.content, alice.id()!), Number.MAX_SAFE_INTEGER]]),
      readHlc: 0,
    })),
    lie('claims to hold less than before', () => ({ kind: 'have', have: empty, readHlc: 0 })),
    lie('claims to hold chains of people who do not exist', () => ({
      kind: 'have',
      have: new Map([[chainKey(lanes.content, nobody), 7]]),
      readHlc: 0,
    })),
    lie('claims to have read what was never said', (_, held) => ({ kind: 'have', have: held, readHlc: Number.MAX_SAFE_INTEGER })),
    lie('asks with a claim to have read what was never said', (_, held) => ({ kind: 'want', have: held, readHlc: 2 ** 52 })),
    lie('compares with a claim to have read what was never said', () => ({ kind: 'digest', digest: noise, readHlc: 2 ** 52 })),
    lie('holds something else, by his digest', () => ({ kind: 'digest', digest: noise, readHlc: 0 })),
    lie('says a digest of nothing', () => ({ kind: 'digest', digest: new Uint8Array(16), readHlc: 0 })),
    lie('wants everything again', () => ({ kind: 'want', have: empty, readHlc: 0 })),
    lie('wants what is beyond the end', ({ alice }) => ({
      kind: 'want',
      have: new Map([[chainKey(lanes.members, alice.id()!), 1_000_000]]),
      readHlc: 0,
    })),
    lie('wants four thousand chains of nobody', () => ({
      kind: 'want',
      have: new Map(entries(4_000).map(([, device]) => [chainKey(lanes.members, deviceId(device as Uint8Array)), 1])),
      readHlc: 0,
    })),
    lie('offers a chain that he does not have', ({ bob }, held) => ({
      kind: 'have',
      have: new Map(held).set(chainKey(lanes.content, bob.id()!), 5_000),
      readHlc: 0,
    })),
    lie('answers with nothing, and more to come', () => ({ kind: 'events', events: [], more: true })),
    lie('answers what was not asked', () => ({ kind: 'events', events: [], more: false })),
    {
      name: 'a member who says two hundred digests at once',
      expected: 'without-effect',
      before: honestFirst,
      make: (stage) => {
        const frame = encodeLinkMessage({ kind: 'digest', digest: noise, readHlc: 0, conversation: stage.group })
        return { by: 'link', from: stage.dave, frames: Array.from({ length: 200 }, () => frame) }
      },
    },
    {
      name: 'a member who answers two hundred times that there is more',
      expected: 'without-effect',
      before: honestFirst,
      make: (stage) => {
        const frame = encodeLinkMessage({ kind: 'events', events: [], more: true, conversation: stage.group })
        return { by: 'link', from: stage.dave, frames: Array.from({ length: 200 }, () => frame) }
      },
    },
    ...(['stranger', 'carol'] as const).flatMap((who) => {
      const name = who === 'carol' ? 'Carol, who was removed' : 'a stranger'
      return [
        byOthers(
          `${name}, who compares`,
          (stage) => stage[who],
          () => ({ kind: 'digest', digest: noise, readHlc: 0 }),
        ),
        byOthers(
          `${name}, who asks for everything`,
          (stage) => stage[who],
          () => ({ kind: 'want', have: empty, readHlc: 0 }),
        ),
        byOthers(
          `${name}, who acknowledges`,
          (stage) => stage[who],
          (_, held) => ({ kind: 'have', have: held, readHlc: 2 ** 40 }),
        ),
        byOthers(
          `${name}, who answers what was not asked`,
          (stage) => stage[who],
          () => ({ kind: 'events', events: [bytesFor('noise')], more: true }),
        ),
      ]
    }),
    {
      name: 'a member of the group who asks for a conversation that he is not in',
      expected: 'unheard',
      make: (stage) => say(stage, { kind: 'want', have: empty, readHlc: 0 }, stage.dave, stage.elsewhere),
    },
    {
      name: 'a member of the group who asks for a conversation that Alice is not in',
      expected: 'unheard',
      make: (stage) => say(stage, { kind: 'want', have: empty, readHlc: 0 }, stage.dave, 'ef'.repeat(16) as typeof stage.group),
    },
    planted('out of order', ({ group }) => [
      3,
      fromHex(group),
      [
        [0, high, 1],
        [0, low, 1],
      ],
      0,
    ]),
    planted('with its lanes out of order', ({ group }) => [
      3,
      fromHex(group),
      [
        [1, low, 1],
        [0, low, 1],
      ],
      0,
    ]),
    planted('with a chain twice', ({ group }) => [
      3,
      fromHex(group),
      [
        [0, low, 1],
        [0, low, 2],
      ],
      0,
    ]),
    planted('of a third lane', ({ group }) => [2, fromHex(group), [[2, low, 1]], 0]),
    planted('with a negative count', ({ group }) => [2, fromHex(group), [[0, low, -1]], 0]),
    planted('with a count beyond all safe numbers', ({ group }) => [2, fromHex(group), [[0, low, 2 ** 53]], 0]),
    planted('with half an event', ({ group }) => [2, fromHex(group), [[0, low, 0.5]], 0]),
    planted('with a device of 31 bytes', ({ group }) => [3, fromHex(group), [[0, low.subarray(1), 1]], 0]),
    planted('of 16,001 chains', ({ group }) => [3, fromHex(group), entries(16_001), 0]),
    planted('that is a map', ({ group }) => [3, fromHex(group), { a: 1 }, 0]),
    planted('that was read up to a negative time', ({ group }) => [3, fromHex(group), [], -1]),
    planted('that was read up to no time', ({ group }) => [3, fromHex(group), [], null]),
    planted('instead of which comes a digest of 15 bytes', ({ group }) => [1, fromHex(group), new Uint8Array(15), 0]),
    planted('instead of which comes a digest of 17 bytes', ({ group }) => [1, fromHex(group), new Uint8Array(17), 0]),
  ],
}
