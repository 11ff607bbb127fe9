// The shape of people: cards that others signed, names that are none, devices of somebody else, beginnings that are not the beginning.
import { ed25519 } from '@noble/curves/ed25519.js'
import { deviceId, identityId } from '../../../src/core/ids.ts'
import { lanes, type EventBody, type MembersBody } from '../../../src/core/event/event.ts'
import { certificateMessage, personCardToWire, deviceCardToWire, type DeviceCard, type PersonCard } from '../../../src/core/members/card.ts'
import { nonceOf } from '../../../src/core/members/conversation-name.ts'
import { maxDevicesPerPerson, maxWallClockMs } from '../../../src/core/limits.ts'
import { at, bytesFor, cardOf, changed, events, fieldsOf, personOf, replanted, signFields } from '../forge.ts'
import type { Ill, Stage } from '../stage.ts'
import type { Vector, VectorClass, Verdict } from '../vector.ts'

const adding = (person: PersonCard): MembersBody => ({ kind: 'add', person, invite: null, floor: [] })

/** Dave, who may, lets in somebody whose card is not good. */
const lets = (name: string, expected: Verdict, person: (stage: Stage) => PersonCard): Vector => ({
  name: `an addition of somebody ${name}`,
  expected,
  make: async (stage) => events(stage, [await changed(stage, adding(person(stage)), (fields) => fields)]),
})
const withCard = (name: string, options: (stage: Stage) => Parameters<typeof cardOf>[2]): Vector =>
  lets(name, 'bad-signature', (stage) => personOf(stage, stage.stranger, 'Somebody', cardOf(stage, stage.stranger, options(stage))))

/** A person on the wire, changed where no honest program could write it. */
const planted = (name: string, change: (person: readonly unknown[], stage: Stage) => unknown): Vector => ({
  name: `an addition of somebody ${name}`,
  expected: 'malformed',
  make: async (stage) =>
    events(stage, [
      await replanted(stage, adding(personOf(stage, stage.stranger)), (tree) => {
        const content = tree[at.content] as unknown[]
        return tree.with(at.content, content.with(0, change(personCardToWire(personOf(stage, stage.stranger)), stage)))
      }),
    ]),
})
const withFirstCard = (change: (card: readonly unknown[]) => unknown) => (person: readonly unknown[]) => {
  const [card] = person[2] as unknown[][]
  return person.with(2, [change(card!)])
}
const keys = (count: number, bytes = 32) => Array.from({ length: count }, (_, suite) => [suite, new Uint8Array(bytes)])

const plantedAdd = (name: string, change: (content: readonly unknown[]) => unknown): Vector => ({
  name: `an addition ${name}`,
  expected: 'malformed',
  make: async (stage) =>
    events(stage, [
      await replanted(stage, adding(personOf(stage, stage.stranger)), (tree) =>
        tree.with(at.content, change(tree[at.content] as unknown[])),
      ),
    ]),
})

const device = (name: string, expected: Verdict, card: (stage: Stage) => DeviceCard | Promise<DeviceCard>): Vector => ({
  name: `a device ${name}`,
  expected,
  make: async (stage) => events(stage, [await changed(stage, { kind: 'device', device: await card(stage) }, (fields) => fields)]),
})

/** The card of somebody who is in, as everybody knows it. */
const knownCard = async (stage: Stage, of: string): Promise<DeviceCard> =>
  [...(await stage.room()).conversation.members!.people.values()].flatMap(({ devices }) => devices).find((card) => card.device === of)!

/** A beginning of the group, which began long ago. */
const begins = (
  name: string,
  expected: Verdict,
  by: (stage: Stage) => Ill,
  change: (body: Extract<EventBody, { kind: 'create' }>, stage: Stage) => Partial<Extract<EventBody, { kind: 'create' }>> = () => ({}),
): Vector => ({
  name: `a beginning ${name}`,
  expected,
  make: async (stage) => {
    const [first] = (await stage.room()).conversation.log.ops
    if (first?.body.kind !== 'create') throw new Error('the group has no beginning')
    const fields = await fieldsOf(stage, { ...first.body, ...change(first.body, stage) }, { as: by(stage), lane: lanes.members })
    return events(stage, [signFields({ ...fields, seq: 1, prev: null, deps: [], hlc: 1 }, by(stage))])
  },
})

