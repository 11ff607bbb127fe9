// What an author had seen of the members lane, told by one number a device; and which operations others' rights may hang on.
import { describe, expect, test } from 'vitest'
import { emptyConversation, takeIn } from '../../../src/core/conversation/conversation.ts'
import { lanes, type MembersBody, type UnknownBody } from '../../../src/core/event/event.ts'
import { eventId, toHex } from '../../../src/core/ids.ts'
import {
  appendOp,
  emptyMembersLog,
  namesHeldOps,
  opsSeen,
  pastOf,
  pastOfOp,
  restoreLog,
  saw,
  sawAll,
  sawAllRemovals,
  sawAllThatWeighs,
  seenUpTo,
} from '../../../src/core/members/log.ts'
import { defaultPolicy } from '../../../src/core/members/role.ts'
import {
  add,
  alice,
  bob,
  bytesFor,
  carol,
  dave,
  deviceCardFor,
  group,
  op,
  remove,
  room,
  secondDeviceOf,
  sign,
  takeAll,
  tell,
  text,
  write,
} from '../cast.ts'
import { tinyPicture } from '../tiny-picture.ts'

type Body = MembersBody | UnknownBody

const profile = (name: string): MembersBody => ({ kind: 'profile', name })
const other = eventId(bytesFor('another operation'))

describe('what an author had seen', () => {
  test('is what the operations that the event names had seen, and these themselves', async () => {
    const { conversation, events } = await group(bob, carol)
    const bobs = await op(conversation, bob, profile('Robert'))
    const carols = await op(conversation, carol, profile('Caroline'))
    const both = takeAll(conversation, [bobs, carols])
    const past = pastOf(both.log, await write(takeAll(conversation, [bobs]), alice, text('hi'), 10_000))
    expect([alice, bob, carol, dave].map(({ device }) => seenUpTo(past, device))).toEqual([3, 1, 0, 0])
    expect([...events, bobs, carols].map((event) => saw(past, event))).toEqual([true, true, true, true, false])
    expect(opsSeen(both.log, past)).toEqual([...events, bobs])
    expect(sawAll(both.log, past)).toBe(false)
    expect(sawAll(both.log, pastOf(both.log, await write(both, dave, text('hi'), 10_000)))).toBe(true)
  })

  test('is its own chain too, as far as it goes before the event, and what that had seen', async () => {
    const { conversation } = await group(bob, carol)
    const story = await tell([[bob, profile('Robert')]], conversation, 20_000)
    const [first] = story.events
    const second = await op(story.conversation, bob, profile('Bobby'), 30_000)
    expect(second).toMatchObject({ seq: 2, prev: first!.id, deps: [] })
    const { log } = takeAll(story.conversation, [second])
    expect([alice, bob].map(({ device }) => seenUpTo(pastOfOp(log, second), device))).toEqual([3, 1])
    expect([alice, bob].map(({ device }) => seenUpTo(pastOfOp(log, first!), device))).toEqual([3, 0])
    // What is said has a chain of its own, whose numbers mean other things.
    const words = await sign({ ...second, lane: lanes.content, deps: [] })
    expect(pastOf(log, words).seqs.every((seq) => seq === 0)).toBe(true)
  })

  test('is the most of what each name stands for: to name what is older too takes nothing back', async () => {
    const { conversation, events } = await group(bob, carol)
    const bobs = await op(conversation, bob, profile('Robert'))
    const { log } = takeAll(conversation, [bobs])
    const deps = [bobs, events[0]!].map(({ lane, device, seq, id }) => ({ lane, device, seq, id }))
    for (const named of [deps, deps.toReversed()]) {
      const past = pastOf(log, await sign({ ...bobs, device: carol.device, deps: named }))
      expect([alice, bob].map(({ device }) => seenUpTo(past, device))).toEqual([3, 1])
    }
  })

  test('is nothing by a name that stands for another operation, or by the name of something said', async () => {
    const { conversation } = await group(bob, carol)
    const honest = await write(conversation, bob, text('hi'), 9_000)
    const [dep] = honest.deps
    expect(seenUpTo(pastOf(conversation.log, honest), alice.device)).toBe(3)
    for (const wrong of [
      { ...dep!, id: other },
      { ...dep!, device: dave.device },
      { ...dep!, seq: 4 },
      { ...dep!, lane: lanes.content },
    ]) {
      const past = pastOf(conversation.log, await sign({ ...honest, deps: [wrong] }))
      expect(seenUpTo(past, alice.device)).toBe(0)
      expect(namesHeldOps(conversation.log, { ...honest, deps: [wrong] })).toBe(wrong.lane === lanes.content)
      expect(namesHeldOps(conversation.log, { ...honest, deps: [dep!, wrong] })).toBe(wrong.lane === lanes.content)
    }
    expect(namesHeldOps(conversation.log, honest)).toBe(true)
    expect(namesHeldOps(conversation.log, { ...honest, deps: [] })).toBe(true)
  })

  test('is nothing for an operation that is not held', async () => {
    const { conversation } = await group(bob, carol)
    const unheld = await op(conversation, bob, profile('Robert'))
    expect(seenUpTo(pastOfOp(conversation.log, unheld), alice.device)).toBe(0)
    expect(seenUpTo(pastOf(conversation.log, { ...unheld, seq: 2, prev: other, deps: [] }), alice.device)).toBe(0)
  })
})

