// Words of those who are out: Carol, who was removed; a device that was revoked; somebody who left. What they say knowing of it is refused.
// What they say as if they did not know stands in the log of everybody, since some may have heard it in time, and is shown to nobody.
import { lanes, type EventBody, type EventFields } from '../../../src/core/event/event.ts'
import { chainKey } from '../../../src/core/log/chains.ts'
import { encodeLinkMessage } from '../../../src/core/sync/messages.ts'
import { personOf, cardOf, changed, events, eventsFrame, fieldsOf, signFields, text } from '../forge.ts'
import type { Stage } from '../stage.ts'
import type { Vector, VectorClass, Verdict } from '../vector.ts'

/** Carol speaks knowing that she was removed, and Dave brings it. */
const knowing = (name: string, body: (stage: Stage) => EventBody | Promise<EventBody>): Vector => ({
  name: `${name} by Carol, who knows that she was removed`,
  expected: 'not-a-member',
  make: async (stage) => events(stage, [await changed(stage, await body(stage), (fields) => fields, { as: stage.carol })]),
})

/** The same on a link of her own. */
const byHerself = (
  name: string,
  frames: (stage: Stage) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>,
  expected: Verdict = 'unheard',
): Vector => ({
  name: `${name} by Carol herself`,
  expected,
  make: async (stage) => ({ by: 'link', from: stage.carol, frames: await frames(stage) }),
})

/** What she had seen when she was still in. */
const before = async (stage: Stage): Promise<EventFields['deps']> => {
  const { log } = (await stage.room()).conversation
  const removal = log.ops.find((op) => op.body.kind === 'remove' && op.body.identity === stage.carol.identity)!
  const last = log.ops.findLast((op) => op.device === stage.alice.id() && op.seq < removal.seq)!
  return [{ lane: lanes.members, device: last.device, seq: last.seq, id: last.id }]
}
const unaware = (name: string, body: (stage: Stage) => EventBody): Vector => ({
  name: `${name} by Carol, as if she had not heard that she was removed`,
  expected: 'taken',
  changes: 'log',
  make: async (stage) => {
    const deps = await before(stage)
    return events(stage, [await changed(stage, body(stage), () => ({ deps }), { as: stage.carol })])
  },
})

const vectorOf = async (stage: Stage) => new Map([...(await stage.room()).conversation.chains].map(([key, { seq }]) => [key, seq] as const))
const lastOf = async (stage: Stage) => {
  const [head] = (await stage.room()).conversation.contentHeads
  return { id: head!.id, hlc: head!.hlc }
}
const kinds: readonly (readonly [name: string, body: (stage: Stage) => EventBody | Promise<EventBody>])[] = [
  ['a word', () => text('I am still here')],
  ['an edit', async (stage) => ({ kind: 'edit', target: await lastOf(stage), text: 'changed' })],
  ['a deletion', async (stage) => ({ kind: 'delete', target: await lastOf(stage) })],
  ['a reaction', async (stage) => ({ kind: 'reaction', target: await lastOf(stage), emoji: '👎', on: true })],
  ['an epoch', () => ({ kind: 'epoch', suite: 0x20, commitment: new Uint8Array(32), shares: [] })],
  ['something of a newer version', () => ({ kind: 'unknown', name: 'from-the-future', content: 1 })],
  ['a new name', () => ({ kind: 'profile', name: 'Carol II' })],
  ['a new name for the group', () => ({ kind: 'name', name: 'Carol’s' })],
  ['a leave', () => ({ kind: 'leave' })],
  ['an addition of herself', (stage) => ({ kind: 'add', person: personOf(stage, stage.carol, 'Carol'), invite: null, floor: [] })],
  ['an addition of a stranger', (stage) => ({ kind: 'add', person: personOf(stage, stage.stranger), invite: null, floor: [] })],
  ['a removal of Alice', (stage) => ({ kind: 'remove', identity: stage.profileOf(stage.alice).identity, last: [] })],
  ['a role for herself', ({ carol }) => ({ kind: 'role', identity: carol.identity, role: 'owner' })],
  ['new keys', (stage) => ({ kind: 'device', device: cardOf(stage, stage.carol) })],
  [
    'an invite',
    () => ({
      kind: 'invite',
      invite: 'ab'.repeat(16),
      key: new Uint8Array(32),
      meeting: new Uint8Array(32),
      expiresAt: 9_000_000,
      uses: 'many',
    }),
  ],
]

export const parted: VectorClass = {
  name: 'parted',
  controls: [
    {
      name: 'a word of Dave’s, who is in',
      expected: 'taken',
      make: async (stage) => events(stage, [await changed(stage, text('I am in'), (fields) => fields)]),
    },
  ],
  vectors: [
    ...kinds.map(([name, body]) => knowing(name, body)),
    byHerself('a word', async (stage) => [
      eventsFrame(stage.group, await changed(stage, text('hello?'), (fields) => fields, { as: stage.carol })),
    ]),
    byHerself('a digest', ({ group }) => [
      encodeLinkMessage({ kind: 'digest', conversation: group, digest: new Uint8Array(16), readHlc: 0 }),
    ]),
    byHerself('a want of everything', ({ group }) => [
      encodeLinkMessage({ kind: 'want', conversation: group, have: new Map(), readHlc: 0 }),
    ]),
    byHerself('an acknowledgement', async (stage) => [
      encodeLinkMessage({ kind: 'have', conversation: stage.group, have: await vectorOf(stage), readHlc: 2 ** 40 }),
    ]),
    byHerself('a sign of typing', ({ group }) => [encodeLinkMessage({ kind: 'typing', conversation: group })]),
    byHerself('one-time keys', () => [encodeLinkMessage({ kind: 'one-time-keys', keys: [new Uint8Array(32).fill(9)] })], 'without-effect'),
    {
      name: 'a word of Carol’s that says it was written before Dave was let in',
      expected: 'broken',
      make: async (stage) => {
        const fields = await fieldsOf(stage, text('long ago'), { as: stage.carol })
        const end = (await stage.room()).conversation.chains.get(chainKey(lanes.content, stage.carol.device))!
        return events(stage, [signFields({ ...fields, hlc: end.hlc - 1, deps: await before(stage) }, stage.carol)])
      },
    },
    {
      name: 'a word of a stranger who was never in',
      expected: 'not-a-member',
      make: async (stage) => events(stage, [await changed(stage, text('let me in'), (fields) => fields, { as: stage.stranger })]),
    },
    unaware('a word', () => text('I did not hear')),
    unaware('a change of the group’s name', () => ({ kind: 'name', name: 'Carol’s garden' })),
    unaware('an addition of a stranger', (stage) => ({ kind: 'add', person: personOf(stage, stage.stranger), invite: null, floor: [] })),
    unaware('a reaction', () => ({ kind: 'unknown', name: 'from-the-future', content: 2 })),
  ],
}
