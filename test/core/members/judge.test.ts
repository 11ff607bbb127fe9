// Who may do what, each rule by itself: a beginning with one thing wrong, a role that just suffices, and authors who are judged by what they
// had seen and not by what is known now.
import { describe, expect, test } from 'vitest'
import { emptyConversation, type Conversation } from '../../../src/core/conversation/conversation.ts'
import { lanes, type ContentBody, type EventFields, type MembersBody, type UnknownBody } from '../../../src/core/event/event.ts'
import { conversationId, eventId, toHex } from '../../../src/core/ids.ts'
import { maxMembers } from '../../../src/core/limits.ts'
import { nameConversation, nonceOf } from '../../../src/core/members/conversation-name.ts'
import { isPresentEnough, judge, mayDeleteForAll, maySay } from '../../../src/core/members/judge.ts'
import { emptyMembersLog, pastOf } from '../../../src/core/members/log.ts'
import type { Members } from '../../../src/core/members/members.ts'
import { defaultPolicy, type Role } from '../../../src/core/members/role.ts'
import {
  add,
  alice,
  bob,
  bytesFor,
  carol,
  createBody,
  dave,
  deviceCardFor,
  give,
  personCalled,
  remove,
  room,
  secondDeviceOf,
  sign,
  takeAll,
  tell,
  text,
  write,
  type Person,
} from '../cast.ts'
import { tinyPicture } from '../tiny-picture.ts'

type Body = MembersBody | ContentBody | UnknownBody

const group = (story: readonly (readonly [Person, Body])[] = [], as: 'direct' | 'group' = 'group') =>
  tell([[alice, createBody(alice, as)], [alice, add(bob)], ...story])
const verdict = ({ log, members }: Pick<Conversation, 'log' | 'members'>, event: Awaited<ReturnType<typeof sign>>): string => {
  const judged = judge(log, members, event)
  return judged.ok ? 'right' : judged.error.kind
}
/** What is said to somebody who writes this now, having seen everything. */
const asked = async (held: Conversation, author: Person, body: Body, lane?: 0 | 1): Promise<string> =>
  verdict(held, await write(held, author, body, 90_000, lane))

describe('a conversation begins', () => {
  const begin = async (change: (fields: EventFields) => EventFields, log = emptyMembersLog) =>
    verdict({ log, members: undefined }, await sign(change(await write(emptyConversation(room), alice, createBody(), 1_000))))
  const create = createBody() as Extract<MembersBody, { kind: 'create' }>

  test('with the first event of the device that made its name, and with nothing before it', async () => {
    expect(await begin((fields) => fields)).toBe('right')
    expect(await begin((fields) => ({ ...fields, seq: 2 }))).toBe('not-a-beginning')
    const dep = { lane: lanes.members, device: bob.device, seq: 1, id: eventId(bytesFor('op')) }
    expect(await begin((fields) => ({ ...fields, deps: [dep] }))).toBe('not-a-beginning')
    expect(await begin((fields) => fields, (await group()).conversation.log)).toBe('not-a-beginning')
  })

  test('by a device that its creator calls theirs', async () => {
    const other = secondDeviceOf(alice)
    expect(await begin((fields) => ({ ...fields, body: { ...create, person: { ...alice.card, devices: other.card.devices } } }))).toBe(
      'not-a-beginning',
    )
    const both = { ...alice.card, devices: [...other.card.devices, ...alice.card.devices] }
    expect(await begin((fields) => ({ ...fields, body: { ...create, person: both } }))).toBe('right')
  })

  test('under the name that follows from its creator, its device and its meeting secret', async () => {
    const other = bytesFor('another meeting')
    expect(await begin((fields) => ({ ...fields, body: { ...create, meeting: other } }))).toBe('not-a-beginning')
    const nonce = nonceOf(alice.device, other)
    expect(await begin((fields) => ({ ...fields, body: { ...create, meeting: other, nonce } }))).toBe('not-a-beginning')
    const named = nameConversation(alice.identity, nonce)
    expect(await begin((fields) => ({ ...fields, conversation: named, body: { ...create, meeting: other, nonce } }))).toBe('right')
    expect(await begin((fields) => ({ ...fields, conversation: conversationId(bytesFor('any').slice(0, 16)) }))).toBe('not-a-beginning')
  })

  test('and nothing is said before it', async () => {
    const early = await write(emptyConversation(room), alice, text('hi'), 1_000)
    expect(verdict(emptyConversation(room), early)).toBe('not-a-member')
    expect(isPresentEnough(emptyMembersLog, undefined, pastOf(emptyMembersLog, early), early)).toBe(true)
  })
})

