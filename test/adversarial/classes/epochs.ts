// Epochs that are none, and messages under epochs that were never made, are over, are another conversation's, or whose keys are used up. And
// epochs that are badly sealed or leave somebody out: everybody keeps them, and nobody sends on them.
import { createHpke } from '../../../src/adapters/cipher-hpke/hpke.ts'
import { commitmentOf, shareInfo } from '../../../src/core/epoch/epoch.ts'
import { startChain, keyAt } from '../../../src/core/epoch/sender-chain.ts'
import { kemNumbers } from '../../../src/core/epoch/suite.ts'
import { lanes, type EpochShare, type EventBody } from '../../../src/core/event/event.ts'
import { eventId, type DeviceId, type EventId } from '../../../src/core/ids.ts'
import { maxSkippedKeys } from '../../../src/core/limits.ts'
import { hpkeKeyName } from '../../../src/core/members/card.ts'
import { memberDevices } from '../../../src/core/members/members.ts'
import { commandsOf, valueOf } from '../../services/people.ts'
import { chainEnd, decodedOnce, eventBytes } from '../../sim/world/logs.ts'
import { at, bytesFor, events, fieldsOf, newestEpoch, nextSealOf, replanted, sealedAs, sealedFrame, signFields, text } from '../forge.ts'
import type { Ill, Stage, Throw } from '../stage.ts'
import type { Vector, VectorClass, Verdict } from '../vector.ts'

const secret = bytesFor('epoch secret')
const hpke = createHpke({ bytes: (length) => new Uint8Array(length).fill(7) })

/** Shares of a secret for everybody in the group but Dave, as they should be. */
const sharesFor = async (stage: Stage, of = secret): Promise<readonly EpochShare[]> => {
  const cards = memberDevices((await stage.room()).conversation.members!).filter((card) => card.device !== stage.dave.device)
  return Promise.all(
    cards.map(async ({ device, keys }) => {
      const { publicKey } = keys.find(({ suite }) => suite === kemNumbers.xWing)!
      const sealed = await hpke.seal(kemNumbers.xWing, publicKey, shareInfo(stage.group, stage.dave.device, device), commitmentOf(of), of)
      return { device, key: hpkeKeyName(publicKey), ...sealed }
    }),
  )
}
const honest = async (stage: Stage, of = secret): Promise<Extract<EventBody, { kind: 'epoch' }>> => ({
  kind: 'epoch',
  suite: kemNumbers.xWing,
  commitment: commitmentOf(of),
  shares: await sharesFor(stage, of),
})

/** An epoch that is kept and that nobody can or will use. */
const useless = (
  name: string,
  body: (stage: Stage, good: Extract<EventBody, { kind: 'epoch' }>) => Partial<Extract<EventBody, { kind: 'epoch' }>>,
): Vector => ({
  name: `an epoch ${name}`,
  expected: 'taken',
  changes: 'log',
  make: async (stage) => {
    const good = await honest(stage)
    return events(stage, [signFields(await fieldsOf(stage, { ...good, ...body(stage, good) }), stage.dave)])
  },
  after: sendsToMembersAlone,
})

/** What Alice says next is sealed under an epoch for exactly the members. */
const sendsToMembersAlone = async (stage: Stage): Promise<void> => {
  await valueOf(stage.world, commandsOf(stage.alice).sendMessage(stage.group, 'only for members'))
  await stage.pass(20_000)
  const alice = stage.alice.id()!
  const end = chainEnd(stage.alice.disk, stage.group, lanes.content, alice)
  const said = decodedOnce(eventBytes(stage.alice.disk, stage.group, lanes.content, alice, end)!)
  const { conversation, epochs } = await stage.room()
  const epoch = epochs.find(({ id }) => id === said?.epoch)
  const devices = memberDevices(conversation.members!).map(({ device }) => device)
  if (epoch?.devices.join() !== devices.toSorted().join()) throw new Error('Alice does not write to exactly the members')
}

const planted = (name: string, content: (good: readonly unknown[]) => unknown): Vector => ({
  name: `an epoch ${name}`,
  expected: 'malformed',
  make: async (stage) => {
    const shares = (await sharesFor(stage)).slice(0, 1)
    const body: EventBody = { kind: 'epoch', suite: kemNumbers.xWing, commitment: commitmentOf(secret), shares }
    return events(stage, [await replanted(stage, body, (tree) => tree.with(at.content, content(tree[at.content] as unknown[])))])
  },
})
const withShare = (good: readonly unknown[], place: number, value: unknown): unknown[] => {
  const [share] = good[2] as unknown[][]
  return good.with(2, [share!.with(place, value)])
}

