// Several devices of one person: which of them count, with which keys, and from where on one that was revoked is not heard any more.
import { expect, test } from 'vitest'
import { emptyConversation, takeIn } from '../../../src/core/conversation/conversation.ts'
import { isVoidIn } from '../../../src/core/conversation/counts.ts'
import { lanes, type Head, type MembersBody } from '../../../src/core/event/event.ts'
import { headOf } from '../../../src/core/log/admission.ts'
import { deviceId, eventId, toHex } from '../../../src/core/ids.ts'
import { inOrder, isNewer, resolveDevices, resolveOwners } from '../../../src/core/members/transforms/devices.ts'
import { highestFloor } from '../../../src/core/members/transforms/people.ts'
import {
  add,
  alice,
  bob,
  bytesFor,
  carol,
  createBody,
  deviceCardFor,
  remove,
  room,
  secondDeviceOf,
  takeAll,
  tell,
  text,
  write,
} from '../cast.ts'

const second = secondDeviceOf(bob)
const announce: MembersBody = { kind: 'device', device: second.card.devices[0]! }
const withBob = () =>
  tell([
    [alice, createBody()],
    [alice, add(bob)],
    [bob, announce],
  ])

test('of two cards of one device the newer counts, and of two made at one moment the one with the larger announcement', () => {
  const card = (createdAt: number, key: string) => deviceCardFor(bob.identity, bob.device, key, createdAt)
  expect(isNewer(card(2, 'a'), card(1, 'b'))).toBe(true)
  expect(isNewer(card(1, 'a'), card(2, 'b'))).toBe(false)
  const [small, large] = [card(1, 'a'), card(1, 'b')].toSorted((a, b) => (toHex(a.announcement) < toHex(b.announcement) ? -1 : 1)) as [
    ReturnType<typeof card>,
    ReturnType<typeof card>,
  ]
  expect([isNewer(large, small), isNewer(small, large), isNewer(small, small)]).toEqual([true, false, false])
})

test('devices are listed by their ids, whichever was announced first: epochs are compared by that list', async () => {
  const { conversation } = await withBob()
  const listed = conversation.members!.people.get(bob.identity)!.devices.map((card) => card.device)
  expect(listed).toEqual([bob.device, second.device].toSorted())
  const cards = [bob, second].map((person) => person.card.devices[0]!)
  expect(inOrder(cards)).toEqual(inOrder(cards.toReversed()))
})

test('a device that two people call theirs stays with the first who did', async () => {
  const devices = [...carol.card.devices, deviceCardFor(carol.identity, bob.device, 'claimed')]
  const stolen: MembersBody = { kind: 'add', person: { ...carol.card, devices }, invite: null, floor: [] }
  const { events } = await tell([
    [alice, createBody()],
    [alice, add(bob)],
    [alice, stolen],
  ])
  expect(resolveOwners(events).get(bob.device)).toBe(bob.identity)
  expect(resolveOwners(events.toReversed()).get(bob.device)).toBe(carol.identity)
})

test('cards of a revoked device count no more, those of the others do', async () => {
  const { conversation, events } = await withBob()
  const revoke = await write(conversation, bob, { kind: 'revoke', device: second.device, last: [] }, 9_000)
  expect([...resolveDevices(events).get(bob.identity)!.keys()]).toEqual([bob.device, second.device])
  expect([
    ...resolveDevices([...events, revoke])
      .get(bob.identity)!
      .keys(),
  ]).toEqual([bob.device])
})

test('what a revoked device said unaware of it counts up to where the revoker had heard it, and not beyond', async () => {
  const { conversation, events } = await withBob()
  const heard = await write(conversation, second, text('heard'), 9_000)
  const afterHeard = takeAll(conversation, [heard])
  const unheard = await write(afterHeard, second, text('unheard'), 9_001)
  const revoke = await write(afterHeard, bob, { kind: 'revoke', device: second.device, last: [headOf(heard)] }, 9_002)
  const own = await write(afterHeard, bob, text('Bob goes on'), 9_003)
  for (const order of [
    [heard, unheard, revoke, own],
    [heard, revoke, own, unheard],
  ]) {
    const all = takeAll(takeAll(emptyConversation(room), events), order)
    expect([heard, unheard, own].map((event) => isVoidIn(all, event))).toEqual([false, true, false])
    // Who knows of the revocation writes nothing more that anybody takes.
    expect(takeIn(all, await write(all, second, text('still here'), 9_010)).kind).toBe('refused')
  }
})

test('of the ends that a revocation names, the one of that device counts, and without one nothing that it said', async () => {
  const { conversation } = await withBob()
  const [own, heard] = [await write(conversation, bob, text('mine'), 9_000), await write(conversation, second, text('heard'), 9_001)]
  const more = await write(takeAll(conversation, [own]), bob, text('and mine'), 9_002)
  const held = takeAll(conversation, [own, heard, more])
  for (const [last, lastSeq] of [
    [[headOf(more), headOf(heard)], 1],
    [[headOf(more)], 0],
    [[], 0],
  ] as const) {
    const revoke = await write(held, bob, { kind: 'revoke', device: second.device, last }, 9_010)
    expect(takeAll(held, [revoke]).members!.cutoffsByDevice).toEqual(
      new Map([[second.device, [{ by: bob.device, seq: revoke.seq, lastSeq }]]]),
    )
  }
})

test('only the person revokes their devices, and removes nobody by it', async () => {
  const { conversation } = await withBob()
  const byAlice = await write(conversation, alice, { kind: 'revoke', device: second.device, last: [] }, 9_000)
  expect(takeIn(conversation, byAlice)).toMatchObject({ kind: 'refused', refusal: { kind: 'not-allowed' } })
  const bySecond = await write(conversation, second, { kind: 'revoke', device: bob.device, last: [] }, 9_000)
  const after = takeAll(conversation, [bySecond])
  expect(after.members!.people.get(bob.identity)!.devices.map((card) => card.device)).toEqual([second.device])
  expect(takeIn(after, await write(after, second, text('on my other device'), 9_001)).kind).toBe('taken')
})

test('whoever is removed goes with all devices', async () => {
  const { conversation } = await withBob()
  const after = takeAll(conversation, [await write(conversation, alice, remove(bob), 9_000)])
  for (const device of [bob, second]) expect(takeIn(after, await write(after, device, text('hi'), 9_001)).kind).toBe('refused')
})

test('of several floors the highest counts chain by chain, and of one all of it', () => {
  const end = (lane: Head['lane'], name: string, seq: number): Head => ({
    lane,
    device: deviceId(bytesFor(name)),
    seq,
    id: eventId(bytesFor(`${name} ${seq}`)),
    hlc: seq,
  })
  expect(highestFloor([])).toEqual([])
  expect(highestFloor([[end(lanes.content, 'a', 2)]])).toEqual([end(lanes.content, 'a', 2)])
  const merged = highestFloor([
    [end(lanes.content, 'a', 2), end(lanes.content, 'b', 7)],
    [end(lanes.content, 'a', 5), end(lanes.content, 'b', 3), end(lanes.members, 'a', 1)],
  ])
  expect(merged).toEqual([end(lanes.content, 'a', 5), end(lanes.content, 'b', 7), end(lanes.members, 'a', 1)])
})