describe('it is the right of', () => {
  const bobTwice = secondDeviceOf(bob)
  const all = ['reader', 'member', 'moderator', 'owner'] as const
  const unknown: UnknownBody = { kind: 'unknown', name: 'hologram', content: [] }
  const target = { id: eventId(bytesFor('message')), hlc: 1 }

  test.each<[string, Body, readonly Role[], readonly Role[], lane?: 0 | 1]>([
    // What is done, by which roles in a group, by which in a direct conversation.
    ['give oneself a picture', { kind: 'picture', of: 'self', picture: tinyPicture }, all, all],
    ['give the conversation a picture', { kind: 'picture', of: 'group', picture: tinyPicture }, ['member', 'moderator', 'owner'], []],
    ['give the conversation a name', { kind: 'name', name: 'Orchard' }, ['member', 'moderator', 'owner'], []],
    ['write', text('hi'), ['member', 'moderator', 'owner'], ['member', 'moderator', 'owner']],
    ['react', { kind: 'reaction', target, emoji: '🌱', on: true }, all, all],
    ['make an epoch', { kind: 'epoch', suite: 1, commitment: bytesFor('c'), shares: [] }, all, all],
    ['say what a newer version means', unknown, ['member', 'moderator', 'owner'], ['member', 'moderator', 'owner'], lanes.content],
    ['do what a newer version means', unknown, all, all, lanes.members],
    ['announce another device', { kind: 'device', device: bobTwice.card.devices[0]! }, all, all],
    ['announce keys of somebody else', { kind: 'device', device: deviceCardFor(alice.identity, alice.device, 'x', 9) }, [], []],
    ['revoke one’s own device', { kind: 'revoke', device: bob.device, last: [] }, all, all],
    ['revoke a device that nobody has', { kind: 'revoke', device: dave.device, last: [] }, [], []],
    ['leave', { kind: 'leave' }, all, all],
    ['set the policy', { kind: 'policy', policy: defaultPolicy }, ['owner'], []],
    ['make oneself a reader', give(bob, 'reader'), ['owner'], []],
    ['remove oneself', remove(bob), ['owner'], []],
    ['let somebody in', add(dave), ['member', 'moderator', 'owner'], []],
    ['let oneself in again', add(bob), [], []],
  ])('%s', async (_, body, inGroup, inDirect, lane) => {
    for (const as of ['group', 'direct'] as const) {
      const { conversation } = await group([], as)
      for (const role of all) {
        const bobs = { ...conversation.members!.people.get(bob.identity)!, role }
        const members: Members = { ...conversation.members!, people: new Map(conversation.members!.people).set(bob.identity, bobs) }
        const may = (as === 'group' ? inGroup : inDirect).includes(role)
        expect([as, role, await asked({ ...conversation, members }, bob, body, lane)]).toEqual([as, role, may ? 'right' : 'not-allowed'])
      }
    }
  })

  test('the other of a direct conversation to come, and of nobody after them', async () => {
    const { conversation } = await tell([[alice, createBody(alice, 'direct')]])
    expect(await asked(conversation, alice, add(bob))).toBe('right')
    const both = await group([], 'direct')
    expect(await asked(both.conversation, alice, add(carol))).toBe('not-allowed')
    const left = await group([[bob, { kind: 'leave' }]], 'direct')
    expect(await asked(left.conversation, alice, add(bob))).toBe('right')
  })

  test('500 people to belong to a group, and of nobody after them', async () => {
    const { conversation } = await group()
    const crowd = (count: number) => {
      const people = new Map(conversation.members!.people)
      for (let at = people.size; at < count; at++) {
        const { identity, card } = personCalled(`Guest ${at}`)
        people.set(identity, { ...people.get(bob.identity)!, identity, devices: card.devices })
      }
      return { ...conversation, members: { ...conversation.members!, people } }
    }
    expect(await asked(crowd(maxMembers - 1), alice, add(dave))).toBe('right')
    expect(await asked(crowd(maxMembers), alice, add(dave))).toBe('not-allowed')
  })

  test('whoever has a link that is open', async () => {
    const id = toHex(bytesFor('invite').subarray(0, 16))
    const invite = (uses: 'single' | 'many'): MembersBody => ({
      kind: 'invite',
      invite: id,
      key: bytesFor('k'),
      meeting: bytesFor('m'),
      expiresAt: 77,
      uses,
    })
    expect(await asked((await group()).conversation, bob, add(carol, id))).toBe('not-allowed')
    for (const uses of ['single', 'many'] as const) {
      const made = (await group([[alice, invite(uses)]])).conversation
      expect(await asked(made, bob, add(carol, id))).toBe('right')
      expect(await asked(made, bob, add(alice, id))).toBe('not-allowed')
      expect(await asked(made, bob, add(carol, toHex(bytesFor('another invite').subarray(0, 16))))).toBe('not-allowed')
      const used = (await tell([[alice, add(dave, id)]], made, 20_000)).conversation
      expect(await asked(used, bob, add(carol, id))).toBe(uses === 'many' ? 'right' : 'not-allowed')
      expect(await asked(used, bob, add(carol))).toBe('right')
    }
  })

  test('moderators to remove readers, and of no member', async () => {
    const { conversation } = await group([
      [alice, add(carol)],
      [alice, give(carol, 'reader')],
    ])
    expect(await asked(conversation, bob, remove(carol))).toBe('not-allowed')
    const moderated = (await tell([[alice, give(bob, 'moderator')]], conversation, 20_000)).conversation
    expect(await asked(moderated, bob, remove(carol))).toBe('right')
  })

  test('both in a direct conversation to pin, and of a moderator in a group', async () => {
    const pin: ContentBody = { kind: 'pin', target, on: true }
    for (const as of ['direct', 'group'] as const) {
      const { conversation } = await group([], as)
      const counts = async (author: Person) =>
        maySay(conversation.log, conversation.members!, await write(conversation, author, pin, 9_000))
      expect([as, await counts(alice), await counts(bob)]).toEqual([as, true, as === 'direct'])
    }
  })

  test('owners and moderators of a group to take away what others said, by what they knew: a demotion that they had not seen changes nothing', async () => {
    const deletion: ContentBody = { kind: 'delete', target }
    const counts = async (held: Conversation, author: Person, known = held) =>
      mayDeleteForAll(held.log, held.members!, await write(known, author, deletion, 30_000))
    const direct = (await group([], 'direct')).conversation
    expect([await counts(direct, alice), await counts(direct, bob)]).toEqual([false, false])
    const plain = (await group()).conversation
    expect([await counts(plain, alice), await counts(plain, bob), await counts(plain, dave)]).toEqual([true, false, false])
    const moderated = (await tell([[alice, give(bob, 'moderator')]], plain, 20_000)).conversation
    expect(await counts(moderated, bob)).toBe(true)
    expect(await counts(moderated, bob, plain)).toBe(false)
    const demoted = (await tell([[alice, give(bob, 'member')]], moderated, 21_000)).conversation
    expect([await counts(demoted, bob), await counts(demoted, bob, moderated)]).toEqual([false, true])
  })

  test('those who belong, and of nobody else', async () => {
    const { conversation } = await group()
    for (const body of [text('hi'), { kind: 'leave' } as const, add(carol)])
      expect(await asked(conversation, dave, body)).toBe('not-a-member')
    const pin: ContentBody = { kind: 'pin', target, on: true }
    expect(maySay(conversation.log, conversation.members!, await write(conversation, dave, pin, 9_000))).toBe(false)
    expect(maySay(conversation.log, conversation.members!, await write(conversation, dave, text('hi'), 9_000))).toBe(true)
    expect(maySay(conversation.log, conversation.members!, await write(conversation, alice, pin, 9_000))).toBe(true)
  })
})

