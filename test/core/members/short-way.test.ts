// What `advance` does at once, and what it leaves to the rule: one story for each. What is plain costs the same in a group with thousands of
// operations behind it; what is not must not be taken for plain. Either way the members are those that all operations give.
import { describe, expect, test } from 'vitest'
import { emptyConversation, type Conversation } from '../../../src/core/conversation/conversation.ts'
import { lanes, type Head, type MembersBody, type UnknownBody, type VerifiedEvent } from '../../../src/core/event/event.ts'
import { deviceId, eventId, toHex } from '../../../src/core/ids.ts'
import { advance } from '../../../src/core/members/advance.ts'
import type { PersonCard } from '../../../src/core/members/card.ts'
import type { Members } from '../../../src/core/members/members.ts'
import { resolveMembers } from '../../../src/core/members/resolve.ts'
import { defaultPolicy } from '../../../src/core/members/role.ts'
import {
  add,
  alice,
  aliceAgain,
  bob,
  bytesFor,
  carol,
  createBody,
  dave,
  deviceCardFor,
  give,
  op,
  remove,
  room,
  secondDeviceOf,
  takeAll,
  tell,
  type Person,
} from '../cast.ts'
import { membersOf } from '../history.ts'
import { withStillInputs } from '../still.ts'
import { tinyPicture } from '../tiny-picture.ts'

type Body = MembersBody | UnknownBody
type Story = readonly (readonly [Person, Body])[]

const inviteId = toHex(bytesFor('invite').subarray(0, 16))
const invite = (uses: 'single' | 'many'): MembersBody => ({
  kind: 'invite',
  invite: inviteId,
  key: bytesFor('k'),
  meeting: bytesFor('m'),
  expiresAt: 77,
  uses,
})
const keys = (person: Person, key: string, createdAt: number): MembersBody => ({
  kind: 'device',
  device: deviceCardFor(person.identity, person.device, key, createdAt),
})
const end = (person: Person, seq: number): Head => ({
  lane: lanes.content,
  device: person.device,
  seq,
  id: eventId(bytesFor(`${person.name} ${seq}`)),
  hlc: seq,
})

/** Alice's group with Bob and Carol in it, and what happened since. */
const after = async (story: Story = []): Promise<Conversation> =>
  (await tell([[alice, createBody()], [alice, add(bob)], [alice, add(carol)], ...story])).conversation

/** The members after one more operation, which are those that all operations give; and whether that was done without going through these. */
const next = (held: Conversation, event: VerifiedEvent): { readonly members: Members | undefined; readonly atOnce: boolean } => {
  const lane = withStillInputs([held, event], advance)
  expect(lane.log.ops).toHaveLength(held.log.ops.length + 1)
  expect(membersOf({ ...held, ...lane })).toEqual(membersOf({ ...held, ...lane, members: resolveMembers(lane.log, lane.log.ops) }))
  return { members: lane.members, atOnce: lane.members?.voidOps === held.members?.voidOps }
}

const bobTwice = secondDeviceOf(bob)
const announce: MembersBody = { kind: 'device', device: bobTwice.card.devices[0]! }
/** Dave with three devices, named in no order, and with one that is Bob's. */
const several: PersonCard = {
  ...dave.card,
  devices: ['c', 'a', 'b'].map((name) => deviceCardFor(dave.identity, deviceId(bytesFor(`device ${name}`)), name)),
}
const claiming: PersonCard = { ...dave.card, devices: [...dave.card.devices, deviceCardFor(dave.identity, bob.device, 'claimed')] }
const heard = (person: Person, ...devices: readonly Person[]): MembersBody => ({
  kind: 'remove',
  identity: person.identity,
  last: devices.map((device, at) => end(device, 4 + at)),
})