export const members: VectorClass = {
  name: 'members',
  controls: [
    {
      name: 'an addition of somebody with a good card',
      expected: 'taken',
      make: async (stage) =>
        events(stage, [await changed(stage, adding(personOf(stage, { ...stage.stranger, ...anybody() })), (fields) => fields)]),
    },
    {
      name: 'new keys for Dave’s own device',
      expected: 'taken',
      make: async (stage) =>
        events(stage, [await changed(stage, { kind: 'device', device: cardOf(stage, stage.dave) }, (fields) => fields)]),
    },
  ],
  vectors: [
    withCard('without a certificate', () => ({ certificate: new Uint8Array(64) })),
    withCard('whose certificate Dave signed', ({ dave }) => ({ identitySeed: dave.identitySeed })),
    withCard('whose certificate is for another device', (stage) => ({
      certificate: ed25519.sign(certificateMessage(stage.stranger.identity, stage.dave.device), stage.stranger.identitySeed),
    })),
    withCard('whose certificate is for another person', (stage) => ({
      certificate: ed25519.sign(certificateMessage(stage.dave.identity, stage.stranger.device), stage.stranger.identitySeed),
    })),
    withCard('without an announcement', () => ({ announcement: new Uint8Array(64) })),
    withCard('whose announcement the identity signed', ({ stranger }) => ({ deviceSeed: stranger.identitySeed })),
    withCard('whose announcement Dave signed', ({ dave }) => ({ deviceSeed: dave.deviceSeed })),
    withCard('whose announcement is of other keys', (stage) => ({
      announcement: cardOf(stage, stage.stranger, { keys: [{ suite: 0x20, publicKey: bytesFor('other') }] }).announcement,
    })),
    withCard('whose announcement is of another time', (stage) => ({
      announcement: cardOf(stage, stage.stranger, { createdAt: 1 }).announcement,
    })),
    withCard('whose announcement and certificate are exchanged', (stage) => {
      const { certificate, announcement } = cardOf(stage, stage.stranger)
      return { certificate: announcement, announcement: certificate }
    }),
    lets('whose second device nobody certified', 'bad-signature', (stage) =>
      personOf(
        stage,
        stage.stranger,
        'Somebody',
        cardOf(stage, stage.stranger),
        cardOf(stage, stage.stranger, { device: stage.carol.device, deviceSeed: stage.carol.deviceSeed, certificate: new Uint8Array(64) }),
      ),
    ),
    lets('in the name of Alice, whose card Dave made', 'bad-signature', (stage) => {
      const { identity } = stage.profileOf(stage.alice)
      return { identity, name: 'Alice', devices: [cardOf(stage, stage.dave, { identity })] }
    }),
    lets('with a device of another person', 'malformed', (stage) => ({
      ...personOf(stage, stage.stranger),
      devices: [cardOf(stage, stage.dave)],
    })),
    {
      name: 'an addition of Bob, who is in',
      expected: 'not-allowed',
      make: async (stage) => {
        const card = await knownCard(stage, stage.bob.id()!)
        return events(stage, [
          await changed(stage, adding({ identity: card.identity, name: 'Bobby', devices: [card] }), (fields) => fields),
        ])
      },
    },
    {
      name: 'an addition of Alice, who owns the group',
      expected: 'not-allowed',
      make: async (stage) => {
        const card = await knownCard(stage, stage.alice.id()!)
        return events(stage, [
          await changed(stage, adding({ identity: card.identity, name: 'Alice', devices: [card] }), (fields) => fields),
        ])
      },
    },
    planted('without a device', (person) => person.with(2, [])),
    planted('with nine devices', (person) =>
      person.with(
        2,
        Array.from({ length: maxDevicesPerPerson + 1 }, () => (person[2] as unknown[])[0]),
      ),
    ),
    planted('without a name', (person) => person.with(1, '')),
    planted('whose name has 65 characters', (person) => person.with(1, 'x'.repeat(65))),
    planted('whose name runs from right to left', (person) => person.with(1, '\u202eecilA')),
    planted('whose name has a line break', (person) => person.with(1, 'Alice\nBob')),
    planted('whose name is bytes', (person) => person.with(1, bytesFor('name'))),
    planted('whose identity has 31 bytes', (person) => person.with(0, new Uint8Array(31))),
    planted('with something behind the devices', (person) => [...person, 1]),
    planted(
      'whose card has no keys',
      withFirstCard((card) => card.with(2, [])),
    ),
    planted(
      'whose card has four keys',
      withFirstCard((card) => card.with(2, keys(4))),
    ),
    planted(
      'whose card has a key of 2,049 bytes',
      withFirstCard((card) => card.with(2, keys(1, 2_049))),
    ),
    planted(
      'whose card has a key of a negative suite',
      withFirstCard((card) => card.with(2, [[-1, new Uint8Array(32)]])),
    ),
    planted(
      'whose card is of the year 2101',
      withFirstCard((card) => card.with(3, maxWallClockMs + 1)),
    ),
    planted(
      'whose card is of no time',
      withFirstCard((card) => card.with(3, null)),
    ),
    planted(
      'whose certificate has 63 bytes',
      withFirstCard((card) => card.with(4, new Uint8Array(63))),
    ),
    planted(
      'whose announcement has 65 bytes',
      withFirstCard((card) => card.with(5, new Uint8Array(65))),
    ),
    planted(
      'whose card is a text',
      withFirstCard(() => 'a card'),
    ),
    plantedAdd('by an invite of 15 bytes', (content) => content.with(1, new Uint8Array(15))),
    plantedAdd('by an invite that is a text', (content) => content.with(1, 'invite')),
    plantedAdd('with a floor that is none', (content) => content.with(2, null)),
    plantedAdd('with a floor at place 0', (content) => content.with(2, [[1, bytesFor('d'), 0, bytesFor('i'), 1]])),
    plantedAdd('with a floor of a third lane', (content) => content.with(2, [[2, bytesFor('d'), 1, bytesFor('i'), 1]])),
    plantedAdd('with a floor beyond all clocks', (content) => content.with(2, [[1, bytesFor('d'), 1, bytesFor('i'), 2 ** 53]])),
    plantedAdd('with a floor of 4,001 places', (content) =>
      content.with(
        2,
        Array.from({ length: 4_001 }, () => [1, bytesFor('d'), 1, bytesFor('i'), 1]),
      ),
    ),
    device('of Bob’s, as everybody knows it', 'not-allowed', (stage) => knownCard(stage, stage.bob.id()!)),
    device('of a stranger’s', 'not-allowed', (stage) => cardOf(stage, stage.stranger)),
    device('of Carol’s', 'not-allowed', (stage) => cardOf(stage, stage.carol)),
    device('of Dave’s that he did not certify', 'bad-signature', (stage) => cardOf(stage, stage.dave, { certificate: new Uint8Array(64) })),
    device('of Dave’s whose keys another one announced', 'bad-signature', (stage) =>
      cardOf(stage, stage.dave, { deviceSeed: stage.carol.deviceSeed }),
    ),
    device('of Bob’s that Dave certified', 'bad-signature', (stage) =>
      cardOf(stage, stage.dave, { identity: stage.profileOf(stage.bob).identity }),
    ),
    {
      name: 'a device on the wire without keys',
      expected: 'malformed',
      make: async (stage) => {
        const card = deviceCardToWire(cardOf(stage, stage.dave)).with(2, [])
        return events(stage, [
          await replanted(stage, { kind: 'device', device: cardOf(stage, stage.dave) }, (tree) => tree.with(at.content, [card])),
        ])
      },
    },
    begins('by a stranger', 'not-a-beginning', ({ stranger }) => stranger),
    begins(
      'by a stranger who names himself in it',
      'not-a-beginning',
      ({ stranger }) => stranger,
      (_, stage) => ({ person: personOf(stage, stage.stranger) }),
    ),
    begins(
      'under the name of another group',
      'not-a-beginning',
      ({ stranger }) => stranger,
      () => ({ nonce: new Uint8Array(16) }),
    ),
    begins(
      'by a stranger, bound to his own device',
      'not-a-beginning',
      ({ stranger }) => stranger,
      (body, stage) => ({ person: personOf(stage, stage.stranger), nonce: nonceOf(stage.stranger.device, body.meeting) }),
    ),
    begins(
      'with another meeting secret',
      'not-a-beginning',
      ({ stranger }) => stranger,
      () => ({ meeting: bytesFor('elsewhere') }),
    ),
    {
      name: 'a beginning in the middle of Dave’s chain',
      expected: 'not-a-beginning',
      make: async (stage) => {
        const [first] = (await stage.room()).conversation.log.ops
        return events(stage, [await changed(stage, first!.body, (fields) => fields, { lane: lanes.members })])
      },
    },
    {
      name: 'a beginning of a conversation of a hundred',
      expected: 'malformed',
      make: async (stage) => {
        const [first] = (await stage.room()).conversation.log.ops
        return events(stage, [
          await replanted(stage, first!.body, (tree) => tree.with(at.content, (tree[at.content] as unknown[]).with(0, 'crowd')), {
            lane: lanes.members,
          }),
        ])
      },
    },
  ],
}

/** Somebody new, with keys of their own. */
function anybody(): Pick<Ill, 'identity' | 'identitySeed' | 'device' | 'deviceSeed'> {
  const [identitySeed, deviceSeed] = [bytesFor('anybody'), bytesFor('a device of anybody')]
  return {
    identity: identityId(ed25519.getPublicKey(identitySeed)),
    identitySeed,
    device: deviceId(ed25519.getPublicKey(deviceSeed)),
    deviceSeed,
  }
}
