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
  let [isInUse, waited] = [false, 0]
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
    rooms: { onCommit: (listener) => void (tell = listener), isInUse: () => isInUse },
  })
  return {
    portions,
    pass: (ms: number) => void (now += ms),
    waited: () => waited,
    /** Somebody enters a room and does not leave it. */
    stay: () => void (isInUse = true),
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

test('while somebody talks a portion is as large as fits into a few hundredths of a second, and they grow again once nobody does', async () => {
  const { portions, pass, commit } = engine()
  const lengths: number[] = []
  for await (const { events } of portions.of(missed)) {
    lengths.push(events.length)
    commit(events.length, true)
    if (lengths.length <= 6) commit(1)
    // Two milliseconds for each, later one.
    pass(events.length * (lengths.length <= 4 ? 2 : 1))
    if (lengths.length === 8) pass(3_001)
  }
  expect(lengths.slice(0, 11)).toEqual([48, 15, 15, 15, 15, 30, 30, 30, 60, 120, 240])
})

test('while somebody talks nothing is taken for twice as long as the last portion took, and never for long', async () => {
  const { portions, pass, commit, waited } = engine()
  const took = [20, 60, 1_000, 1_000]
  const rests: number[] = []
  let before = 0
  for await (const portion of portions.of(missed)) {
    rests.push(waited() - before)
    before = waited()
    commit(1)
    if (portion.events.length === 0 || rests.length > took.length) break
    pass(took[rests.length - 1]!)
  }
  expect(rests).toEqual([0, 40, 120, 300, 300])
})

test('time that has passed anyway is no longer waited for, and giving does not wait for taking', async () => {
  const { portions, pass, commit, waited } = engine()
  commit(1)
  await portions.inTurn(async () => pass(100))
  pass(190)
  await portions.inTurn(async () => pass(100))
  expect(waited()).toBe(10)
  for await (const { events } of portions.of(missed.slice(0, 48))) expect(events).toHaveLength(48)
  expect(waited()).toBe(10)
})

test('the rest of what was missed, however little, is no talk', async () => {
  const { portions, commit } = engine()
  commit(2, true)
  expect(portions.mostGiven()).toBe(Infinity)
  commit(2)
  expect(portions.mostGiven()).toBeLessThan(Infinity)
})

test('what people say just then is waited for, but not for ever, and not where nobody talks', async () => {
  const { portions, stay, commit, waited } = engine()
  stay()
  await portions.inTurn(async () => undefined)
  expect(waited()).toBe(0)
  commit(1)
  await portions.inTurn(async () => undefined)
  expect(waited()).toBe(100)
})
