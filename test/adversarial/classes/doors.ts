// At the door: people who want in with invites that are none, proofs of somebody else's, cards that are not theirs; and signs of life from
// whoever has no part in the conversation.
import { ed25519 } from '@noble/curves/ed25519.js'
import { encodeCbor } from '../../../src/core/codec/cbor.ts'
import { decodeInvite } from '../../../src/core/invite/link.ts'
import { inviteKeys, joinMessage, type InviteKeys } from '../../../src/core/invite/secret.ts'
import { fromHex, toHex, type ConversationId } from '../../../src/core/ids.ts'
import { personCardToWire, type PersonCard } from '../../../src/core/members/card.ts'
import { encodeLinkMessage } from '../../../src/core/sync/messages.ts'
import { msPerWeek } from '../../../src/core/time.ts'
import { cardBytes } from '../../../src/services/admit.ts'
import { commandsOf, valueOf } from '../../services/people.ts'
import { bytesFor, cardOf, personOf } from '../forge.ts'
import type { Ill, Stage, Throw } from '../stage.ts'
import type { Vector, VectorClass, Verdict } from '../vector.ts'

/** The keys of a fresh invite of Alice's into the group, or for one person. */
const invited = async (
  stage: Stage,
  into: 'the group' | 'a conversation of two' = 'the group',
): Promise<{ readonly keys: InviteKeys; readonly conversation: ConversationId }> => {
  const { link, conversation } = await valueOf(
    stage.world,
    commandsOf(stage.alice).createInvite(into === 'the group' ? stage.group : undefined),
  )
  const read = decodeInvite(link)
  if (!read.ok) throw new Error('an invite cannot be read')
  await stage.pass(20_000)
  return { keys: inviteKeys(read.value.secret), conversation }
}

interface Joining {
  readonly from?: Ill
  readonly conversation: ConversationId
  readonly invite: string
  readonly person: PersonCard
  readonly proof: Uint8Array
}
const join = (stage: Stage, { from = stage.stranger, conversation, invite, person, proof }: Joining): Throw => ({
  by: 'link',
  from,
  frames: [encodeLinkMessage({ kind: 'join', conversation, invite, person, proof })],
})
const proofBy = (
  stage: Stage,
  { seed, invite }: InviteKeys,
  person: PersonCard,
  conversation = stage.group,
  from = stage.stranger,
): Uint8Array => ed25519.sign(joinMessage(conversation, invite, from.device, stage.alice.id()!, cardBytes(person)), seed)

/** A stranger who has the link, and spoils one thing. */
const joins = (name: string, expected: Verdict, spoil: (good: Joining, stage: Stage, keys: InviteKeys) => Partial<Joining>): Vector => ({
  name: `somebody who joins ${name}`,
  expected,
  make: async (stage) => {
    const { keys, conversation } = await invited(stage)
    const person = personOf(stage, stage.stranger)
    const good: Joining = { conversation, invite: keys.invite, person, proof: proofBy(stage, keys, person) }
    return join(stage, { ...good, ...spoil(good, stage, keys) })
  },
})

const planted = (name: string, change: (frame: unknown[], stage: Stage) => readonly unknown[]): Vector => ({
  name: `a request to join ${name}`,
  expected: 'malformed',
  make: (stage) => {
    const frame = [9, fromHex(stage.group), new Uint8Array(16), personCardToWire(personOf(stage, stage.stranger)), new Uint8Array(64)]
    return { by: 'link', from: stage.stranger, frames: [encodeCbor(change(frame, stage))] }
  },
})
const says = (name: string, expected: Verdict, from: (stage: Stage) => Ill, frame: (stage: Stage) => unknown[]): Vector => ({
  name,
  expected,
  make: (stage) => ({ by: 'link', from: from(stage), frames: [encodeCbor(frame(stage))] }),
})
const stranger = (stage: Stage): Ill => stage.stranger
const nowhere = 'ab'.repeat(16) as ConversationId
/** Somebody who is let in, once. */
const guest = (name: string): Pick<Ill, 'identity' | 'identitySeed'> => {
  const identitySeed = bytesFor(`guest ${name}`)
  return { identity: toHex(ed25519.getPublicKey(identitySeed)) as Ill['identity'], identitySeed }
}