describe('without going through all that was before', () => {
  test.each<[string, Story, Person, Body]>([
    ['what a newer version means by it is not asked', [], bob, { kind: 'unknown', name: 'hologram', content: [] }],
    ['the group gets another name', [], bob, { kind: 'name', name: 'Orchard' }],
    ['the group gets another policy', [], alice, { kind: 'policy', policy: { ...defaultPolicy, post: 'moderator' } }],
    ['somebody gets another name', [], bob, { kind: 'profile', name: 'Robert' }],
    ['somebody gets a picture', [], bob, { kind: 'picture', of: 'self', picture: tinyPicture }],
    ['the group gets a picture', [], bob, { kind: 'picture', of: 'group', picture: tinyPicture }],
    ['a device gets new keys', [], bob, keys(bob, 'new', 9)],
    ['one of two devices gets new keys', [[bob, announce]], bob, keys(bob, 'new', 9)],
    ['keys that are older than the known ones change nothing', [[bob, keys(bob, 'new', 9)]], bob, keys(bob, 'old', 5)],
    ['an invite is made', [], bob, invite('single')],
    ['an invite of an id that is taken changes nothing', [[bob, invite('single')]], alice, invite('many')],
    ['somebody is let in', [], bob, { ...add(dave), floor: [end(bob, 3)] } as MembersBody],
    ['somebody comes by an invite for one', [[bob, invite('single')]], bob, add(dave, inviteId)],
    ['somebody comes by an invite for many', [[bob, invite('many')]], bob, add(dave, inviteId)],
    ['somebody comes with several devices', [], bob, { ...add(dave), person: several } as MembersBody],
    ['a member becomes a moderator', [], alice, give(bob, 'moderator')],
    ['a member becomes an owner', [], alice, give(bob, 'owner')],
    ['a member leaves', [], bob, { kind: 'leave' }],
    ['a member is removed', [], alice, remove(bob)],
    ['a member is removed with all devices, up to where each was heard', [[bob, announce]], alice, heard(bob, bobTwice)],
  ])('%s', async (_, story, author, body) => {
    const held = await after(story)
    expect(next(held, await op(held, author, body))).toMatchObject({ atOnce: true })
  })

  test('a second person comes by an invite for many, and both are counted', async () => {
    const held = await after([
      [alice, remove(carol)],
      [bob, invite('many')],
      [bob, add(dave, inviteId)],
    ])
    const { members, atOnce } = next(held, await op(held, bob, add(aliceAgain, inviteId)))
    expect([atOnce, members?.invites.get(inviteId)?.joined]).toEqual([true, 2])
  })

  test('what its author wrote unaware of anything but removals is taken in', async () => {
    const held = await after()
    const unaware = await op(held, bob, { kind: 'name', name: 'Orchard' }, 10_000)
    const meanwhile = takeAll(held, [await op(held, alice, { kind: 'policy', policy: { ...defaultPolicy, invite: 'owner' } })])
    expect(next(meanwhile, unaware)).toMatchObject({ atOnce: true })
  })

  test('whose device is removed a second time keeps both ends', async () => {
    const held = await after([
      [alice, heard(bob, bob)],
      [alice, add(bob)],
    ])
    // Bob came back, which is for the rule; that he goes again is plain.
    const { members, atOnce } = next(held, await op(held, alice, remove(bob)))
    expect(atOnce).toBe(true)
    expect(members?.cutoffsByDevice.get(bob.device)?.map(({ lastSeq }) => lastSeq)).toEqual([4, 0])
  })
})

