import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyConversation, takeIn, type Conversation } from '../../../src/core/conversation/conversation.ts'
import { isVoidIn } from '../../../src/core/conversation/counts.ts'
import { maxHlc } from '../../../src/core/event/clock.ts'
import { lanes, type Head, type MembersBody, type VerifiedEvent } from '../../../src/core/event/event.ts'
import { eventId, toHex, type DeviceId } from '../../../src/core/ids.ts'
import { maxDevicesPerPerson } from '../../../src/core/limits.ts'
import { restoreLog } from '../../../src/core/members/log.ts'
import { memberDevices, memberOfDevice } from '../../../src/core/members/members.ts'
import { resolveMembers } from '../../../src/core/members/resolve.ts'
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
  group,
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
import { membersOf, play, plan, stateOf } from '../history.ts'
import { pictureOf, tinyPicture } from '../tiny-picture.ts'
import { withStillInputs } from '../still.ts'

const empty = emptyConversation(room)
const here = (conversation: Conversation): readonly string[] =>
  [...conversation.members!.people.values()]
    .map((member) => member.identity)
    .map((identity) => [alice, bob, carol, dave].find((person) => person.identity === identity)!.name)
    .toSorted()
const roleOf = (conversation: Conversation, person: Person): Role | undefined => conversation.members!.people.get(person.identity)?.role

/** Several people write at the same moment, none knowing of the others; then all of it comes together. */
const apart = async (
  from: Conversation,
  deeds: readonly (readonly [Person, MembersBody])[],
): Promise<{ merged: Conversation; events: readonly VerifiedEvent[] }> => {
  const events = await Promise.all(deeds.map(([author, body], index) => write(from, author, body, 50_000 + index)))
  const merged = takeAll(from, events)
  expect(stateOf(takeAll(from, events.toReversed()))).toEqual(stateOf(merged))
  return { merged, events }
}