/** A word sealed as somebody likes, under a key of their own making where Alice would have none. */
const sealed = (
  name: string,
  expected: Verdict,
  seal: (stage: Stage) => Promise<{
    readonly epoch: EventId
    readonly sender?: DeviceId
    readonly index: number
    readonly key: Uint8Array
    readonly plaintext?: Uint8Array
  }>,
  from: (stage: Stage) => Ill = ({ dave }) => dave,
): Vector => ({
  name: `a sealed word ${name}`,
  expected,
  make: async (stage): Promise<Throw> => {
    const { epoch, sender = stage.dave.device, index, key, plaintext } = await seal(stage)
    const inside = plaintext ?? signFields(await fieldsOf(stage, text('sealed'), { place: { epoch, index } }), stage.dave)
    return { by: 'link', from: from(stage), frames: [sealedFrame(stage.group, sealedAs({ epoch, sender, index }, key, inside))] }
  },
})
const next = async (stage: Stage) => {
  const { place, key } = nextSealOf(stage, await newestEpoch(stage), stage.dave.device)
  return { ...place, key }
}
const bent = (name: string, expected: Verdict, change: (sealed: Uint8Array) => Uint8Array): Vector => ({
  name: `a sealed word ${name}`,
  expected,
  make: async (stage) => {
    const { key, ...place } = await next(stage)
    const good = sealedAs(
      { ...place, sender: stage.dave.device },
      key,
      signFields(await fieldsOf(stage, text('sealed'), { place }), stage.dave),
    )
    return { by: 'link', from: stage.dave, frames: [sealedFrame(stage.group, change(good))] }
  },
})
const flipped = (at: number) => (bytes: Uint8Array) => bytes.with(at, bytes[at]! ^ 1)
const unknownEpoch = eventId(bytesFor('no epoch'))

