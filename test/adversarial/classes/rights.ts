// Every operation by every role that may not make it. Alice gives Dave a role, and he does what another one may.
import type { EventBody } from '../../../src/core/event/event.ts'
import { toHex, type ConversationId, type EventId, type IdentityId } from '../../../src/core/ids.ts'
import { compareOrder } from '../../../src/core/log/chains.ts'
import type { Policy, Role } from '../../../src/core/members/role.ts'
import type { TimelineRow } from '../../../src/core/timeline/row.ts'
import { commandsOf, valueOf } from '../../services/people.ts'
import { bytesFor, changed, events, personOf, text } from '../forge.ts'
import type { Stage } from '../stage.ts'
import type { Vector, VectorClass } from '../vector.ts'

const aliceOf = (stage: Stage): IdentityId => stage.profileOf(stage.alice).identity
const bobOf = (stage: Stage): IdentityId => stage.profileOf(stage.bob).identity
const open: Policy = { invite: 'member', post: 'member', pin: 'moderator', history: 'none' }

type Deed = readonly [name: string, body: (stage: Stage) => EventBody | Promise<EventBody>]
const invite: EventBody = {
  kind: 'invite',
  invite: toHex(bytesFor('invite').subarray(0, 16)),
  key: bytesFor('k'),
  meeting: bytesFor('m'),
  expiresAt: 4_000_000_000_000,
  uses: 'many',
}
const lastOf = async (stage: Stage) => {
  const [head] = (await stage.room()).conversation.contentHeads
  return { id: head!.id, hlc: head!.hlc }
}

const word: Deed = ['says something', () => text('may I?')]
const edit: Deed = ['edits something', async (stage) => ({ kind: 'edit', target: await lastOf(stage), text: 'edited' })]
const deletion: Deed = ['deletes something', async (stage) => ({ kind: 'delete', target: await lastOf(stage) })]
const newer: Deed = ['says something of a newer version', () => ({ kind: 'unknown', name: 'from-the-future', content: 0 })]
const pin: Deed = ['pins something', async (stage) => ({ kind: 'pin', target: await lastOf(stage), on: true })]
const asks: Deed = ['asks everybody', () => ({ kind: 'poll', question: 'Really?', options: ['yes', 'no'], multiple: false })]
const votes: Deed = ['votes', async (stage) => ({ kind: 'vote', target: await lastOf(stage), choices: [0] })]
const rename: Deed = ['renames the group', () => ({ kind: 'name', name: 'Mine' })]
const policy: Deed = ['changes what members may do', () => ({ kind: 'policy', policy: { ...open, history: 'all' } })]
const invites: Deed = ['makes an invite', () => invite]
const lets: Deed = ['lets somebody in', (stage) => ({ kind: 'add', person: personOf(stage, stage.stranger), invite: null, floor: [] })]
const letsByNoInvite: Deed = [
  'lets somebody in by an invite that nobody made',
  (stage) => ({ kind: 'add', person: personOf(stage, stage.stranger), invite: 'cd'.repeat(16), floor: [] }),
]
const removes = (name: string, of: (stage: Stage) => IdentityId): Deed => [
  `removes ${name}`,
  (stage) => ({ kind: 'remove', identity: of(stage), last: [] }),
]
const gives = (name: string, of: (stage: Stage) => IdentityId, role: Role): Deed => [
  `makes ${name} ${role === 'owner' ? 'an' : 'a'} ${role}`,
  (stage) => ({ kind: 'role', identity: of(stage), role }),
]
const himself = ({ dave }: Stage): IdentityId => dave.identity
const nobody = ({ stranger }: Stage): IdentityId => stranger.identity
const revokes = (name: string, of: (stage: Stage) => string): Deed => [
  `revokes ${name}`,
  (stage) => ({ kind: 'revoke', device: of(stage) as never, last: [] }),
]

const mayNever: readonly Deed[] = [
  policy,
  removes('Alice', aliceOf),
  removes('somebody who was never in', nobody),
  gives('himself', himself, 'owner'),
  gives('Bob', bobOf, 'moderator'),
  gives('Alice', aliceOf, 'reader'),
  gives('somebody who was never in', nobody, 'member'),
  revokes('a device of Alice’s', ({ alice }) => alice.id()!),
  revokes('a device of Bob’s', ({ bob }) => bob.id()!),
  revokes('a device that nobody has', ({ stranger }) => stranger.device),
  letsByNoInvite,
]
const memberMayNot: readonly Deed[] = [...mayNever, removes('Bob', bobOf), gives('Bob', bobOf, 'reader')]
const readerMayNot: readonly Deed[] = [...memberMayNot, word, edit, deletion, pin, asks, votes, newer, rename, invites, lets]
const moderatorMayNot: readonly Deed[] = [...mayNever, removes('Bob', bobOf), gives('Bob', bobOf, 'owner'), gives('Bob', bobOf, 'member')]

