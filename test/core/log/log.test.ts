import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { admit, advanceHeads, headOf } from '../../../src/core/log/admission.ts'
import {
  chainKey,
  compareOrder,
  deviceOf,
  exceeds,
  heldSeq,
  laneOf,
  mergeVectors,
  vectorOf,
  type ChainKey,
  type Vector,
} from '../../../src/core/log/chains.ts'
import { lanes, type Lane } from '../../../src/core/event/event.ts'
import { digestOf } from '../../../src/core/sync/digest.ts'
import * as any from '../arbitraries.ts'
import { add, alice, bob, carol, createBody, everybody, sign, tell, text, write } from '../cast.ts'
import { withStillInputs } from '../still.ts'

const keys: readonly ChainKey[] = everybody.flatMap(({ device }) => [chainKey(lanes.members, device), chainKey(lanes.content, device)])
const vector: fc.Arbitrary<Vector> = fc
  .array(fc.tuple(fc.constantFrom(...keys), fc.integer({ min: 1, max: 9 })), { maxLength: 12 })
  .map((entries) => new Map(entries))
const equal = (a: Vector, b: Vector): boolean => !exceeds(a, b) && !exceeds(b, a)

describe('version vectors', () => {
  test('merge in any order, in any grouping, as often as one likes', () => {
    fc.assert(
      fc.property(vector, vector, vector, (a, b, c) => {
        const ab = withStillInputs([a, b], mergeVectors)
        expect(equal(ab, mergeVectors(b, a))).toBe(true)
        expect(equal(mergeVectors(ab, c), mergeVectors(a, mergeVectors(b, c)))).toBe(true)
        expect(equal(mergeVectors(ab, b), ab)).toBe(true)
        expect(equal(mergeVectors(a, new Map()), a)).toBe(true)
        expect(exceeds(a, ab) || exceeds(b, ab)).toBe(false)
      }),
    )
  })

  test('exceed each other exactly when they hold something that the other does not', () => {
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        expect(exceeds(a, b)).toBe(keys.some((key) => (a.get(key) ?? 0) > (b.get(key) ?? 0)))
        expect(exceeds(a, a)).toBe(false)
      }),
    )
  })

  test('name a chain by its lane and its device, and back', () => {
    fc.assert(
      fc.property(fc.constantFrom(lanes.members, lanes.content), any.device, (lane, device) => {
        const key = chainKey(lane, device)
        expect([laneOf(key), deviceOf(key)]).toEqual([lane, device])
      }),
    )
  })
})

describe('the order', () => {
  test('is total: by clock, ties by id', () => {
    const place = fc.record({ hlc: fc.nat({ max: 3 }), id: fc.constantFrom('aa', 'ab', 'b0') })
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        expect(Math.sign(compareOrder(a, b))).toBe(-Math.sign(compareOrder(b, a)) + 0)
        expect(compareOrder(a, b) === 0).toBe(a.hlc === b.hlc && a.id === b.id)
        if (compareOrder(a, b) <= 0 && compareOrder(b, c) <= 0) expect(compareOrder(a, c)).toBeLessThanOrEqual(0)
      }),
    )
    expect(compareOrder({ hlc: 2, id: 'a' }, { hlc: 10, id: '0' })).toBeLessThan(0)
  })
})

describe('a digest', () => {
  test('is the same for the same chain ends in whatever order, and another for any other', () => {
    fc.assert(
      fc.property(fc.array(any.head, { minLength: 1, maxLength: 6 }), (heads) => {
        const chains = new Map(heads.map((head) => [chainKey(head.lane, head.device), head]))
        const digest = withStillInputs([chains], digestOf)
        expect(digest).toHaveLength(16)
        expect(digestOf(new Map([...chains].toReversed()))).toEqual(digest)
        const [key, head] = [...chains][0]!
        expect(digestOf(new Map(chains).set(key, { ...head, seq: head.seq + 1 }))).not.toEqual(digest)
        expect(digestOf(new Map(chains).set(key, { ...head, id: 'ff'.repeat(32) as typeof head.id }))).not.toEqual(digest)
      }),
    )
  })
})

describe('admission', () => {
  test('is for the next of a chain, when all that it names is held', async () => {
    const { conversation, events } = await tell([
      [alice, createBody()],
      [alice, add(bob)],
      [alice, text('one')],
    ])
    const { chains } = conversation
    const next = await write(conversation, bob, text('two'), 5_000)
    expect(withStillInputs([chains, next], admit).kind).toBe('next')
    expect(admit(chains, events[2]!).kind).toBe('known')
    expect(admit(new Map([...chains].slice(0, 1)), next).kind).toBe('early')
    expect(admit(new Map(), next).kind).toBe('early')
    expect(admit(chains, await sign({ ...next, seq: 3, prev: next.id })).kind).toBe('early')
    expect(
      admit(chains, await sign({ ...next, deps: [...next.deps, { lane: lanes.content, device: bob.device, seq: 4, id: next.id }] })).kind,
    ).toBe('early')
    const named = (lane: Lane) => sign({ ...next, deps: [...next.deps, { lane, device: carol.device, seq: 4, id: next.id }] })
    expect(admit(chains, await named(lanes.content), 'impatient').kind).toBe('next')
    expect(admit(chains, await named(lanes.members), 'impatient').kind).toBe('early')
    expect(admit(chains, await sign({ ...next, seq: 3, prev: next.id }), 'impatient').kind).toBe('early')
    expect(vectorOf(chains)).toEqual(
      new Map([
        [chainKey(lanes.members, alice.device), 2],
        [chainKey(lanes.content, alice.device), 1],
      ]),
    )
    expect(heldSeq(chains, lanes.content, bob.device)).toBe(0)
  })

  test('lets an event replace the heads that it names, and no others', async () => {
    const { conversation, events } = await tell([
      [alice, createBody()],
      [alice, add(bob)],
      [alice, text('one')],
    ])
    const answer = await write(conversation, bob, text('two'), 5_000)
    expect(withStillInputs([conversation.contentHeads, answer], advanceHeads)).toEqual([headOf(answer)])
    const apart = await sign({ ...answer, deps: answer.deps.filter((dep) => dep.lane === lanes.members) })
    expect(advanceHeads(conversation.contentHeads, apart)).toEqual([headOf(events[2]!), headOf(apart)])
  })
})
