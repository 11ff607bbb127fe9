// A disk that takes what is written and has no room left to flush it.
import { expect, test } from 'vitest'
import { conversationId, deviceId } from '../../src/core/ids.ts'
import type { Clock } from '../../src/ports/clock.ts'
import { StoreError } from '../../src/ports/store.ts'
import type { Store } from '../../src/ports/store.ts'
import { emptyRoom, newRecord } from '../../src/services/room.ts'
import { createRooms, type Urgency } from '../../src/services/rooms.ts'
import { bytesFor } from '../core/cast.ts'

const id = conversationId(bytesFor('room').slice(0, 16))
const device = deviceId(bytesFor('device'))

test('what is written and not flushed yet is built upon, and told of once it is flushed', async () => {
  let isFull = true
  const later: (() => void)[] = []
  const store = {
    commit: async (_writes, durability) => {
      if (isFull && durability !== 'relaxed') throw new StoreError('quota')
    },
  } as Store
  const clock: Clock = { now: () => 0, after: (_ms, call) => (later.push(call), () => {}) }
  const rooms = createRooms({ store, clock })
  const told: string[] = []
  rooms.onCommit(({ after }) => told.push(after.record.title))

  const named = (title: string) => ({ ...emptyRoom(id, newRecord('group', 'member', title, 0)) })
  const first = rooms.enter(id, async (_room, draft) => {
    draft.put('chains', [id, 1, device], {} as never)
    return { room: named('first'), value: undefined, durability: 'seen-first' }
  })
  await expect(first).rejects.toThrow(StoreError)
  expect(rooms.get(id)).toBeUndefined()
  expect(await rooms.enter(id, async (room) => ({ value: room?.record.title }))).toBe('first')
  expect(told).toEqual([])

  isFull = false
  for (const call of later) call()
  await rooms.enter(id, async () => ({ value: undefined }))
  expect(told).toEqual(['first', 'first'])
  expect(rooms.get(id)?.record.title).toBe('first')
})

test('it is known whether somebody waits for a journey; for what was missed nobody does', async () => {
  const rooms = createRooms({
    store: { commit: async () => undefined } as unknown as Store,
    clock: { now: () => 0, after: () => () => {} },
  })
  const enter = (urgency?: Urgency) => {
    let leave = (): void => {}
    const journey = () => new Promise<{ value: undefined }>((resolve) => void (leave = () => resolve({ value: undefined })))
    const left = rooms.enter(id, journey, urgency)
    return { left, leave: () => leave() }
  }
  for (const [urgency, isInUse] of [
    ['prompt', true],
    ['patient', false],
  ] as const) {
    const visit = enter(urgency)
    expect(rooms.isInUse()).toBe(isInUse)
    await Promise.resolve()
    visit.leave()
    await visit.left
    expect(rooms.isInUse()).toBe(false)
  }
})