describe('whoever was unaware', () => {
  test('of another policy is judged by the one that they knew, whatever others know by then', async () => {
    const { conversation } = await group([
      [alice, add(carol)],
      [bob, { kind: 'profile', name: 'Robert' }],
    ])
    const before = await write(conversation, bob, text('may I?'), 30_000)
    const strict = (await tell([[alice, { kind: 'policy', policy: { ...defaultPolicy, post: 'owner' } }]], conversation, 20_000))
      .conversation
    const after = await write(strict, bob, text('may I still?'), 30_001)
    const open = (await tell([[alice, { kind: 'policy', policy: { ...defaultPolicy, post: 'reader' } }]], strict, 21_000)).conversation
    const again = await write(open, carol, text('and now?'), 30_002)
    const latest = (await tell([[alice, { kind: 'policy', policy: { ...defaultPolicy, post: 'owner' } }]], open, 22_000)).conversation
    // One after the other, so that what was computed for one is not the answer for another.
    for (const events of [
      [before, after, again],
      [again, after, before],
    ]) {
      const answers = new Map(events.map((event) => [event.id, verdict(latest, event)]))
      expect([before, after, again].map(({ id }) => answers.get(id))).toEqual(['right', 'not-allowed', 'right'])
    }
    expect(await asked(latest, carol, text('and now?'))).toBe('not-allowed')
  })

  test('of their own removal belonged then, and of their admission did not yet', async () => {
    const { conversation } = await group([[alice, add(carol)]])
    const unaware = await write(conversation, carol, text('hi'), 30_000)
    const gone = (await tell([[alice, remove(carol)]], conversation, 20_000)).conversation
    expect(verdict(gone, unaware)).toBe('right')
    expect(await asked(gone, carol, text('hi'))).toBe('not-a-member')
    const early = await write((await group()).conversation, carol, text('hi'), 30_000)
    expect(verdict(conversation, early)).toBe('not-a-member')
  })

  test('of everything belongs to nothing yet', async () => {
    const { conversation } = await group()
    const words = await write(conversation, bob, text('hi'), 30_000)
    expect(verdict(conversation, words)).toBe('right')
    expect(verdict(conversation, await sign({ ...words, deps: [] }))).toBe('not-a-member')
  })

  test('that somebody left lets in, gives roles and removes by what they knew', async () => {
    const { conversation } = await group([[alice, add(carol)]])
    const left = takeAll(conversation, [await write(conversation, carol, { kind: 'leave' }, 20_000)])
    for (const [body, then, now] of [
      [remove(carol), 'right', 'not-allowed'],
      [give(carol, 'reader'), 'right', 'not-allowed'],
      [add(carol), 'not-allowed', 'right'],
    ] as const) {
      expect(verdict(left, await write(conversation, alice, body, 30_000))).toBe(then)
      expect(await asked(left, alice, body)).toBe(now)
    }
  })

  test('that they came to stand in for the last owner had not the rights of one', async () => {
    const { conversation } = await group([[alice, add(carol)]])
    const policy: MembersBody = { kind: 'policy', policy: defaultPolicy }
    const unaware = await write(conversation, bob, policy, 30_000)
    const left = (await tell([[alice, { kind: 'leave' }]], conversation, 20_000)).conversation
    expect(verdict(left, unaware)).toBe('not-allowed')
    expect(await asked(left, bob, policy)).toBe('right')
  })

  test('of names and of keys alone is judged by what everybody knows, which is the same and need not be computed again', async () => {
    const { conversation } = await group([[alice, add(carol)]])
    const unaware = await write(conversation, bob, text('hi'), 30_000)
    const { log, members } = (await tell([[carol, { kind: 'profile', name: 'Caroline' }]], conversation, 20_000)).conversation
    const past = pastOf(log, unaware)
    expect(isPresentEnough(log, members, past, unaware)).toBe(true)
    expect(isPresentEnough(log, undefined, past, unaware)).toBe(false)
    expect(isPresentEnough(log, { ...members!, isInherited: true }, past, unaware)).toBe(false)
    expect(isPresentEnough(log, members, past, { ...unaware, device: dave.device })).toBe(false)
    for (const body of [add(dave), remove(carol), give(carol, 'reader')]) {
      expect(isPresentEnough(log, members, past, { ...unaware, body })).toBe(false)
    }
    const more = (await tell([[alice, { kind: 'policy', policy: defaultPolicy }]], conversation, 20_000)).conversation
    expect(isPresentEnough(more.log, more.members, pastOf(more.log, unaware), unaware)).toBe(false)
  })
})
