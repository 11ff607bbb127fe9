// What somebody missed is taken in little by little between what people say, and in ever larger portions where nobody says anything.
import { expect, test } from 'vitest'
import { lanes } from '../../src/core/event/event.ts'
import { conversationId, deviceId } from '../../src/core/ids.ts'
import type { Write } from '../../src/ports/store.ts'
import { createPortions, type Portion } from '../../src/services/portions.ts'
import type { RoomChange } from '../../src/services/rooms.ts'

const key = [conversationId(new Uint8Array(16)), lanes.content, deviceId(new Uint8Array(32)), 1] as const
const said: Write = { kind: 'put', table: 'events', key, value: { bytes: new Uint8Array(0) } }

const engine = () => {
  let now = 1_000_000
  let [restedFor, waited] = [Infinity, 0]
  let tell: (change: RoomChange) => void = () => {}
  const portions = createPortions({
    clock: {
      now: () => now,
      after: (ms, call) => {
        now += ms
        waited += ms
        queueMicrotask(call)
        return () => {}
      },
    },
    rooms: { onCommit: (listener) => void (tell = listener), restedFor: () => restedFor },
  })
  return {
    portions,
    pass: (ms: number) => void (now += ms),
    waited: () => waited,
    /** Somebody enters a room and does not leave it. */
    stay: () => void (restedFor = 0),
    commit: (count: number, isPatient = false) =>
      tell({ writes: Array.from({ length: count }, () => said), isPatient } as Partial<RoomChange> as RoomChange),
  }
}
const missed = Array.from({ length: 2_000 }, (_, n) => n)
const all = async (portions: AsyncIterable<Portion<number>>): Promise<readonly Portion<number>[]> => {
  const taken: Portion<number>[] = []
  for await (const portion of portions) taken.push(portion)
  return taken
}

test('all of it is taken, in order, in portions that grow, and nothing is waited for', async () => {
  const { portions, waited } = engine()
  const taken = await all(portions.of(missed))
  expect(taken.flatMap(({ events }) => events)).toEqual(missed)
  expect(taken.map(({ events }) => events.length)).toEqual([48, 96, 192, 384, 768, 512])
  expect(taken.every(({ urgency }) => urgency === 'patient')).toBe(true)
  expect(waited()).toBe(0)
})

test('a few events are what was just said, and wait for nobody', async () => {
  const { portions, stay, commit, waited } = engine()
  stay()
  commit(1)
  expect(await all(portions.of([1, 2, 3, 4]))).toEqual([{ events: [1, 2, 3, 4], urgency: 'prompt' }])
  expect(waited()).toBe(0)
})

test('while somebody talks portions are small, and grow again once nobody does', async () => {
  const { portions, pass, commit } = engine()
  const lengths: number[] = []
  for await (const { events } of portions.of(missed)) {
    lengths.push(events.length)
    commit(events.length, true)
    if (lengths.length === 3 || lengths.length === 5) commit(1)
    if (lengths.length === 6) pass(3_001)
  }
  expect(lengths.slice(0, 8)).toEqual([48, 96, 192, 48, 48, 48, 96, 192])
})

test('the rest of what was missed, however little, is no talk', async () => {
  const { portions, commit } = engine()
  commit(2, true)
  expect(portions.mostGiven()).toBe(Infinity)
  commit(2)
  expect(portions.mostGiven()).toBeLessThan(Infinity)
})

test('a portion waits for a gap in what people say, but not for ever', async () => {
  const { portions, stay, commit, waited } = engine()
  commit(1)
  await portions.gap()
  expect(waited()).toBe(0)
  stay()
  await portions.gap()
  expect(waited()).toBe(150)
})