const as = (role: Role, deeds: readonly Deed[]): readonly Vector[] =>
  deeds.map(([name, body], place) => ({
    name: `a ${role} who ${name}`,
    expected: 'not-allowed',
    // Once for all of a role: what is given stays.
    ...(place === 0
      ? {
          before: async (stage: Stage) => {
            await valueOf(stage.world, commandsOf(stage.alice).setRole(stage.group, bobOf(stage), 'moderator'))
            await valueOf(stage.world, commandsOf(stage.alice).setRole(stage.group, stage.dave.identity, role))
            await stage.pass(40_000)
          },
        }
      : {}),
    make: async (stage) => events(stage, [await changed(stage, await body(stage), (fields) => fields)]),
  }))

/** In a conversation of two nobody looks after anything. */
const inDirect: readonly Deed[] = [
  policy,
  rename,
  removes('Alice', aliceOf),
  gives('himself', himself, 'owner'),
  gives('Alice', aliceOf, 'reader'),
  lets,
  revokes('a device of Alice’s', ({ alice }) => alice.id()!),
]

/** With a policy that asks for more. */
const underPolicy = (name: string, changes: Partial<Policy>, deeds: readonly Deed[], role: Role = 'member'): readonly Vector[] =>
  deeds.map(([deed, body], place) => ({
    name: `a ${role} who ${deed}, where ${name}`,
    expected: 'not-allowed',
    ...(place === 0
      ? {
          before: async (stage: Stage) => {
            await valueOf(stage.world, commandsOf(stage.alice).setRole(stage.group, stage.dave.identity, role))
            await valueOf(stage.world, commandsOf(stage.alice).setPolicy(stage.group, { ...open, ...changes }))
            await stage.pass(40_000)
          },
        }
      : {}),
    make: async (stage) => events(stage, [await changed(stage, await body(stage), (fields) => fields)]),
  }))

/** Held by everybody, and of no account: those who may not are no less heard for it. */
const unheard = (name: string, conversation: (stage: Stage) => ConversationId): Vector => ({
  name,
  expected: 'taken',
  changes: 'log',
  // What else is new has come before.
  before: (stage) => stage.pass(40_000),
  make: async (stage) => {
    const id = conversation(stage)
    const { hlc, event } = await aliceLastWordIn(stage, id)
    const deletion: EventBody = { kind: 'delete', target: { id: event, hlc } }
    return events(stage, [await changed(stage, deletion, (fields) => fields, { conversation: id })], stage.dave, id)
  },
})

/** The newest message of Alice's own. */
const aliceLastWordIn = async (stage: Stage, id: ConversationId): Promise<{ readonly event: EventId; readonly hlc: number }> => {
  const rows = (stage.alice.disk.state().get('timeline') ?? []).filter(({ key }) => key[0] === id)
  const own = rows.flatMap(({ value }) => {
    const row = value as TimelineRow
    return row.kind === 'message' && row.author === aliceOf(stage) ? [row] : []
  })
  const last = own.toSorted(compareOrder).at(-1)
  if (last === undefined) throw new Error('Alice has said nothing')
  return { event: last.id, hlc: last.hlc }
}

export const rights: VectorClass = {
  name: 'rights',
  controls: [
    {
      name: 'a member who renames the group',
      expected: 'taken',
      make: async (stage) => events(stage, [await changed(stage, { kind: 'name', name: 'Ours' }, (fields) => fields)]),
    },
    {
      name: 'a member who says something',
      expected: 'taken',
      make: async (stage) => events(stage, [await changed(stage, text('I may'), (fields) => fields)]),
    },
  ],
  vectors: [
    unheard('a member who takes away what Alice said', ({ group }) => group),
    unheard('somebody who takes away what the other said in a conversation of two', ({ direct }) => direct),
    ...as('member', memberMayNot),
    ...underPolicy('moderators alone invite', { invite: 'moderator' }, [invites, lets]),
    ...underPolicy('moderators alone post', { post: 'moderator' }, [word, edit, deletion, newer]),
    ...underPolicy('members may do everything', {}, [policy]),
    ...as('reader', readerMayNot),
    ...as('moderator', moderatorMayNot),
    ...inDirect.map(([name, body]): Vector => ({
      name: `somebody who ${name} in a conversation of two`,
      expected: 'not-allowed',
      make: async (stage) =>
        events(
          stage,
          [await changed(stage, await body(stage), (fields) => fields, { conversation: stage.direct })],
          stage.dave,
          stage.direct,
        ),
    })),
  ],
}