describe('whoever had not seen', () => {
  const bobTwice = secondDeviceOf(bob)
  const invite: MembersBody = {
    kind: 'invite',
    invite: toHex(bytesFor('i').subarray(0, 16)),
    key: bytesFor('k'),
    meeting: bytesFor('m'),
    expiresAt: 1,
    uses: 'many',
  }

  test.each<[string, Body, weighs: boolean]>([
    ['another name of the group', { kind: 'name', name: 'Orchard' }, false],
    ['another name of somebody', profile('Robert'), false],
    ['a picture', { kind: 'picture', of: 'group', picture: tinyPicture }, false],
    ['an invite', invite, false],
    ['that somebody left', { kind: 'leave' }, false],
    ['what a newer version means by it', { kind: 'unknown', name: 'hologram', content: [] }, false],
    ['new keys of the device that speaks', { kind: 'device', device: deviceCardFor(bob.identity, bob.device, 'new', 9) }, false],
    ['another device', { kind: 'device', device: bobTwice.card.devices[0]! }, true],
    ['that a device was revoked', { kind: 'revoke', device: bobTwice.device, last: [] }, true],
    ['that somebody was let in', add(dave), true],
    ['another role', { kind: 'role', identity: carol.identity, role: 'reader' }, true],
    ['another policy', { kind: 'policy', policy: defaultPolicy }, true],
    ['that somebody was removed', remove(carol), true],
  ])('%s', async (_, body, weighs) => {
    const { conversation } = await group(bob, carol)
    const words = await write(conversation, alice, text('unaware'), 10_000)
    const log = appendOp(conversation.log, await op(conversation, bob, body))
    const past = pastOf(log, words)
    expect(sawAll(log, past)).toBe(false)
    // Rights may hang on it, or they do not.
    expect(sawAllThatWeighs(log, past)).toBe(!weighs)
    expect(sawAllRemovals(log, past)).toBe(body.kind !== 'remove')
    // What comes behind it of the same device takes nothing away from that.
    const more = appendOp(log, await sign({ ...(await op(conversation, bob, profile('Bobby'), 11_000)), seq: 2, prev: log.ops.at(-1)!.id }))
    expect([sawAllThatWeighs(more, past), sawAllRemovals(more, past)]).toEqual([!weighs, body.kind !== 'remove'])
  })

  test('new keys that a clock which lied puts before something held, did not see what may be the first word on a device', async () => {
    const { conversation } = await group(bob, carol)
    const words = await write(conversation, alice, text('unaware'), 10_000)
    const honest = await op(conversation, bob, { kind: 'device', device: deviceCardFor(bob.identity, bob.device, 'new', 9) })
    const liar = await sign({ ...honest, hlc: 1 })
    const log = appendOp(conversation.log, liar)
    expect(log.ops[0]!.id).toBe(liar.id)
    expect(sawAllThatWeighs(log, pastOf(log, words))).toBe(false)
  })
})

describe('the log', () => {
  test('stands in order of the clock, and of equal clocks by id, whatever came first', async () => {
    const { conversation } = await group(bob, carol)
    const ops = await Promise.all(
      [alice, bob, carol].map(async (person) => sign({ ...(await op(conversation, person, profile(`${person.name} II`))), hlc: 1e10 })),
    )
    const inOrder = ops.map(({ id }) => id).toSorted()
    for (const [a, b, c] of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ] as const) {
      const log = [ops[a]!, ops[b]!, ops[c]!].reduce(appendOp, conversation.log)
      expect(log.ops.slice(3).map(({ id }) => id)).toEqual(inOrder)
    }
  })

  test('is restored without what does not follow: whose own past is another, what leaves a gap, what names what is not there', async () => {
    const { conversation, events } = await group(bob, carol)
    const honest = await op(conversation, alice, { kind: 'name', name: 'Orchard' })
    const astray = await Promise.all([
      sign({ ...honest, seq: 4, prev: other, hlc: honest.hlc - 1 }),
      sign({ ...honest, seq: 6 }),
      sign({
        ...(await op(conversation, bob, profile('Robert'))),
        deps: [{ lane: lanes.members, device: alice.device, seq: 1, id: other }],
      }),
    ])
    const held = takeAll(emptyConversation(room), [...events, honest]).log
    expect(restoreLog([...astray, honest, ...events.toReversed()])).toEqual(held)
    // Nor does an operation count twice that is told twice.
    expect(restoreLog([...events, ...events, honest, honest])).toEqual(held)
    expect(restoreLog([])).toEqual(emptyMembersLog)
  })

  test('takes no operation that names another one than stands there', async () => {
    const { conversation } = await group(bob, carol)
    const honest = await op(conversation, bob, profile('Robert'))
    const forged = await sign({ ...honest, deps: honest.deps.map((dep) => ({ ...dep, id: other })) })
    expect(takeIn(conversation, forged)).toMatchObject({ kind: 'refused', refusal: { kind: 'contradicts' } })
  })
})
