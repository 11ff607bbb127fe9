// The frame behind is read before it is asked for, and is given only where it is what would be read by then.
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../src/adapters/store-memory/memory-store.ts'
import type { Conversation } from '../../src/core/conversation/conversation.ts'
import { decodeEvent } from '../../src/core/event/codec.ts'
import { lanes, type VerifiedEvent } from '../../src/core/event/event.ts'
import { chainKey, mergeVectors, vectorOf, type Vector } from '../../src/core/log/chains.ts'
import type { Store } from '../../src/ports/store.ts'
import { emptyRoom, newRecord } from '../../src/services/room.ts'
import { serve } from '../../src/services/serve.ts'
import { createServing } from '../../src/services/serve-ahead.ts'
import { add, alice, bob, carol, createBody, room as id, takeAll, tell, text, write } from '../core/cast.ts'

const putEvents = (store: Pick<Store, 'commit'>, events: readonly VerifiedEvent[]) =>
  store.commit(
    events.map(({ lane, device, seq, bytes }) => ({ kind: 'put', table: 'events', key: [id, lane, device, seq], value: { bytes } })),
  )

/** Bob said far more than one frame holds, and Carol heard nothing of it. */
const bobTalksMuch = async () => {
  const told = await tell([
    [alice, createBody()],
    ...[bob, carol].map((person) => [alice, add(person)] as const),
    ...Array.from({ length: 60 }, () => [bob, text('x'.repeat(16_000))] as const),
  ])
  const store = createMemoryStore()
  await putEvents(store, told.events)
  let { conversation } = told
  let reads = 0
  const session: Parameters<typeof createServing>[0] = {
    store: {
      ...store,
      read: (what, tables) => {
        reads += 1
        return store.read(what, tables)
      },
    },
    rooms: {
      get: () => ({ ...emptyRoom(id, newRecord('group', 'member', 'Garden', 0)), conversation }),
    } as unknown as Parameters<typeof createServing>[0]['rooms'],
  }
  const nothing: Vector = new Map([...vectorOf(conversation.chains)].filter(([key]) => key === chainKey(lanes.members, alice.device)))
  return {
    session,
    nothing,
    readsSoFar: () => reads,
    now: () => conversation,
    goOn: (next: Conversation) => {
      conversation = next
    },
  }
}

const upTo = (beyond: Vector, events: readonly Uint8Array[]): Vector =>
  mergeVectors(
    beyond,
    new Map(
      events.flatMap((bytes) => {
        const event = decodeEvent(bytes)
        return event.ok ? [[chainKey(event.value.lane, event.value.device), event.value.seq] as const] : []
      }),
    ),
  )

/** Nobody talks. */
const calm = { inTurn: <T>(work: () => Promise<T>) => work(), mostGiven: () => Infinity }

test('frame by frame it is the same as without, and what is asked for next has been read by then', async () => {
  const { session, nothing, readsSoFar } = await bobTalksMuch()
  const serving = createServing(session, calm)
  let beyond = nothing
  let frames = 0
  for (let more = true; more; frames += 1) {
    const expected = await serve(session, id, carol.device, beyond)
    const before = readsSoFar()
    const frame = await serving.next(id, carol.device, beyond, false)
    expect(frame).toEqual(expected)
    more = frame?.more === true
    // What is read now is for the frame behind.
    if (frames > 0 && !more) expect(readsSoFar()).toBe(before)
    beyond = upTo(beyond, frame?.events ?? [])
  }
  expect(frames).toBeGreaterThan(2)
})

test('once something has changed here, who asks from another place, or asks again is given what is there by then', async () => {
  const { session, nothing, now, goOn } = await bobTalksMuch()
  const serving = createServing(session, calm)
  const first = await serving.next(id, carol.device, nothing, false)
  const beyond = upTo(nothing, first?.events ?? [])
  const byAlice = await write(now(), alice, text('and I?'), 1_000)
  await putEvents(session.store, [byAlice])
  goOn(takeAll(now(), [byAlice]))
  expect(await serving.next(id, carol.device, beyond, false)).toEqual(await serve(session, id, carol.device, beyond))
  expect(await serving.next(id, carol.device, nothing, false)).toEqual(first)
  expect(await serving.next(id, carol.device, beyond, true)).toEqual(await serve(session, id, carol.device, beyond, { isAgain: true }))
})

test('while people talk frames are small, and each is read when it is its turn', async () => {
  const { session, nothing } = await bobTalksMuch()
  let turns = 0
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    turns += 1
    return work()
  }
  const serving = createServing(session, { inTurn, mostGiven: () => 3 })
  const first = await serving.next(id, carol.device, nothing, false)
  expect(first).toMatchObject({ events: { length: 3 }, more: true })
  const second = await serving.next(id, carol.device, upTo(nothing, first?.events ?? []), false)
  expect(second?.events[0]).not.toEqual(first?.events[0])
  expect(turns).toBe(3)
})

test('nothing is kept for a link that is over', async () => {
  const { session, nothing, readsSoFar } = await bobTalksMuch()
  const serving = createServing(session, calm)
  const first = await serving.next(id, carol.device, nothing, false)
  serving.forget(carol.device)
  const before = readsSoFar()
  await serving.next(id, carol.device, upTo(nothing, first?.events ?? []), false)
  expect(readsSoFar()).toBeGreaterThan(before)
})
