// Removals that cross: which of them count, what falls with those who were taken out, and from where on their words are not heard.
// Each story is one of several who write at the same moment, unaware of each other.
import { describe, expect, test } from 'vitest'
import type { Conversation } from '../../../src/core/conversation/conversation.ts'
import { isVoidIn } from '../../../src/core/conversation/counts.ts'
import type { Head, MembersBody, VerifiedEvent } from '../../../src/core/event/event.ts'
import { toHex } from '../../../src/core/ids.ts'
import { headOf } from '../../../src/core/log/admission.ts'
import type { Cutoff } from '../../../src/core/members/members.ts'
import { isCutOff } from '../../../src/core/members/transforms/void.ts'
import {
  add,
  alice,
  aliceAgain,
  bob,
  bytesFor,
  carol,
  createBody,
  dave,
  give,
  group,
  op,
  personCalled,
  remove,
  secondDeviceOf,
  sign,
  takeAll,
  tell,
  text,
  write,
  type Person,
} from '../cast.ts'
import { stateOf } from '../history.ts'

const cast = [alice, bob, carol, dave, aliceAgain]
const here = ({ members }: Conversation): readonly string[] =>
  cast.filter(({ identity }) => members!.people.has(identity)).map(({ name }) => name)
const removeAt = (person: Person, ...last: readonly VerifiedEvent[]): MembersBody => ({
  kind: 'remove',
  identity: person.identity,
  last: last.map((event): Head => headOf(event)),
})

/** Alice's group, with all the others in it as owners, in the order of the cast. */
const owners = async (): Promise<Conversation> => {
  const others = cast.slice(1)
  return (
    await tell([
      [alice, createBody()],
      ...others.map((person) => [alice, add(person)] as const),
      ...others.map((person) => [alice, give(person, 'owner')] as const),
    ])
  ).conversation
}

/** All of it together, which is the same in whatever order it comes. */
const merged = (from: Conversation, ...events: readonly VerifiedEvent[]): Conversation => {
  const all = takeAll(from, events)
  expect(stateOf(takeAll(from, events.toReversed()))).toEqual(stateOf(all))
  return all
}

describe('a removal', () => {
  test('counts although its author is removed by a junior at the same moment: only seniors overrule', async () => {
    const held = await owners()
    const [ofAlice, ofDave] = [await op(held, bob, remove(alice)), await op(held, alice, remove(dave))]
    const all = merged(held, ofAlice, ofDave)
    expect(here(all)).toEqual(['Bob', 'Carol', 'Alice II'])
    expect(all.members!.voidOps.size).toBe(0)
  })

  test('falls with its author when a senior removes them at the same moment', async () => {
    const held = await owners()
    const [ofCarol, ofDave] = [await op(held, bob, remove(carol)), await op(held, carol, remove(dave))]
    const all = merged(held, ofCarol, ofDave)
    expect(here(all)).toEqual(['Alice', 'Bob', 'Dave', 'Alice II'])
    expect(all.members!.voidOps).toEqual(new Set([ofDave.id]))
  })

  test('that fell overrules nothing', async () => {
    const held = await owners()
    // Alice takes out Bob, who takes out Carol, who takes out Dave: Bob’s falls, so Carol’s counts.
    const ops = [await op(held, alice, remove(bob)), await op(held, bob, remove(carol)), await op(held, carol, remove(dave))]
    expect(here(merged(held, ...ops))).toEqual(['Alice', 'Carol', 'Alice II'])
  })

  test('that its author knew of, or that knew of it, overrules nothing', async () => {
    const held = await owners()
    const ofDave = await op(held, carol, remove(dave))
    const known = takeAll(held, [ofDave])
    expect(here(merged(known, await op(known, bob, remove(carol))))).toEqual(['Alice', 'Bob', 'Alice II'])
  })

  test('is overruled by any of several, be it the first or the last', async () => {
    const held = await owners()
    const ofDave = await op(held, carol, remove(dave))
    const aware = takeAll(held, [ofDave])
    for (const [first, second] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      // One removes Carol knowing what she did, the other at the same moment as she.
      const all = merged(held, ofDave, await op(aware, first, remove(carol)), await op(held, second, remove(carol)))
      expect(here(all)).toEqual(['Alice', 'Bob', 'Dave', 'Alice II'])
    }
  })

  test('is overruled by the senior, and seniority is that of the first time that somebody was let in', async () => {
    const held = (
      await tell(
        [
          [alice, remove(bob)],
          [alice, add(bob)],
          [alice, give(bob, 'owner')],
        ],
        await owners(),
        20_000,
      )
    ).conversation
    const all = merged(held, await op(held, bob, remove(carol), 30_000), await op(held, carol, remove(bob), 29_000))
    expect(here(all)).toEqual(['Alice', 'Bob', 'Dave', 'Alice II'])
  })

  test('by one of two who were let in unaware of each other is overruled by the other only where they remove each other', async () => {
    const start = (
      await tell([
        [alice, createBody()],
        [alice, add(bob)],
        [alice, give(bob, 'owner')],
      ])
    ).conversation
    const together = takeAll(start, [await op(start, alice, add(carol), 2_000), await op(start, bob, add(dave), 2_001)])
    const held = (
      await tell(
        [
          [alice, give(carol, 'owner')],
          [alice, give(dave, 'owner')],
          [alice, add(aliceAgain)],
        ],
        together,
        20_000,
      )
    ).conversation
    const [ofDave, ofCarol] = [await op(held, carol, remove(dave), 30_000), await op(held, dave, remove(carol), 30_000)]
    expect(here(merged(held, ofDave, ofCarol))).toEqual(['Alice', 'Bob', 'Alice II'])
    // Dave, who comes after Carol in order, removes somebody else.
    const ofAnother = await op(held, dave, remove(aliceAgain), 30_000)
    expect(here(merged(held, ofDave, ofAnother))).toEqual(['Alice', 'Bob', 'Carol', 'Alice II'])
  })

  test('has to be seen by whoever lets somebody in again, and of several each', async () => {
    const held = await owners()
    const [byAlice, byBob] = [await op(held, alice, remove(dave)), await op(held, bob, remove(dave), 9_001)]
    const oneSeen = await op(takeAll(held, [byAlice]), carol, add(dave), 30_000)
    expect(here(merged(held, byAlice, byBob, oneSeen))).not.toContain('Dave')
    const bothSeen = await op(takeAll(held, [byAlice, byBob]), carol, add(dave), 30_000)
    expect(here(merged(held, byAlice, byBob, bothSeen))).toContain('Dave')
  })
})

