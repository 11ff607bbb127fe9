import { concatBytes } from '@noble/hashes/utils.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeEvent, encodePayload } from '../../../src/core/event/codec.ts'
import { contentEnds, emptyConversation, startAtFloor, takeIn } from '../../../src/core/conversation/conversation.ts'
import { lanes, type Head, type Lane, type VerifiedEvent } from '../../../src/core/event/event.ts'
import { conversationId } from '../../../src/core/ids.ts'
import { maxDeps } from '../../../src/core/limits.ts'
import { chainKey, heldSeq, vectorOf } from '../../../src/core/log/chains.ts'
import {
  add,
  alice,
  bob,
  carol,
  createBody,
  everybody,
  fakeSignature,
  personCalled,
  room,
  say,
  sign,
  takeAll,
  tell,
  text,
  write,
} from '../cast.ts'
import { play, plan, stateOf } from '../history.ts'
import { msPerDay } from '../../../src/core/time.ts'
import { withStillInputs } from '../still.ts'

const empty = emptyConversation(room)

describe('a conversation', () => {
  test('comes out the same in whatever order its events come', async () => {
    await fc.assert(
      fc.asyncProperty(plan(), fc.infiniteStream(fc.nat()), async (script, dice) => {
        const { events } = await play(script)
        const inOrder = takeAll(empty, events)
        expect([...inOrder.chains.values()].reduce((sum, head) => sum + head.seq, 0)).toBe(events.length)
        expect(stateOf(takeAll(empty, shuffled(events, dice)))).toEqual(stateOf(inOrder))
        expect(stateOf(takeAll(empty, events.toReversed()))).toEqual(stateOf(inOrder))
      }),
      { numRuns: 120 },
    )
  })

  test('that two people hold is the same once each has heard the other', async () => {
    await fc.assert(
      fc.asyncProperty(plan(), async (script) => {
        const { events, replicas } = await play(script)
        const whole = stateOf(takeAll(empty, events))
        for (const replica of replicas) expect(stateOf(takeAll(replica, events))).toEqual(whole)
      }),
      { numRuns: 60 },
    )
  })

  test('never takes in an event before all that it names is held', async () => {
    await fc.assert(
      fc.asyncProperty(plan(25), fc.infiniteStream(fc.nat()), async (script, dice) => {
        const { events } = await play(script)
        let conversation = empty
        for (const event of shuffled([...events, ...events], dice)) {
          const { chains } = conversation
          const isReady =
            heldSeq(chains, event.lane, event.device) === event.seq - 1 &&
            event.deps.every((dep) => heldSeq(chains, dep.lane, dep.device) >= dep.seq)
          const taken = takeIn(conversation, event)
          if (event.seq <= heldSeq(chains, event.lane, event.device)) expect(taken.kind).toBe('known')
          else expect(taken.kind).toBe(isReady ? 'taken' : 'early')
          if (taken.kind === 'taken') conversation = taken.conversation
        }
      }),
      { numRuns: 60 },
    )
  })

  test('that lost patience, and takes words in before those that they answer, holds the same in the end', async () => {
    await fc.assert(
      fc.asyncProperty(plan(25), fc.infiniteStream(fc.nat()), async (script, dice) => {
        const { events } = await play(script)
        const whole = takeAll(empty, events)
        let hasty = empty
        // Members operations as they may come, then words in any order, each chain from its beginning.
        const byLane = shuffled(events, dice).toSorted((a, b) => a.lane - b.lane)
        for (let round = 0; round < events.length; round++) {
          for (const event of byLane) {
            const taken = takeIn(hasty, event, 'impatient')
            if (taken.kind === 'taken') hasty = taken.conversation
          }
        }
        expect(stateOf({ ...hasty, contentHeads: whole.contentHeads })).toEqual(stateOf(whole))
        const heads = hasty.contentHeads.map((head) => head.id)
        expect(whole.contentHeads.every((head) => heads.includes(head.id))).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('puts what is said after what was seen, also below a clock so far ahead that nobody follows it', async () => {
    const { conversation: group } = await tell([
      [alice, createBody()],
      [alice, add(bob)],
      [alice, add(carol)],
    ])
    const fast = await say(group, bob, text('my clock is ahead'), 10_000)
    const absurd = await say(fast.conversation, carol, text('mine more so'), 10_000 + 11 * 365 * msPerDay)
    const { event } = await say(absurd.conversation, alice, text('and mine is right'), 5_000)
    expect(event.hlc).toBeGreaterThan(fast.event.hlc)
    expect(event.hlc).toBeLessThan(absurd.event.hlc)
  })

  test('is a value: taking in changes neither it nor the event', async () => {
    await fc.assert(
      fc.asyncProperty(plan(15), async (script) => {
        const { events } = await play(script)
        let conversation = empty
        for (const event of events) {
          const taken = withStillInputs([conversation, event], takeIn)
          if (taken.kind === 'taken') conversation = taken.conversation
        }
        expect(conversation.members).toBeDefined()
      }),
      { numRuns: 25 },
    )
  })

  test('has as heads exactly those events that no other names', async () => {
    await fc.assert(
      fc.asyncProperty(plan(25), async (script) => {
        const { events } = await play(script)
        const { membersHeads, contentHeads } = takeAll(empty, events)
        const unnamed = (lane: number) =>
          events.filter((event) => event.lane === lane && !events.some((other) => names(other, event))).map((event) => event.id)
        expect(membersHeads.map((head) => head.id).toSorted()).toEqual(unnamed(lanes.members).toSorted())
        expect(contentHeads.map((head) => head.id).toSorted()).toEqual(unnamed(lanes.content).toSorted())
      }),
      { numRuns: 60 },
    )
  })

  test('takes nothing from a stranger, and nothing before its beginning', async () => {
    const { conversation } = await tell([[alice, createBody()]])
    const words = await write(conversation, carol, text('hello'), 2_000)
    expect(takeIn(conversation, words)).toMatchObject({ kind: 'refused', refusal: { kind: 'not-a-member' } })
    expect(takeIn(empty, await write(empty, alice, text('first'), 2_000))).toMatchObject({ kind: 'refused' })
  })

  test('refuses an event of another conversation, also of somebody who belongs to both', async () => {
    const { conversation } = await tell([[alice, createBody()]])
    const words = await write(conversation, alice, text('hello'), 2_000)
    const replayed = await sign({ ...words, conversation: conversationId(new Uint8Array(16)) })
    expect(takeIn(conversation, replayed)).toMatchObject({ kind: 'refused', refusal: { kind: 'elsewhere' } })
  })

  test('refuses an event whose clock does not run ahead of its own chain', async () => {
    const { conversation, events } = await tell([
      [alice, createBody()],
      [alice, text('one')],
    ])
    const honest = await write(conversation, alice, text('two'), 3_000)
    const slow = await sign({ ...honest, hlc: events[1]!.hlc })
    expect(takeIn(conversation, slow)).toMatchObject({ kind: 'refused', refusal: { kind: 'broken' } })
    expect(takeIn(conversation, honest).kind).toBe('taken')
  })

  test('calls it a fork when an author tells another past than the one that is held', async () => {
    const { conversation, events } = await tell([
      [alice, createBody()],
      [alice, add(bob)],
      [alice, text('one')],
    ])
    const honest = await write(conversation, alice, text('two'), 3_000)
    const other = await sign({ ...events[2]!, body: { kind: 'text', text: 'another one', replyTo: null } })
    expect(takeIn(conversation, await sign({ ...honest, prev: other.id }))).toMatchObject({ kind: 'fork' })
  })

  test('blames no author for naming what another one is held to have said otherwise', async () => {
    const { conversation, events } = await tell([
      [alice, createBody()],
      [alice, add(bob)],
      [alice, text('one')],
    ])
    const other = await sign({ ...events[2]!, body: { kind: 'text', text: 'another one', replyTo: null } })
    const answer = await write(conversation, bob, text('answer'), 3_000)
    const naming = (lane: Lane) => ({ ...answer, deps: answer.deps.map((dep) => (dep.lane === lane ? { ...dep, id: other.id } : dep)) })
    expect(takeIn(conversation, await sign(naming(lanes.content))).kind).toBe('taken')
    expect(takeIn(conversation, await sign(naming(lanes.members)))).toMatchObject({ kind: 'refused', refusal: { kind: 'contradicts' } })
  })

  test('comes out the same although an author names, as a place in the members lane, an event that does not stand there', async () => {
    // Dave is Bob here: he names the second place of Alice's chain by the id of Carol's op, which some hold already and some do not.
    const start = await tell([
      [alice, createBody()],
      [alice, add(bob)],
      [alice, add(carol)],
    ])
    const rename = await write(start.conversation, carol, { kind: 'profile', name: 'Caroline' }, 5_000)
    const honest = await write(start.conversation, bob, { kind: 'profile', name: 'Robert' }, 6_000)
    const forged = await sign({ ...honest, deps: [{ lane: lanes.members, device: alice.device, seq: 2, id: rename.id }] })
    const events = [...start.events, rename, forged]
    const [early, late] = [takeAll(empty, [...start.events, forged, rename]), takeAll(empty, events)]
    expect(stateOf(early)).toEqual(stateOf(late))
  })

  test('lets a newcomer begin at the floor of the grant, and no lower', async () => {
    const { conversation, events } = await tell([
      [alice, createBody()],
      [alice, text('before')],
      [alice, text('also before')],
    ])
    const floor = contentEnds(conversation)
    expect(floor).toMatchObject([{ lane: lanes.content, device: alice.device, seq: 2 }])
    const grant = await say(conversation, alice, { kind: 'add', person: bob.card, invite: null, floor }, 4_000)
    const after = await say(grant.conversation, alice, text('after'), 5_000)

    const membersLane = [...events, grant.event].filter((event) => event.lane === lanes.members)
    const newcomer = withStillInputs([takeAll(empty, membersLane), floor], startAtFloor)
    expect(takeIn(newcomer, events[2]!).kind).toBe('known')
    const taken = takeAll(newcomer, [after.event])
    expect(vectorOf(taken.chains)).toEqual(vectorOf(after.conversation.chains))
    expect(taken.maxHlc).toBe(after.conversation.maxHlc)
    const later = await write(taken, bob, text('thanks'), 6_000)
    expect(takeIn(after.conversation, later).kind).toBe('taken')
  })

  test('is not thrown back by a floor that lies below what is held', async () => {
    const { conversation, events } = await tell([
      [alice, createBody()],
      [alice, text('one')],
      [alice, text('two')],
    ])
    const low: Head = { lane: lanes.content, device: alice.device, seq: 1, id: events[1]!.id, hlc: events[1]!.hlc }
    const high: Head = { ...low, lane: lanes.members, seq: 9 }
    expect(stateOf(startAtFloor(conversation, [low, high]))).toEqual(stateOf(conversation))
  })

  test('goes on when somebody sets the clock as far ahead as the format lets them', async () => {
    const start = await tell([
      [alice, createBody()],
      [alice, add(bob)],
    ])
    const honest = await write(start.conversation, bob, text('from the end of time'), 3_000)
    const extreme = await sign({ ...honest, hlc: greatestHlcThatIsRead(honest) })
    let conversation = takeAll(start.conversation, [extreme])
    expect(conversation.maxHlc).toBe(extreme.hlc)
    for (const [at, author] of [alice, bob, alice, carol, alice].entries()) {
      if (author === bob) continue
      const body = author === carol ? add(carol) : text(`still here ${at}`)
      const said = await say(conversation, alice, body, 4_000 + at)
      expect(decodeEvent(said.event.bytes)).toMatchObject({ ok: true })
      expect(said.event.hlc).toBeLessThan(5_000 * 1_024)
      conversation = said.conversation
    }
  })

  test('follows a clock that is a year ahead, so that an answer never stands before its question', async () => {
    const start = await tell([
      [alice, createBody()],
      [alice, add(bob)],
    ])
    const question = await say(start.conversation, bob, text('What year is it?'), 365 * 86_400_000)
    const answer = await write(question.conversation, alice, text('1970.'), 5_000)
    expect(answer.hlc).toBe(question.event.hlc + 1)
  })

  test('names every head, members lane first', async () => {
    const others = everybody.slice(1)
    const start = await tell([[alice, createBody()], ...others.map((person) => [alice, add(person)] as const)])
    const apart = await Promise.all(
      everybody.flatMap((person) => [
        write(start.conversation, person, { kind: 'profile', name: `${person.name} II` }, 5_000),
        write(start.conversation, person, text('apart'), 6_000),
      ]),
    )
    const merged = takeAll(start.conversation, apart)
    expect(merged.membersHeads).toHaveLength(5)
    expect(merged.contentHeads).toHaveLength(5)
    const together = await write(merged, alice, text('together'), 7_000)
    expect(together.deps.length).toBe(9)
    expect(together.deps.slice(0, 5).every((dep) => dep.lane === lanes.members)).toBe(true)
    // Its own chain's end is named by `prev`, so it takes no place among the deps.
    expect(together.deps.some((dep) => dep.lane === lanes.content && dep.device === alice.device)).toBe(false)
    expect(together.prev).toBe(merged.chains.get(chainKey(lanes.content, alice.device))?.id)
  })
})

describe('more heads than an event may name', () => {
  /** More devices than an event may name heads, that each announce a key, none knowing of the others; the one with the oldest clock is Alice's own. */
  const manyHeads = async () => {
    const people = Array.from({ length: maxDeps + 3 }, (_, index) => personCalled(`Guest ${index}`))
    const start = await tell([[alice, createBody()], ...people.map((person) => [alice, add(person)] as const)])
    const ops = await Promise.all(
      [alice, ...people].map((person, index) =>
        write(start.conversation, person, { kind: 'profile', name: `${person.name} II` }, 50_000 + index),
      ),
    )
    return takeAll(start.conversation, ops)
  }

  test('do not push the author’s own out, on which the author’s rights may hang', async () => {
    const merged = await manyHeads()
    expect(merged.membersHeads).toHaveLength(maxDeps + 4)
    const words = await write(merged, alice, text('hello'), 60_000)
    expect(words.deps).toHaveLength(maxDeps)
    expect(words.deps[0]).toMatchObject({ lane: lanes.members, device: alice.device })
    expect(takeIn(merged, words).kind).toBe('taken')
  })

  test('become fewer with every operation on the members', async () => {
    const merged = await manyHeads()
    const one = await say(merged, alice, { kind: 'profile', name: 'A.' }, 60_000)
    expect(one.conversation.membersHeads).toHaveLength(4)
    const two = await say(one.conversation, alice, { kind: 'profile', name: 'B.' }, 61_000)
    expect(two.conversation.membersHeads).toHaveLength(1)
  })
})

/** The format's cap, whatever it is, by halving. */
const greatestHlcThatIsRead = (event: VerifiedEvent): number => {
  const isRead = (hlc: number) => decodeEvent(concatBytes(fakeSignature(event.bytes), encodePayload({ ...event, hlc }))).ok
  let [low, high] = [event.hlc, Number.MAX_SAFE_INTEGER]
  if (isRead(high)) return high
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2)
    if (isRead(middle)) low = middle
    else high = middle
  }
  return low
}

/** Whether one event of a lane stands behind another of the same lane: after it in its chain, or naming it or something after it. */
const names = (event: VerifiedEvent, other: VerifiedEvent): boolean =>
  event.lane === other.lane &&
  ((event.device === other.device && event.seq > other.seq) ||
    event.deps.some((dep) => dep.lane === other.lane && dep.device === other.device && dep.seq >= other.seq))

const shuffled = <T>(items: readonly T[], dice: Iterator<number>): readonly T[] =>
  items
    .map((item) => ({ item, at: dice.next().value as number }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