export const epochs: VectorClass = {
  name: 'epochs',
  controls: [
    {
      name: 'a word under the present epoch',
      expected: 'taken',
      make: async (stage) => {
        const { key, ...place } = await next(stage)
        const bytes = signFields(await fieldsOf(stage, text('sealed well'), { place }), stage.dave)
        return {
          by: 'link',
          from: stage.dave,
          frames: [sealedFrame(stage.group, sealedAs({ ...place, sender: stage.dave.device }, key, bytes))],
        }
      },
    },
    {
      name: 'an epoch for everybody',
      expected: 'taken',
      make: async (stage) => events(stage, [signFields(await fieldsOf(stage, await honest(stage)), stage.dave)]),
      after: sendsToMembersAlone,
    },
  ],
  vectors: [
    planted('of a negative suite', (good) => good.with(0, -1)),
    planted('of a suite that is a text', (good) => good.with(0, 'x-wing')),
    planted('with a commitment of 31 bytes', (good) => good.with(1, new Uint8Array(31))),
    planted('without a commitment', (good) => good.with(1, null)),
    planted('without shares', (good) => good.slice(0, 2)),
    planted('with a share for no device', (good) => withShare(good, 0, null)),
    planted('with a share for a device of 33 bytes', (good) => withShare(good, 0, new Uint8Array(33))),
    planted('with the name of a key in 7 bytes', (good) => withShare(good, 1, new Uint8Array(7))),
    planted('with an encapsulated key that is too long', (good) => withShare(good, 2, new Uint8Array(1_121))),
    planted('with a ciphertext that is too long', (good) => withShare(good, 3, new Uint8Array(65))),
    planted('with something behind its shares', (good) => [...good, 1]),
    sealed('under an epoch that nobody made', 'no-key', async () => ({
      epoch: unknownEpoch,
      index: 0,
      key: keyAt(startChain(secret, unknownEpoch, unknownEpoch as never), 0)!,
    })),
    sealed('under the epoch of all zeros', 'no-key', async () => ({ epoch: eventId(new Uint8Array(32)), index: 0, key: secret })),
    sealed('under an event that is no epoch', 'no-key', async (stage) => ({
      epoch: (await stage.room()).conversation.contentHeads[0]!.id,
      index: 0,
      key: secret,
    })),
    sealed('under an epoch of another conversation', 'no-key', async (stage) => ({
      epoch: (await stage.room(stage.direct)).epochs[0]!.id,
      index: 0,
      key: secret,
    })),
    sealed('under a key 2,001 places ahead', 'no-key', async (stage) => {
      const { epoch, index, key } = await next(stage)
      return { epoch, index: index + maxSkippedKeys + 1, key }
    }),
    sealed('under the last key that a number can name', 'no-key', async (stage) => ({ ...(await next(stage)), index: 2 ** 32 - 1 })),
    sealed('under another key than its place has', 'shut', async (stage) => ({ ...(await next(stage)), key: secret })),
    sealed('under the key of the place before it', 'shut', async (stage) => {
      const { epoch, index, key } = await next(stage)
      return { epoch, index: index + 1, key }
    }),
    sealed('in the name of Bob, under a key of Dave’s', 'shut', async (stage) => {
      const epoch = await newestEpoch(stage)
      const { place } = nextSealOf(stage, epoch, stage.bob.id()!)
      return { ...(await next(stage)), sender: stage.bob.id()!, index: place.index }
    }),
    sealed('in the name of Bob, under Bob’s next key, with Dave’s words inside', 'mislabelled', async (stage) => {
      const { place, key } = nextSealOf(stage, await newestEpoch(stage), stage.bob.id()!)
      return { ...place, key, sender: stage.bob.id()! }
    }),
    sealed('in the name of Carol, who was removed', 'no-key', async (stage) => ({ ...(await next(stage)), sender: stage.carol.device })),
    sealed('with the words of another place inside', 'mislabelled', async (stage) => {
      const place = await next(stage)
      const { epoch, index } = place
      return { ...place, plaintext: signFields(await fieldsOf(stage, text('moved'), { place: { epoch, index: index + 1 } }), stage.dave) }
    }),
    sealed('with words inside that were sealed under no epoch', 'mislabelled', async (stage) => ({
      ...(await next(stage)),
      plaintext: signFields(await fieldsOf(stage, text('bare')), stage.dave),
    })),
    sealed('with nothing inside', 'malformed', async (stage) => ({ ...(await next(stage)), plaintext: new Uint8Array(0) })),
    sealed('with noise inside', 'malformed', async (stage) => ({ ...(await next(stage)), plaintext: secret })),
    sealed('with an event of another conversation inside', 'mislabelled', async (stage) => {
      const place = await next(stage)
      return {
        ...place,
        plaintext: signFields({ ...(await fieldsOf(stage, text('moved'), { place })), conversation: stage.direct }, stage.dave),
      }
    }),
    bent('of another version', 'malformed', (bytes) => bytes.with(0, 2)),
    bent('without its last byte', 'shut', (bytes) => bytes.subarray(0, -1)),
    bent('that is too short to be one', 'malformed', (bytes) => bytes.subarray(0, 200)),
    bent('with one bit of its nonce changed', 'shut', flipped(80)),
    bent('with one bit of its ciphertext changed', 'shut', flipped(120)),
    bent('with one bit of its tag changed', 'shut', (bytes) => flipped(bytes.length - 1)(bytes)),
    bent('with another index in its head', 'shut', (bytes) => bytes.with(68, bytes[68]! + 1)),
    useless('for nobody', () => ({ shares: [] })),
    {
      ...useless('that leaves Bob out', ({ bob }, { shares }) => ({ shares: shares.filter(({ device }) => device !== bob.id()) })),
      changes: 'keys',
    },
    useless('that leaves Alice out', ({ alice }, { shares }) => ({ shares: shares.filter(({ device }) => device !== alice.id()) })),
    useless('whose commitment is another', () => ({ commitment: bytesFor('another') })),
    useless('whose share for Alice is noise', ({ alice }, { shares }) => ({
      shares: shares.map((share) => (share.device === alice.id() ? { ...share, ciphertext: new Uint8Array(48) } : share)),
    })),
    useless('whose share for Alice names a key that she never had', ({ alice }, { shares }) => ({
      shares: shares.map((share) => (share.device === alice.id() ? { ...share, key: '00'.repeat(8) } : share)),
    })),
    useless('whose shares are exchanged', (_, { shares }) => ({
      shares: shares.map((share, at) => ({ ...share, enc: shares[(at + 1) % shares.length]!.enc })),
    })),
    useless('of a suite that nobody knows', () => ({ suite: 7, shares: [] })),
  ],
}