export const doors: VectorClass = {
  name: 'doors',
  controls: [
    {
      name: 'somebody with a link for many',
      expected: 'unanswered',
      make: async (stage) => {
        const { keys, conversation } = await invited(stage)
        const person = personOf(stage, { ...stage.carol, ...guest('many') })
        return join(stage, {
          from: stage.carol,
          conversation,
          invite: keys.invite,
          person,
          proof: proofBy(stage, keys, person, conversation, stage.carol),
        })
      },
    },
  ],
  vectors: [
    joins('by an invite that nobody made', 'refused: unknown', () => ({ invite: 'cd'.repeat(16) })),
    joins('with a proof of zeros', 'unanswered', () => ({ proof: new Uint8Array(64) })),
    joins('with a proof by another link', 'unanswered', ({ person }, stage, keys) => ({
      proof: proofBy(stage, { ...keys, seed: bytesFor('other') }, person),
    })),
    joins('with a proof for another invite', 'unanswered', ({ person }, stage, keys) => ({
      proof: proofBy(stage, { ...keys, invite: 'ee'.repeat(16) }, person),
    })),
    joins('with a proof for another conversation', 'unanswered', ({ person }, stage, keys) => ({
      proof: proofBy(stage, keys, person, stage.direct),
    })),
    joins('with a proof of another device', 'unanswered', ({ person }, stage, keys) => ({
      proof: proofBy(stage, keys, person, stage.group, stage.dave),
    })),
    joins('with a proof towards somebody else', 'unanswered', ({ person }, stage, { seed, invite }) => ({
      proof: ed25519.sign(joinMessage(stage.group, invite, stage.stranger.device, stage.bob.id()!, cardBytes(person)), seed),
    })),
    joins('with a proof for another card', 'unanswered', (_, stage, keys) => ({
      proof: proofBy(stage, keys, personOf(stage, stage.stranger, 'Another')),
    })),
    joins('with a proof by his own key', 'unanswered', ({ person }, stage, keys) => ({
      proof: proofBy(stage, { ...keys, seed: stage.stranger.deviceSeed }, person),
    })),
    joins('from another device than he shows', 'unanswered', (_, stage, keys) => {
      const person = personOf(
        stage,
        stage.stranger,
        'Somebody',
        cardOf(stage, stage.stranger, { device: stage.carol.device, deviceSeed: stage.carol.deviceSeed }),
      )
      return { person, proof: proofBy(stage, keys, person) }
    }),
    joins('with a certificate that nobody gave', 'unanswered', (_, stage, keys) => {
      const person = personOf(stage, stage.stranger, 'Somebody', cardOf(stage, stage.stranger, { certificate: new Uint8Array(64) }))
      return { person, proof: proofBy(stage, keys, person) }
    }),
    joins('with keys that another one announced', 'unanswered', (_, stage, keys) => {
      const person = personOf(stage, stage.stranger, 'Somebody', cardOf(stage, stage.stranger, { deviceSeed: stage.dave.deviceSeed }))
      return { person, proof: proofBy(stage, keys, person) }
    }),
    joins('in the name of Bob', 'unanswered', (_, stage, keys) => {
      const { identity } = stage.profileOf(stage.bob)
      const person: PersonCard = { identity, name: 'Bob', devices: [cardOf(stage, stage.stranger, { identity })] }
      return { person, proof: proofBy(stage, keys, person) }
    }),
    joins('a conversation that is not here', 'unanswered', () => ({ conversation: nowhere })),
    joins('another conversation by the same link', 'refused: unknown', (_, { elsewhere }) => ({ conversation: elsewhere })),
    {
      name: 'somebody who joins by a link that has run out',
      expected: 'refused: expired',
      make: async (stage) => {
        const { keys, conversation } = await invited(stage)
        await stage.pass(msPerWeek + 60_000)
        await stage.honestWordsFlow()
        await stage.pass(60_000)
        const person = personOf(stage, stage.stranger)
        return join(stage, { conversation, invite: keys.invite, person, proof: proofBy(stage, keys, person, conversation) })
      },
    },
    {
      name: 'a second one by a link for one',
      expected: 'refused: used',
      make: async (stage) => {
        const { keys, conversation } = await invited(stage, 'a conversation of two')
        const first = personOf(stage, { ...stage.carol, ...guest('first') })
        await stage.throwAt(
          join(stage, {
            from: stage.carol,
            conversation,
            invite: keys.invite,
            person: first,
            proof: proofBy(stage, keys, first, conversation, stage.carol),
          }),
        )
        await stage.pass(60_000)
        const second = personOf(stage, stage.stranger)
        return join(stage, { conversation, invite: keys.invite, person: second, proof: proofBy(stage, keys, second, conversation) })
      },
    },
    planted('without a proof', (frame) => frame.slice(0, -1)),
    planted('with a proof of 63 bytes', (frame) => frame.with(4, new Uint8Array(63))),
    planted('by an invite of 15 bytes', (frame) => frame.with(2, new Uint8Array(15))),
    planted('by nobody', (frame) => frame.with(3, null)),
    planted('by somebody without devices', (frame) => frame.with(3, (frame[3] as unknown[]).with(2, []))),
    planted('by somebody whose name is turned round', (frame) => frame.with(3, (frame[3] as unknown[]).with(1, '\u202eecilA'))),
    planted('that is larger than a control frame', (frame) => [...frame, new Uint8Array(64 * 1024)]),
    says('a preview of an invite that nobody made', 'unanswered', stranger, ({ group }) => [7, fromHex(group), new Uint8Array(16)]),
    says('a preview of a conversation that is not here', 'unanswered', stranger, () => [7, fromHex(nowhere), new Uint8Array(16)]),
    says('a preview by an invite of 17 bytes', 'malformed', stranger, ({ group }) => [7, fromHex(group), new Uint8Array(17)]),
    says('a refusal that nobody waits for', 'unheard', stranger, ({ group }) => [10, fromHex(group), 'expired']),
    says(
      'a refusal of a member that nobody waits for',
      'without-effect',
      ({ dave }) => dave,
      ({ group }) => [10, fromHex(group), 'used'],
    ),
    says(
      'a refusal for a reason that is none',
      'malformed',
      ({ dave }) => dave,
      ({ group }) => [10, fromHex(group), 'because'],
    ),
    says(
      'a refusal without a reason',
      'malformed',
      ({ dave }) => dave,
      ({ group }) => [10, fromHex(group)],
    ),
    says('a sign of typing by a stranger', 'unheard', stranger, ({ group }) => [6, fromHex(group)]),
    says(
      'a sign of typing where one is not',
      'unheard',
      ({ dave }) => dave,
      ({ elsewhere }) => [6, fromHex(elsewhere)],
    ),
    says(
      'a sign of typing with words in it',
      'malformed',
      ({ dave }) => dave,
      ({ group }) => [6, fromHex(group), 'hello'],
    ),
    says('a sealed word of a stranger', 'malformed', stranger, ({ group }) => [5, fromHex(group), bytesFor('sealed')]),
    {
      name: 'fifty requests to join by invites that nobody made',
      expected: 'refused: unknown',
      make: (stage) => {
        const person = personOf(stage, stage.stranger)
        const frames = Array.from({ length: 50 }, (_, count) =>
          encodeLinkMessage({
            kind: 'join',
            conversation: stage.group,
            invite: toHex(bytesFor(`${count}`).subarray(0, 16)),
            person,
            proof: new Uint8Array(64),
          }),
        )
        return { by: 'link', from: stage.stranger, frames }
      },
    },
  ],
}