describe('leaving', () => {
  const bobTwice = secondDeviceOf(bob)
  const withBoth = async () =>
    (await tell([[bob, { kind: 'device', device: bobTwice.card.devices[0]! }]], await owners(), 20_000)).conversation

  test('takes nothing back of what one’s other device does meanwhile, nor of what it says', async () => {
    const held = await withBoth()
    const [leave, name] = [
      await op(held, bob, { kind: 'leave' }, 30_000),
      await op(held, bobTwice, { kind: 'name', name: 'Orchard' }, 30_000),
    ]
    const words = await write(held, bobTwice, text('meanwhile'), 30_000)
    const ofDave = await op(takeAll(held, [name]), bobTwice, remove(dave), 30_001)
    const all = merged(held, leave, name, words, ofDave)
    expect(here(all)).toEqual(['Alice', 'Carol', 'Alice II'])
    expect(all.members).toMatchObject({ name: 'Orchard', voidOps: new Set() })
    expect([...all.members!.cutoffsByDevice.keys()]).toEqual([dave.device])
    expect(isVoidIn(all, words)).toBe(false)
  })

  test('unaware of one’s removal is no more than that: who is let in again by somebody aware of it belongs', async () => {
    const held = await owners()
    for (const [remover, leaver] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      const [removal, leave] = [await op(held, remover, remove(leaver)), await op(held, leaver, { kind: 'leave' })]
      const back = await op(takeAll(held, [removal]), carol, add(leaver), 30_000)
      expect(here(merged(held, removal, leave, back))).toContain(leaver.name)
    }
  })

  test('has to be seen by whoever lets one in again', async () => {
    const held = await owners()
    const leave = await op(held, bob, { kind: 'leave' })
    const gone = takeAll(held, [leave])
    expect(here(gone)).not.toContain('Bob')
    expect(here(merged(gone, await op(gone, alice, add(bob), 30_000)))).toContain('Bob')
  })
})

