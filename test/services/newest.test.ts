// The newest rows of a quarter of an hour in which thousands were written: the right ones, and without reading all of them each time.
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../src/adapters/store-memory/memory-store.ts'
import { hlcPerMs } from '../../src/core/event/clock.ts'
import { eventId, type EventId } from '../../src/core/ids.ts'
import { timelineBucket } from '../../src/core/timeline/bucket.ts'
import { nothingSaid, type MessageRow } from '../../src/core/timeline/row.ts'
import type { StoreReader, Write } from '../../src/ports/store.ts'
import { createKnownClocks, newestRows } from '../../src/services/queries/newest.ts'
import { bob, bytesFor, room as id } from '../core/cast.ts'

const limit = 20
/** Ids are hashes: their order says nothing of when. */
const row = (n: number, part: Partial<MessageRow> = {}): MessageRow => ({
  kind: 'message',
  id: eventId(bytesFor(`message ${n}`)),
  hlc: (1_000_000 + n) * hlcPerMs,
  author: bob.identity,
  device: bob.device,
  seq: n + 1,
  wall: 1_000_000 + n,
  text: `message ${n}`,
  replyTo: null,
  late: false,
  about: nothingSaid,
  ...part,
})
const put = (value: MessageRow): Write => ({ kind: 'put', table: 'timeline', key: [id, timelineBucket(value.hlc), value.id], value })
const rows = (count: number, from = 0) => Array.from({ length: count }, (_, n) => row(from + n))

/** Rows that were read, by one read of the newest. */
const counting = (reader: StoreReader, count: (by: number) => void): StoreReader => ({
  ...reader,
  get: (table, key) => {
    count(1)
    return reader.get(table, key)
  },
  list: async (table, prefix, options) => {
    const found = await reader.list(table, prefix, options)
    count(found.length)
    return found
  },
})

const crowded = async (count: number) => {
  const store = createMemoryStore()
  await store.commit(rows(count).map(put))
  const known = createKnownClocks()
  const look = async () => {
    let read = 0
    const found = await store.read((reader) =>
      newestRows(
        counting(reader, (by) => (read += by)),
        id,
        limit,
        known,
      ),
    )
    const shown: readonly EventId[] = found.slice(-limit).map((each) => each.id)
    return { shown, read, hasMore: found.length > limit }
  }
  return { store, look, known }
}
const newest = (count: number, ...gone: readonly number[]) =>
  rows(count)
    .filter((_, n) => !gone.includes(n))
    .slice(-limit)
    .map((each) => each.id)

test('they are the newest by their clocks, in order, and from the second look on few rows are read', async () => {
  const { look } = await crowded(2_000)
  expect(await look()).toMatchObject({ shown: newest(2_000), hasMore: true })
  const again = await look()
  expect(again).toMatchObject({ shown: newest(2_000), hasMore: true })
  expect(again.read).toBeLessThan(100)
})

test('what is added is among them, and of the rest no more is read than before', async () => {
  const { store, look } = await crowded(2_000)
  await look()
  await store.commit(rows(300, 2_000).map(put))
  const { shown, read } = await look()
  expect(shown).toEqual(newest(2_300))
  expect(read).toBeLessThan(400)
  expect((await look()).read).toBeLessThan(100)
})

test('what came late stands in its place, and what does not count is not shown', async () => {
  const { store, look } = await crowded(1_000)
  await look()
  const late = row(995, { id: eventId(bytesFor('late')), hlc: (1_000_000 + 995) * hlcPerMs + 1 })
  await store.commit([put(late), put(row(999, { isVoid: true }))])
  const expected = [...newest(999).slice(-19)]
  expected.splice(16, 0, late.id)
  expect((await look()).shown).toEqual(expected)
})

test('a quarter of an hour with few rows goes on in the one before', async () => {
  const store = createMemoryStore()
  const old = rows(2_000)
  const later = rows(5, 10_000_000)
  await store.commit([...old, ...later].map(put))
  const known = createKnownClocks()
  for (const look of [1, 2]) {
    const found = await store.read((reader) => newestRows(reader, id, limit, known))
    expect(
      found.slice(-limit).map((each) => each.id),
      `look ${look}`,
    ).toEqual([...old.slice(-15), ...later].map((each) => each.id))
  }
})

test('what was written here is not even read once to be known', async () => {
  const { store, look, known } = await crowded(2_000)
  await look()
  const writes = rows(1_500, 2_000).map(put)
  await store.commit(writes)
  known.learnWritten(writes)
  const { shown, read } = await look()
  expect(shown).toEqual(newest(3_500))
  expect(read).toBeLessThan(100)
})