describe('by going through all that was before', () => {
  test.each<[string, Story, Person, Body]>([
    ['a device is new', [], bob, announce],
    ['keys say that they are somebody else’s', [], bob, { kind: 'device', device: deviceCardFor(carol.identity, bob.device, 'x', 9) }],
    ['a device is revoked', [[bob, announce]], bob, { kind: 'revoke', device: bobTwice.device, last: [] }],
    ['somebody comes back', [[alice, remove(bob)]], alice, add(bob)],
    ['somebody comes with a device that is another’s', [], alice, { ...add(dave), person: claiming } as MembersBody],
    ['an owner is given another role', [[alice, give(bob, 'owner')]], alice, give(bob, 'member')],
    ['the last owner leaves', [], alice, { kind: 'leave' }],
    ['an owner is removed', [[alice, give(bob, 'owner')]], alice, remove(bob)],
    ['an owner removes themselves', [[alice, give(bob, 'owner')]], bob, remove(bob)],
    ['the heir lets somebody in', [[alice, { kind: 'leave' }]], bob, add(dave)],
    ['the heir gives a role', [[alice, { kind: 'leave' }]], bob, give(carol, 'owner')],
    ['a member leaves a group that an heir looks after', [[alice, { kind: 'leave' }]], carol, { kind: 'leave' }],
  ])('%s', async (_, story, author, body) => {
    const held = await after(story)
    expect(next(held, await op(held, author, body))).toMatchObject({ atOnce: false })
  })

  test('it begins', async () => {
    const { events } = await tell([[alice, createBody()]])
    expect(next(emptyConversation(room), events[0]!)).toMatchObject({ atOnce: false, members: { name: 'Garden' } })
  })

  test('it comes late and stands in the middle', async () => {
    const held = await after()
    const early = await op(held, bob, { kind: 'name', name: 'Orchard' }, 9_000)
    const late = await op(held, alice, { kind: 'name', name: 'Meadow' }, 9_500)
    const { members, atOnce } = next(takeAll(held, [late]), early)
    expect([atOnce, members?.name]).toEqual([false, 'Meadow'])
  })

  test('its author had not seen that somebody was removed', async () => {
    const held = await after()
    const unaware = await op(held, bob, { kind: 'name', name: 'Orchard' }, 10_000)
    const others = takeAll(held, [await op(held, alice, remove(carol))])
    expect(next(others, unaware)).toMatchObject({ atOnce: false, members: { name: 'Orchard' } })
    const itself = takeAll(held, [await op(held, alice, remove(bob))])
    expect(next(itself, unaware)).toMatchObject({ atOnce: false, members: { name: 'Garden' } })
  })

  test('somebody is removed by an author who had not seen everything', async () => {
    const held = await after()
    const unaware = await op(held, alice, remove(carol), 10_000)
    const meanwhile = takeAll(held, [await op(held, carol, add(dave))])
    const { members, atOnce } = next(meanwhile, unaware)
    expect([atOnce, members?.people.has(dave.identity)]).toEqual([false, false])
  })

  test('somebody is given a role who left meanwhile', async () => {
    const held = await after()
    const unaware = await op(held, alice, give(bob, 'moderator'), 10_000)
    const { members, atOnce } = next(takeAll(held, [await op(held, bob, { kind: 'leave' })]), unaware)
    expect([atOnce, members?.people.has(bob.identity)]).toEqual([false, false])
  })

  test('two come by an invite for one, neither of those who let them in aware of the other', async () => {
    const held = await after([[bob, invite('single')]])
    const second = await op(held, bob, add(aliceAgain, inviteId), 10_000)
    const meanwhile = takeAll(held, [await op(held, alice, add(dave, inviteId))])
    const { members, atOnce } = next(meanwhile, second)
    expect([atOnce, members?.invites.get(inviteId)?.joined, members?.people.size]).toEqual([false, 1, 4])
  })

  test('two let the same person in, neither aware of the other', async () => {
    const held = await after()
    const second = await op(held, bob, add(dave), 10_000)
    const meanwhile = takeAll(held, [await op(held, alice, { ...add(dave), person: { ...dave.card, name: 'David' } } as MembersBody)])
    expect(next(meanwhile, second)).toMatchObject({ atOnce: false })
    // With other devices too.
    const elsewhere = await op(held, bob, { ...add(dave), person: secondDeviceOf(dave).card } as MembersBody, 10_000)
    expect(next(meanwhile, elsewhere)).toMatchObject({ atOnce: false })
  })

  test('an invite is made while an operation is held that does not count, which may have been one of the same link', async () => {
    const held = await after()
    const unaware = await op(held, bob, { kind: 'name', name: 'Orchard' }, 9_500)
    const voided = takeAll(takeAll(held, [await op(held, alice, remove(bob))]), [unaware])
    expect(voided.members?.voidOps.size).toBe(1)
    expect(next(voided, await op(voided, alice, invite('many'), 10_000))).toMatchObject({ atOnce: false })
  })

  test('its author does not belong', async () => {
    const held = await after()
    expect(next(held, await op(held, dave, { kind: 'name', name: 'Orchard' }))).toMatchObject({
      atOnce: false,
      members: { name: 'Garden' },
    })
  })
})