describe('the words of whoever was removed', () => {
  const bobTwice = secondDeviceOf(bob)

  test('count as far as the remover held them, device by device', async () => {
    const held = (await tell([[bob, { kind: 'device', device: bobTwice.card.devices[0]! }]], await owners(), 20_000)).conversation
    const [one, other] = [await write(held, bob, text('one'), 30_000), await write(held, bobTwice, text('other'), 30_000)]
    const heard = takeAll(held, [one, other])
    const [two, another] = [await write(heard, bob, text('two'), 31_000), await write(heard, bobTwice, text('another'), 31_000)]
    for (const [last, void_] of [
      [
        [one, other],
        [false, true, false, true],
      ],
      [[other], [true, true, false, true]],
      [
        [other, one],
        [false, true, false, true],
      ],
      [[], [true, true, true, true]],
    ] as const) {
      const all = merged(heard, two, another, await op(heard, alice, removeAt(bob, ...last), 32_000))
      expect([one, two, other, another].map((event) => isVoidIn(all, event))).toEqual(void_)
      const alices = await write(all, alice, text('and mine count'), 33_000)
      expect(isVoidIn(takeAll(all, [alices]), alices)).toBe(false)
    }
  })

  test('count again once they have seen it and were let in again', async () => {
    const cutoffs: readonly Cutoff[] = [{ by: alice.device, seq: 7, lastSeq: 3 }]
    const past = (seq: number) => ({ placeByDevice: new Map([[alice.device, 0]]), seqs: [seq] })
    expect([3, 4].map((seq) => isCutOff(cutoffs, past(6), seq))).toEqual([false, true])
    expect([3, 4].map((seq) => isCutOff(cutoffs, past(7), seq))).toEqual([false, false])
    // One of several is enough.
    expect(isCutOff([...cutoffs, { by: alice.device, seq: 9, lastSeq: 9 }], past(6), 4)).toBe(true)
    expect(isCutOff([], past(0), 4)).toBe(false)
  })

  test('go on to count when the removal does not: its author was let in by somebody who had been removed', async () => {
    const held = await owners()
    const all = await puppet(held, stranger)
    const words = await write(held, carol, text('I am still here'), 40_000)
    expect(isVoidIn(takeAll(all, [words]), words)).toBe(false)
  })
})

describe('whoever is let in by somebody who had been removed', () => {
  test('takes nobody out', async () => {
    expect(here(await puppet(await owners(), stranger))).toEqual(['Alice', 'Carol', 'Dave', 'Alice II'])
  })

  test('takes nobody out although they belonged before: they were removed, or left', async () => {
    const removed = (await tell([[alice, remove(dave)]], await owners(), 20_000)).conversation
    expect(here(await puppet(removed, dave))).toEqual(['Alice', 'Carol', 'Alice II'])
    const left = (await tell([[dave, { kind: 'leave' }]], await owners(), 20_000)).conversation
    expect(here(await puppet(left, dave))).toEqual(['Alice', 'Carol', 'Alice II'])
  })

  test('takes nothing of what others did meanwhile: whom they let in belongs, whom they took out is gone', async () => {
    const held = await owners()
    const letIn = await op(held, carol, add(newcomer), 30_000)
    const carols = takeAll(held, [letIn])
    const rank = await op(carols, carol, give(newcomer, 'owner'), 30_001)
    const ofDave = await op(takeAll(carols, [rank]), newcomer, remove(dave), 30_002)
    const all = merged(await puppet(held, stranger), letIn, rank, ofDave)
    expect(here(all)).toEqual(['Alice', 'Carol', 'Alice II'])
    expect(all.members!.people.has(newcomer.identity)).toBe(true)
    for (const counts of [letIn, rank, ofDave]) expect(isVoidIn(all, counts)).toBe(false)
  })
})

/** Bob is removed; as if he did not know of it he lets somebody in and makes them an owner, and these take out Carol. */
const puppet = async (held: Conversation, guest: Person): Promise<Conversation> => {
  const letIn = await op(held, bob, add(guest), 30_000)
  const made = takeAll(held, [letIn])
  const rank = await op(made, bob, give(guest, 'owner'), 30_001)
  const ofCarol = await op(takeAll(made, [rank]), guest, remove(carol), 30_002)
  const all = merged(held, await op(held, alice, remove(bob), 30_000), letIn, rank, ofCarol)
  expect(all.members!.voidOps).toEqual(new Set([letIn.id, rank.id, ofCarol.id]))
  return all
}
const [stranger, newcomer] = ['Dave II', 'Carol II'].map(personCalled) as [Person, Person]