describe('members', () => {
  test('come out the same from the same operations, in whatever order these came', async () => {
    await fc.assert(
      fc.asyncProperty(plan(), fc.infiniteStream(fc.nat()), async (script, dice) => {
        const { events } = await play(script)
        const shuffled = events.map((event) => ({ event, at: dice.next().value as number })).toSorted((a, b) => a.at - b.at)
        const whole = takeAll(empty, events)
        expect(
          membersOf(
            takeAll(
              empty,
              shuffled.map(({ event }) => event),
            ),
          ),
        ).toEqual(membersOf(whole))
        const log = restoreLog(shuffled.flatMap(({ event }) => (event.lane === 0 ? [event] : [])))
        expect(log.ops.map((op) => op.id)).toEqual(whole.log.ops.map((op) => op.id))
        expect(membersOf({ ...whole, members: withStillInputs([log, log.ops], resolveMembers) })).toEqual(membersOf(whole))
      }),
      { numRuns: 120 },
    )
  })

  test('are never without an owner while anybody is left', async () => {
    await fc.assert(
      fc.asyncProperty(plan(), async (script) => {
        const { members } = takeAll(empty, (await play(script)).events)
        const roles = [...members!.people.values()].map((member) => member.role)
        expect(roles.length === 0 || roles.includes('owner')).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('begin with the creator alone', async () => {
    const { conversation } = await group()
    expect(here(conversation)).toEqual(['Alice'])
    expect(roleOf(conversation, alice)).toBe('owner')
    expect(conversation.members).toMatchObject({ as: 'group', name: 'Garden', policy: defaultPolicy })
  })

  test('cannot begin twice, by somebody else, or under another name', async () => {
    const { conversation } = await group()
    expect(takeIn(conversation, await write(empty, alice, createBody(), 9_000)).kind).toBe('known')
    expect(takeIn(empty, await write(empty, bob, createBody(bob), 1_000)).kind).toBe('refused')
    expect(takeIn(empty, await write(empty, bob, createBody(alice), 1_000)).kind).toBe('refused')
    const otherNonce = { ...createBody(), nonce: new Uint8Array(16) } as MembersBody
    expect(takeIn(empty, await write(empty, alice, otherNonce, 1_000)).kind).toBe('refused')
  })

  test('have one beginning: another device of the creator cannot make one for the same conversation', async () => {
    const other = secondDeviceOf(alice)
    const bothDevices = { ...alice.card, devices: [...alice.card.devices, ...other.card.devices] }
    const second = await write(empty, other, { ...createBody(), person: bothDevices } as MembersBody, 900)
    expect(takeIn(empty, second)).toMatchObject({ kind: 'refused', refusal: { kind: 'not-a-beginning' } })
    expect(takeIn(empty, await write(empty, alice, { ...createBody(), person: bothDevices } as MembersBody, 900)).kind).toBe('taken')
    const { conversation } = await group()
    expect(takeIn(conversation, second)).toMatchObject({ kind: 'refused', refusal: { kind: 'not-a-beginning' } })
  })

  test('who are in are not let in again, and keep their role when two let them in at the same moment', async () => {
    const { conversation } = await group(bob, carol)
    const moderator = (await tell([[alice, give(carol, 'moderator')]], conversation, 20_000)).conversation
    expect(takeIn(moderator, await write(moderator, bob, add(carol), 30_000))).toMatchObject({
      kind: 'refused',
      refusal: { kind: 'not-allowed' },
    })
    // Bob writes late what he could have written before he knew of Carol.
    const before = (await group(bob)).conversation
    const twice = await write(before, bob, add(carol), 40_000)
    expect(roleOf(takeAll(moderator, [twice]), carol)).toBe('moderator')
  })

  test('let in one person by an invite for one: of two who are admitted at the same moment, the first in order', async () => {
    const { conversation } = await group(bob)
    const invite = toHex(bytesFor('invite for one').subarray(0, 16))
    const body: MembersBody = { kind: 'invite', invite, key: bytesFor('k'), meeting: bytesFor('m'), expiresAt: 77, uses: 'single' }
    const invited = (await tell([[alice, body]], conversation, 20_000)).conversation
    const first = await write(invited, bob, add(carol, invite), 30_000)
    const second = await write(invited, alice, add(dave, invite), 30_001)
    for (const events of [
      [first, second],
      [second, first],
    ]) {
      const merged = takeAll(invited, events)
      expect(here(merged)).toEqual(['Alice', 'Bob', 'Carol'])
      expect(merged.members?.invites.get(invite)?.joined).toBe(1)
      expect(merged.members?.voidOps).toEqual(new Set([second.id]))
      // From then on it is no use any more.
      const third = await write(merged, bob, add(dave, invite), 40_000)
      expect(takeIn(merged, third)).toMatchObject({ kind: 'refused', refusal: { kind: 'not-allowed' } })
      expect(takeIn(merged, await write(merged, bob, add(dave), 40_000)).kind).toBe('taken')
    }
  })

  test('who were let in by two at the same moment begin where the later of both stood, chain by chain', async () => {
    const { conversation } = await group(bob)
    const end = ({ device }: Person, seq: number): Head => ({ lane: lanes.content, device, seq, id: eventId(bytesFor(`${seq}`)), hlc: seq })
    const letIn = (floor: readonly Head[]): MembersBody => ({ kind: 'add', person: dave.card, invite: null, floor })
    const { merged } = await apart(conversation, [
      [alice, letIn([end(alice, 3), end(bob, 9)])],
      [bob, letIn([end(bob, 5), end(alice, 4), end(carol, 2)])],
    ])
    const floorOf = (person: Person) => merged.members!.people.get(person.identity)!.floor
    expect(floorOf(dave).toSorted((a, b) => a.seq - b.seq)).toEqual([end(carol, 2), end(alice, 4), end(bob, 9)])
    expect(floorOf(alice)).toEqual([])
  })

  test('are removed by a removal although somebody adds them at the same moment', async () => {
    const { conversation } = await group(bob, carol)
    const { merged } = await apart(conversation, [
      [alice, remove(carol)],
      [bob, add(carol)],
    ])
    expect(here(merged)).toEqual(['Alice', 'Bob'])
  })

  test('come back only by an addition that follows the removal', async () => {
    const { conversation } = await group(bob, carol)
    const gone = (await tell([[alice, remove(carol)]], conversation, 20_000)).conversation
    expect(here(gone)).toEqual(['Alice', 'Bob'])
    expect(takeIn(gone, await write(gone, carol, text('still here?'), 30_000))).toMatchObject({
      kind: 'refused',
      refusal: { kind: 'not-a-member' },
    })
    const back = (await tell([[bob, add(carol)]], gone, 40_000)).conversation
    expect(here(back)).toEqual(['Alice', 'Bob', 'Carol'])
    expect(takeIn(back, await write(back, carol, text('thanks'), 50_000)).kind).toBe('taken')
  })

  test('come back as plain members, whatever they were', async () => {
    const { conversation } = await group(bob, carol)
    const story = await tell(
      [
        [alice, give(carol, 'moderator')],
        [alice, remove(carol)],
        [bob, add(carol)],
      ],
      conversation,
      20_000,
    )
    expect(roleOf(story.conversation, carol)).toBe('member')
  })

  test('leave, and what they say afterwards is not taken', async () => {
    const { conversation } = await group(bob)
    const left = (await tell([[bob, { kind: 'leave' }]], conversation, 20_000)).conversation
    expect(here(left)).toEqual(['Alice'])
    expect(takeIn(left, await write(left, bob, text('one more thing'), 30_000)).kind).toBe('refused')
  })

  test('of whom nobody is an owner any more are owned by the most senior of the highest rank', async () => {
    const { conversation } = await group(bob, carol, dave)
    const story = await tell(
      [
        [alice, give(carol, 'moderator')],
        [alice, { kind: 'leave' }],
      ],
      conversation,
      20_000,
    )
    expect(roleOf(story.conversation, carol)).toBe('owner')
    const more = await tell([[carol, { kind: 'leave' }]], story.conversation, 30_000)
    expect(roleOf(more.conversation, bob)).toBe('owner')
    expect(roleOf(more.conversation, dave)).toBe('member')
  })

  test('who remove each other at the same moment: the senior stays', async () => {
    const { conversation } = await group(bob, carol)
    const owners = (
      await tell(
        [
          [alice, give(bob, 'owner')],
          [alice, give(carol, 'owner')],
        ],
        conversation,
        20_000,
      )
    ).conversation
    const { merged } = await apart(owners, [
      [carol, remove(bob)],
      [bob, remove(carol)],
    ])
    expect(here(merged)).toEqual(['Alice', 'Bob'])
    const { merged: creator } = await apart(owners, [
      [carol, remove(alice)],
      [alice, remove(carol)],
    ])
    expect(here(creator)).toEqual(['Alice', 'Bob'])
  })

  test('who were let in unaware of each other and remove each other at the same moment are both gone', async () => {
    const { conversation } = await group(bob)
    const { merged } = await apart(conversation, [
      [alice, add(carol)],
      [bob, add(dave)],
    ])
    const owners = (
      await tell(
        [
          [alice, give(carol, 'owner')],
          [alice, give(dave, 'owner')],
        ],
        merged,
        60_000,
      )
    ).conversation
    const { merged: after } = await apart(owners, [
      [carol, remove(dave)],
      [dave, remove(carol)],
    ])
    expect(here(after)).toEqual(['Alice', 'Bob'])
  })

  test('who were removed once and are back again remove like anybody else', async () => {
    const { conversation } = await group(bob, carol)
    const back = [remove(bob), add(bob), give(bob, 'moderator')].map((body) => [alice, body] as const)
    const story = await tell([...back, [bob, remove(carol)]], conversation, 20_000)
    expect(here(story.conversation)).toEqual(['Alice', 'Bob'])
  })

  test('whom somebody let in after their own removal, unaware of it or not, do not belong', async () => {
    const { conversation } = await group(bob)
    const { merged, events } = await apart(conversation, [
      [alice, remove(bob)],
      [bob, add(carol)],
    ])
    expect(here(merged)).toEqual(['Alice'])
    expect(merged.members!.voidOps.has(events[1]!.id)).toBe(true)
    // Carol's friends, whom she lets in before she hears of it, do not belong either.
    const bobs = takeAll(conversation, [events[1]!])
    const friend = await write(bobs, carol, add(dave), 60_000)
    const all = takeAll(merged, [friend])
    expect(here(all)).toEqual(['Alice'])
    expect(stateOf(takeAll(takeAll(conversation, [events[1]!, friend]), [events[0]!]))).toEqual(stateOf(all))
  })

  test('have the last name that they gave', async () => {
    const { conversation } = await group(bob)
    const story = await tell(
      [
        [bob, { kind: 'profile', name: 'Robert' }],
        [alice, { kind: 'name', name: 'Orchard' }],
      ],
      conversation,
      20_000,
    )
    expect(story.conversation.members).toMatchObject({ name: 'Orchard' })
    expect(story.conversation.members!.people.get(bob.identity)?.name).toBe('Robert')
    const gone = await tell([[alice, remove(bob)]], story.conversation, 30_000)
    expect(gone.conversation.members!.nameByIdentity.get(bob.identity)).toBe('Robert')
    // Also that of whoever began it and never took another.
    const left = await tell([[alice, { kind: 'leave' }]], conversation, 20_000)
    expect(left.conversation.members!.nameByIdentity.get(alice.identity)).toBe('Alice')
  })

  test('can take another name although the clock of whoever let them in was years ahead', async () => {
    const { conversation } = await group()
    const ahead = await sign({ ...(await write(conversation, alice, add(bob), 10_000)), hlc: maxHlc - 9 })
    const entered = takeAll(conversation, [ahead])
    const named = await write(entered, bob, { kind: 'profile', name: 'Robert' }, 20_000)
    expect(named.hlc).toBeLessThan(ahead.hlc)
    const both = takeAll(entered, [named])
    expect(both.members!.people.get(bob.identity)?.name).toBe('Robert')
    // Whoever lets him in again does so by the name of his card.
    const gone = await tell([[alice, remove(bob)]], both, 30_000)
    const again = await sign({
      ...(await write(gone.conversation, alice, { kind: 'add', person: { ...bob.card, name: 'Bobby' }, invite: null, floor: [] }, 40_000)),
      hlc: maxHlc,
    })
    expect(takeAll(gone.conversation, [again]).members!.people.get(bob.identity)?.name).toBe('Bobby')
  })
})

describe('pictures', () => {
  const other = pictureOf(2, 3)

  test('are the last that somebody gave of themselves, and of the group whoever may name it, until they are taken back', async () => {
    const { conversation } = await group(bob)
    const story = await tell(
      [
        [bob, { kind: 'picture', of: 'self', picture: other }],
        [bob, { kind: 'picture', of: 'group', picture: other }],
        [bob, { kind: 'picture', of: 'self', picture: tinyPicture }],
        [alice, { kind: 'picture', of: 'group', picture: tinyPicture }],
      ],
      conversation,
      20_000,
    )
    const { members } = story.conversation
    expect(members!.picture).toEqual(tinyPicture)
    expect(members!.people.get(bob.identity)?.picture).toEqual(tinyPicture)
    expect(members!.people.get(alice.identity)?.picture).toBeUndefined()
    const none = new Uint8Array(0)
    const back = await tell(
      [
        [bob, { kind: 'picture', of: 'self', picture: none }],
        [alice, { kind: 'picture', of: 'group', picture: none }],
      ],
      story.conversation,
      30_000,
    )
    expect(back.conversation.members!.picture).toBeUndefined()
    expect(back.conversation.members!.people.get(bob.identity)?.picture).toBeUndefined()
  })

  test('of the group are not for readers to change, and that of somebody who was removed unaware falls with them', async () => {
    const { conversation } = await group(bob)
    const reader = await tell([[alice, { kind: 'role', identity: bob.identity, role: 'reader' }]], conversation, 20_000)
    const change = await write(reader.conversation, bob, { kind: 'picture', of: 'group', picture: tinyPicture }, 30_000)
    expect(takeIn(reader.conversation, change).kind).toBe('refused')
    const { merged } = await apart(conversation, [
      [alice, remove(bob)],
      [bob, { kind: 'picture', of: 'group', picture: tinyPicture }],
    ])
    expect(merged.members!.picture).toBeUndefined()
  })
})

describe('rights', () => {
  const may = async (author: Person, body: MembersBody, role: Role, policy = defaultPolicy): Promise<boolean> => {
    const { conversation } = await group(bob, carol)
    const set = (
      await tell(
        [
          [alice, { kind: 'policy', policy }],
          [alice, give(bob, role)],
        ],
        conversation,
        20_000,
      )
    ).conversation
    return takeIn(set, await write(set, author, body, 30_000)).kind === 'taken'
  }
  const policy: MembersBody = { kind: 'policy', policy: defaultPolicy }
  const invitation: MembersBody = {
    kind: 'invite',
    invite: toHex(bytesFor('i').subarray(0, 16)),
    key: bytesFor('k'),
    meeting: bytesFor('m'),
    expiresAt: 1,
    uses: 'many',
  }

  test.each<[string, MembersBody, readonly Role[]]>([
    ['leave', { kind: 'leave' }, ['reader', 'member', 'moderator', 'owner']],
    ['take another name', { kind: 'profile', name: 'B.' }, ['reader', 'member', 'moderator', 'owner']],
    [
      'announce their device',
      { kind: 'device', device: deviceCardFor(bob.identity, bob.device, 'new', 9) },
      ['reader', 'member', 'moderator', 'owner'],
    ],
    ["announce another's device", { kind: 'device', device: deviceCardFor(carol.identity, carol.device, 'new', 9) }, []],
    ['revoke their own device', { kind: 'revoke', device: bob.device, last: [] }, ['reader', 'member', 'moderator', 'owner']],
    ["revoke another's device", { kind: 'revoke', device: carol.device, last: [] }, []],
    ['name the group', { kind: 'name', name: 'Orchard' }, ['member', 'moderator', 'owner']],
    ['invite', invitation, ['member', 'moderator', 'owner']],
    ['withdraw an invite', { kind: 'withdraw', invite: toHex(bytesFor('i').subarray(0, 16)) }, ['member', 'moderator', 'owner']],
    ['slow the group down', { kind: 'slow', seconds: 30 }, ['moderator', 'owner']],
    ['let somebody in', add(dave), ['member', 'moderator', 'owner']],
    ['let somebody in by an invite that is not there', add(dave, toHex(bytesFor('i').subarray(0, 16))), []],
    ['remove a member', remove(carol), ['moderator', 'owner']],
    ['remove an owner', remove(alice), ['owner']],
    ['remove a stranger', remove(dave), []],
    ['make readers', give(carol, 'reader'), ['moderator', 'owner']],
    ['make moderators', give(carol, 'moderator'), ['owner']],
    ['make themselves an owner', give(bob, 'owner'), ['owner']],
    ['unmake an owner', give(alice, 'member'), ['owner']],
    ['set the policy', policy, ['owner']],
  ])('to %s are the right people’s', async (_, body, roles) => {
    for (const role of ['reader', 'member', 'moderator', 'owner'] as const) {
      expect([role, await may(bob, body, role)]).toEqual([role, roles.includes(role)])
    }
  })

  test('to say after which time messages disappear: both of two, and in a group those who look after it; the last word counts', async () => {
    const pair = await tell([
      [alice, createBody(alice, 'direct')],
      [alice, add(bob)],
      [bob, { kind: 'timer', seconds: 30 }],
    ])
    expect(pair.conversation.members?.timer).toBe(30)
    const { conversation: begun } = await group(bob)
    expect(begun.members?.timer).toBe(0)
    const byBob = await write(begun, bob, { kind: 'timer', seconds: 30 }, 5_000)
    expect(takeIn(begun, byBob)).toMatchObject({ kind: 'refused', refusal: { kind: 'not-allowed' } })
    const { conversation } = await tell(
      [
        [alice, { kind: 'role', identity: bob.identity, role: 'moderator' }],
        [bob, { kind: 'timer', seconds: 300 }],
        [alice, { kind: 'timer', seconds: 60 }],
      ],
      begun,
      6_000,
    )
    expect(conversation.members?.timer).toBe(60)
  })

  test('to post and to invite follow the policy', async () => {
    const strict = { ...defaultPolicy, invite: 'moderator', post: 'moderator' } as const
    expect(await may(bob, add(dave), 'member', strict)).toBe(false)
    expect(await may(bob, add(dave), 'moderator', strict)).toBe(true)
    const { conversation } = await group(bob)
    const channel = (await tell([[alice, { kind: 'policy', policy: strict }]], conversation, 20_000)).conversation
    expect(takeIn(channel, await write(channel, bob, text('hi'), 30_000)).kind).toBe('refused')
    expect(takeIn(channel, await write(channel, alice, text('hi'), 30_000)).kind).toBe('taken')
    const reaction = { kind: 'reaction', target: { id: channel.log.ops[0]!.id, hlc: 1 }, emoji: '🌱', on: true } as const
    expect(takeIn(channel, await write(channel, bob, reaction, 30_000)).kind).toBe('taken')
  })

  test.each([
    ['reader', 'moderator', false],
    ['member', 'moderator', false],
    ['moderator', 'moderator', true],
    ['owner', 'moderator', true],
    ['member', 'member', true],
    ['moderator', 'owner', false],
  ] as const)('to pin: as a %s where %ss may, and it counts: %s', async (role, least, counts) => {
    const { conversation } = await group(bob)
    const story: Parameters<typeof tell>[0] = [
      [alice, { kind: 'policy', policy: { ...defaultPolicy, post: 'reader', pin: least } }],
      [alice, give(bob, role)],
      [alice, text('first')],
    ]
    const { conversation: held, events } = await tell(story, conversation, 20_000)
    const target = { id: events[2]!.id, hlc: events[2]!.hlc }
    const pin = await write(held, bob, { kind: 'pin', target, on: true }, 30_000)
    // Everybody holds it either way, as a page does that knows no pins.
    const taken = takeIn(held, pin)
    expect(taken.kind).toBe('taken')
    if (taken.kind === 'taken') expect(isVoidIn(taken.conversation, pin)).toBe(!counts)
    // What its author was not allowed then stays uncounted, whatever is given later.
    const later = (await tell([[alice, give(bob, 'owner')]], held, 40_000)).conversation
    expect(isVoidIn(later, pin)).toBe(!counts)
  })

  test('are judged by what the author had seen, not by what came later', async () => {
    const { conversation } = await group(bob, carol)
    const words = await write(conversation, carol, text('unaware'), 60_000)
    const gone = (await tell([[alice, remove(carol)]], conversation, 20_000)).conversation
    expect(takeIn(gone, words).kind).toBe('taken')
  })

  test('in a direct conversation: nobody is removed, no third comes in', async () => {
    const { conversation } = await tell([
      [alice, createBody(alice, 'direct')],
      [alice, add(bob)],
    ])
    for (const [author, body] of [
      [alice, remove(bob)],
      [alice, add(carol)],
      [bob, add(carol)],
      [alice, { kind: 'name', name: 'Us' }],
      [alice, give(bob, 'reader')],
    ] as const) {
      expect(takeIn(conversation, await write(conversation, author, body, 9_000)).kind).toBe('refused')
    }
  })
})

describe('devices', () => {
  test('speak for whoever certified them, and only while these are here', async () => {
    const second = secondDeviceOf(bob)
    const { conversation } = await group(bob)
    expect(takeIn(conversation, await write(conversation, second, text('hi'), 9_000)).kind).toBe('refused')
    const story = await tell(
      [
        [bob, { kind: 'device', device: second.card.devices[0]! }],
        [second, text('hi')],
      ],
      conversation,
      20_000,
    )
    expect(memberOfDevice(story.conversation.members!, second.device)?.identity).toBe(bob.identity)
    expect(
      memberDevices(story.conversation.members!)
        .map((card) => card.device)
        .toSorted(),
    ).toEqual([alice.device, bob.device, second.device].toSorted())
    const gone = (await tell([[alice, remove(bob)]], story.conversation, 30_000)).conversation
    expect(memberOfDevice(gone.members!, second.device)).toBeUndefined()
    expect(gone.members!.ownerByDevice.get(second.device)).toBe(bob.identity)
  })

  test('have the keys of their newest card, in whatever order the cards came', async () => {
    const { conversation } = await group(bob)
    const cards = [5, 9, 9, 2].map((createdAt, index) => deviceCardFor(bob.identity, bob.device, `key ${index}`, createdAt))
    const story = await tell(
      cards.map((device) => [bob, { kind: 'device', device }] as const),
      conversation,
      20_000,
    )
    const backwards = await tell(
      cards.toReversed().map((device) => [bob, { kind: 'device', device }] as const),
      conversation,
      20_000,
    )
    const keysIn = (state: Conversation) => toHex(state.members!.people.get(bob.identity)!.devices[0]!.keys[0]!.publicKey)
    expect([toHex(cards[1]!.keys[0]!.publicKey), toHex(cards[2]!.keys[0]!.publicKey)]).toContain(keysIn(story.conversation))
    expect(keysIn(backwards.conversation)).toBe(keysIn(story.conversation))
  })

  test('that were revoked are gone for good, and so is what they say', async () => {
    const second = secondDeviceOf(bob)
    const { conversation } = await group(bob)
    const device = second.card.devices[0]!
    const story = await tell(
      [
        [bob, { kind: 'device', device }],
        [bob, { kind: 'revoke', device: second.device, last: [] }],
      ],
      conversation,
      20_000,
    )
    const state = (await tell([[bob, { kind: 'device', device: { ...device, createdAt: 99 } }]], story.conversation, 30_000)).conversation
    expect(memberOfDevice(state.members!, second.device)).toBeUndefined()
    expect(takeIn(state, await write(state, second, text('hi'), 40_000)).kind).toBe('refused')
  })

  test('are at most 8 of a person', async () => {
    const { conversation } = await group(bob)
    const devices = Array.from({ length: 10 }, (_, index) =>
      deviceCardFor(bob.identity, toHex(bytesFor(`device ${index}`)) as DeviceId, `${index}`),
    )
    const story = await tell(
      devices.map((device) => [bob, { kind: 'device', device }] as const),
      conversation,
      20_000,
    )
    expect(story.conversation.members!.people.get(bob.identity)!.devices).toHaveLength(maxDevicesPerPerson)
  })
})

describe('invites', () => {
  test('are known with who made them and how many came by them', async () => {
    const invite = toHex(bytesFor('i').subarray(0, 16))
    const { conversation } = await group(bob)
    const story = await tell(
      [
        [bob, { kind: 'invite', invite, key: bytesFor('k'), meeting: bytesFor('m'), expiresAt: 77, uses: 'many' }],
        [bob, add(carol, invite)],
      ],
      conversation,
      20_000,
    )
    const { merged } = await apart(story.conversation, [
      [alice, add(dave, invite)],
      [bob, add(dave, invite)],
    ])
    expect([...merged.members!.invites.values()]).toMatchObject([{ invite, by: bob.identity, expiresAt: 77, uses: 'many', joined: 2 }])
  })

  test('let nobody in once they were withdrawn, but for those who did not know of it', async () => {
    const invite = toHex(bytesFor('i').subarray(0, 16))
    const { conversation } = await group(bob)
    const given = await tell(
      [[bob, { kind: 'invite', invite, key: bytesFor('k'), meeting: bytesFor('m'), expiresAt: 77, uses: 'many' }]],
      conversation,
      20_000,
    )
    const { merged } = await apart(given.conversation, [
      [alice, { kind: 'withdraw', invite }],
      [bob, add(carol, invite)],
    ])
    expect(merged.members?.invites.get(invite)).toMatchObject({ isWithdrawn: true, joined: 1 })
    expect(here(merged)).toEqual(['Alice', 'Bob', 'Carol'])
    const late = await write(merged, bob, add(dave, invite), 60_000)
    expect(takeIn(merged, late)).toMatchObject({ kind: 'refused', refusal: { kind: 'not-allowed' } })
    // What is withdrawn before it was given holds.
    const other = toHex(bytesFor('other').subarray(0, 16))
    const early = await tell(
      [
        [alice, { kind: 'withdraw', invite: other }],
        [alice, { kind: 'invite', invite: other, key: bytesFor('k'), meeting: bytesFor('m'), expiresAt: 77, uses: 'many' }],
      ],
      merged,
      70_000,
    )
    expect(early.conversation.members?.invites.get(other)).not.toHaveProperty('isWithdrawn')
  })

  test('keep their first meaning when somebody gives the same id another', async () => {
    const invite = toHex(bytesFor('i').subarray(0, 16))
    const { conversation } = await group(bob)
    const first: MembersBody = { kind: 'invite', invite, key: bytesFor('k'), meeting: bytesFor('m'), expiresAt: 77, uses: 'single' }
    const story = await tell(
      [
        [alice, first],
        [bob, { ...first, key: bytesFor('other'), uses: 'many' }],
      ],
      conversation,
      20_000,
    )
    expect(story.conversation.members!.invites.get(invite)).toMatchObject({ by: alice.identity, uses: 'single', key: bytesFor('k') })
  })
})

describe('a log of operations', () => {
  test('is restored as it was although a clock lied', async () => {
    const { conversation } = await group(bob)
    const honest = await write(conversation, bob, add(carol), 9_000)
    // Bob claims to have written before anything was there.
    const liar = await sign({ ...honest, hlc: 1 })
    const held = takeAll(conversation, [liar])
    expect(held.log.ops[0]!.id).toBe(liar.id)
    const restored = restoreLog(held.log.ops)
    expect(stateOf({ ...held, log: restored, members: resolveMembers(restored, restored.ops) })).toEqual(stateOf(held))
  })
})
