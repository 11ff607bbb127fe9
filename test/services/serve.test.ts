// What a member is sent when they ask: the oldest first, and never one chain alone for ever.
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../src/adapters/store-memory/memory-store.ts'
import { decodeEvent } from '../../src/core/event/codec.ts'
import { lanes, type Head } from '../../src/core/event/event.ts'
import { emptyConversation } from '../../src/core/conversation/conversation.ts'
import { deviceId, eventId } from '../../src/core/ids.ts'
import { chainKey, vectorOf, type Vector } from '../../src/core/log/chains.ts'
import type { SyncMessage } from '../../src/core/sync/messages.ts'
import type { ForkRecord } from '../../src/ports/tables.ts'
import { proofsFor } from '../../src/services/forks.ts'
import { emptyRoom, newRecord } from '../../src/services/room.ts'
import { serve } from '../../src/services/serve.ts'
import { add, alice, bob, bytesFor, carol, createBody, dave, room as id, tell, text, write } from '../core/cast.ts'

/** Dave said more than one frame holds before Bob said a word. */
const daveTalksMuch = async (carolsFloor = 0) => {
  const long = 'x'.repeat(16_000)
  const { conversation, events } = await tell([
    [alice, createBody()],
    ...[bob, carol, dave].map((person) => [alice, add(person)] as const),
    ...Array.from({ length: 40 }, () => [dave, text(long)] as const),
    [bob, text('hello')],
    [bob, text('is anybody there?')],
  ])
  const store = createMemoryStore()
  await store.commit(
    events.map(({ lane, device, seq, bytes }) => ({ kind: 'put', table: 'events', key: [id, lane, device, seq], value: { bytes } })),
  )
  const floor: Head[] =
    carolsFloor === 0 ? [] : [{ lane: lanes.content, device: dave.device, seq: carolsFloor, id: eventId(bytesFor('floor')), hlc: 1 }]
  const { members } = conversation
  const person = members?.people.get(carol.identity)
  if (members === undefined || person === undefined) throw new Error('Carol is a member')
  const people = new Map(members.people).set(carol.identity, { ...person, floor })
  const room = {
    ...emptyRoom(id, newRecord('group', 'member', 'Garden', 0)),
    conversation: { ...conversation, members: { ...members, people } },
  }
  const rooms = { get: () => room } as unknown as Parameters<typeof serve>[0]['rooms']
  return { session: { store, rooms }, ends: vectorOf(conversation.chains) }
}

const proveThatDaveForked = async ({ store }: Awaited<ReturnType<typeof daveTalksMuch>>['session']): Promise<ForkRecord> => {
  const tale = await write(emptyConversation(id), dave, text('another tale'), 1)
  const [ours] = await store.read((reader) => reader.list('events', [id, lanes.content, dave.device], { limit: 1 }))
  const value = { ours: ours?.value.bytes ?? new Uint8Array(), theirs: tale.bytes, at: 1 }
  await store.commit([{ kind: 'put', table: 'forks', key: [id, lanes.content, dave.device], value }])
  return value
}

const saidIn = (message: Extract<SyncMessage, { kind: 'events' }> | undefined) =>
  (message?.events ?? []).flatMap((bytes) => {
    const event = decodeEvent(bytes)
    return event.ok && event.value.lane === lanes.content ? [event.value] : []
  })

/** Somebody who knows who belongs and has heard nothing yet. */
const heardNothing = (ends: Vector): Vector => new Map([...ends].filter(([key]) => key === chainKey(lanes.members, alice.device)))

test('the oldest come first, as many as one frame holds', async () => {
  const { session, ends } = await daveTalksMuch()
  const frame = await serve(session, id, carol.device, heardNothing(ends))
  const said = saidIn(frame)
  expect(frame?.more).toBe(true)
  expect(said.length).toBeGreaterThan(10)
  expect(said.map(({ device, seq }) => [device, seq])).toEqual(said.map((_, at) => [dave.device, at + 1]))
})

test('who asks from the same place again is sent what Bob said too, since Dave’s words may be such that they cannot take them', async () => {
  const { session, ends } = await daveTalksMuch()
  const frame = await serve(session, id, carol.device, heardNothing(ends), { isAgain: true })
  const said = saidIn(frame)
  expect(frame?.more).toBe(true)
  expect(said.filter(({ device }) => device === bob.device).map(({ seq }) => seq)).toEqual([1, 2])
  const byDave = said.filter(({ device }) => device === dave.device)
  expect(byDave.length).toBeGreaterThan(3)
  expect(byDave.map(({ seq }) => seq)).toEqual(byDave.map((_, at) => at + 1))
})

test('when only one chain is left, asking again brings as much of it as asking once', async () => {
  const { session, ends } = await daveTalksMuch()
  const beyond = new Map([...ends].filter(([key]) => key !== chainKey(lanes.content, dave.device)))
  const [once, again] = [await serve(session, id, carol.device, beyond), await serve(session, id, carol.device, beyond, { isAgain: true })]
  expect(saidIn(again).length).toBe(saidIn(once).length)
})

test('who holds the longer of two tales and asks in vain is sent the proof, unless it is from before they came', async () => {
  const { session, ends } = await daveTalksMuch()
  const value = await proveThatDaveForked(session)
  const longer = new Map(ends).set(chainKey(lanes.content, dave.device), 99)
  expect((await serve(session, id, carol.device, longer))?.events).toEqual([value.ours, value.theirs])
  const late = await daveTalksMuch(1)
  await proveThatDaveForked(late.session)
  expect((await serve(late.session, id, carol.device, longer))?.events).toEqual([])
})

test('who holds the shorter of two tales and cannot take the longer one is sent the proof before it, when asking again', async () => {
  const { session, ends } = await daveTalksMuch()
  const value = await proveThatDaveForked(session)
  const shorter = new Map(ends).set(chainKey(lanes.content, dave.device), 38)
  expect(saidIn(await serve(session, id, carol.device, shorter)).map(({ seq }) => seq)).toEqual([39, 40])
  const again = await serve(session, id, carol.device, shorter, { isAgain: true })
  expect(again?.events.slice(0, 2)).toEqual([value.ours, value.theirs])
  expect(saidIn(again).map(({ seq }) => seq)).toEqual([1, 1, 39, 40])
})

test('a proof is for members alone', async () => {
  const { session } = await daveTalksMuch()
  const { ours, theirs } = await proveThatDaveForked(session)
  const present = session.rooms.get(id)
  if (present === undefined) throw new Error('there is a room')
  expect(await proofsFor(session, present, carol.device)).toEqual([ours, theirs])
  expect(await proofsFor(session, present, deviceId(bytesFor('a stranger')))).toEqual([])
})