describe('an invite for one', () => {
  const invite = toHex(bytesFor('invite').subarray(0, 16))
  const made = (uses: 'single' | 'many'): MembersBody => ({
    kind: 'invite',
    invite,
    key: bytesFor('k'),
    meeting: bytesFor('m'),
    expiresAt: 77,
    uses,
  })
  const withInvite = async (uses: 'single' | 'many') =>
    (
      await tell([
        [alice, createBody()],
        [alice, add(bob)],
        [bob, made(uses)],
      ])
    ).conversation

  test('let one person in although two admitted them at the same moment', async () => {
    const held = await withInvite('single')
    const all = merged(held, await op(held, alice, add(carol, invite)), await op(held, bob, add(carol, invite)))
    expect(all.members!.voidOps.size).toBe(0)
    expect(all.members!.invites.get(invite)?.joined).toBe(1)
    expect(here(all)).toContain('Carol')
  })

  test('lets in whoever comes without it, and one for many lets everybody in', async () => {
    const single = await withInvite('single')
    const both = merged(single, await op(single, alice, add(carol, invite)), await op(single, bob, add(dave)))
    expect([here(both), both.members!.invites.get(invite)?.joined]).toEqual([['Alice', 'Bob', 'Carol', 'Dave'], 1])
    const many = await withInvite('many')
    const all = merged(many, await op(many, alice, add(carol, invite)), await op(many, bob, add(dave, invite)))
    expect([here(all), all.members!.invites.get(invite)?.joined]).toEqual([['Alice', 'Bob', 'Carol', 'Dave'], 2])
  })

  test('is not used up by an admission that does not count', async () => {
    const held = await withInvite('single')
    const byBob = await op(held, bob, add(carol, invite), 9_000)
    const ofBob = await op(held, alice, remove(bob), 8_000)
    const byAlice = await op(takeAll(held, [ofBob]), alice, add(dave, invite), 9_500)
    const all = merged(held, ofBob, byBob, byAlice)
    expect(here(all)).toEqual(['Alice', 'Dave'])
    expect(all.members!.voidOps).toEqual(new Set([byBob.id]))
  })
})

describe('a group without an owner', () => {
  test('is looked after by the highest rank, of these by who is longest there, and of two let in at one moment by the smaller id', async () => {
    const start = (await group(bob)).conversation
    const entries = await Promise.all(
      [alice, bob].map(async (author, at) => sign({ ...(await op(start, author, add([carol, dave][at]!), 2_000)), hlc: 1e8 })),
    )
    const both = merged(start, ...entries)
    const [first, second] = entries[0]!.id < entries[1]!.id ? [carol, dave] : [dave, carol]
    const heirOf = ({ members }: Conversation) => {
      expect(members!.isInherited).toBe(true)
      return [...members!.people.values()].filter(({ role }) => role === 'owner').map(({ name }) => name)
    }
    const left = async (story: readonly (readonly [Person, MembersBody])[]) => (await tell(story, both, 20_000)).conversation
    const leaves: MembersBody = { kind: 'leave' }
    const ranks = [carol, dave].map((person) => [alice, give(person, 'moderator')] as const)
    expect(both.members!.isInherited).toBe(false)
    expect(heirOf(await left([[alice, leaves]]))).toEqual(['Bob'])
    expect(heirOf(await left([...ranks, [alice, leaves]]))).toEqual([first.name])
    expect(heirOf(await left([ranks[second === carol ? 0 : 1]!, [alice, leaves]]))).toEqual([second.name])
    // Who was away is not longest there.
    const away = await left([
      [alice, remove(bob)],
      [alice, add(bob)],
      [alice, leaves],
    ])
    expect(heirOf(away)).toEqual([first.name])
    const nobody = await left([...[bob, carol, dave, alice].map((person) => [person, leaves] as const)])
    expect(nobody.members).toMatchObject({ isInherited: false, people: new Map() })
  })
})

test('what somebody did before they were let in, by a clock that lied, does not count', async () => {
  const { conversation } = await group(bob)
  const liar = await sign({ ...(await op(conversation, bob, { kind: 'name', name: 'Orchard' })), hlc: 1 })
  const all = takeAll(conversation, [liar])
  expect(all.log.ops[0]!.id).toBe(liar.id)
  expect(all.members).toMatchObject({ name: 'Garden', voidOps: new Set([liar.id]) })
})
