// What is found stands newest first, in whatever order this device came to know it: history that came late, in segments of its own and in
// merged ones. The real index and the real query over a memory store.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../src/adapters/store-memory/memory-store.ts'
import { hlcPerMs } from '../../src/core/event/clock.ts'
import type { ConversationId, DeviceId, EventId, IdentityId } from '../../src/core/ids.ts'
import { defaultPolicy } from '../../src/core/members/role.ts'
import { createBucketing } from '../../src/core/search/segment.ts'
import { marks, wordsOf } from '../../src/core/search/terms.ts'
import { timelineBucket } from '../../src/core/timeline/bucket.ts'
import { nothingSaid, type MessageRow } from '../../src/core/timeline/row.ts'
import type { SearchWish } from '../../src/ports/queries.ts'
import type { Store, Write } from '../../src/ports/store.ts'
import { readSearch } from '../../src/services/queries/search.ts'
import { addSegment, mergeOnce, readManifest } from '../../src/services/search/write-segment.ts'

const id = <T extends string>(letter: string, n = 0): T => `${letter}${n.toString(16).padStart(6, '0')}`.padEnd(64, '0') as T
const [group, alice, device] = [id<ConversationId>('c'), id<IdentityId>('a'), id<DeviceId>('d')]
const bucketing = createBucketing(new Uint8Array(32).fill(9))

const openStore = async (): Promise<Store> => {
  const store = createMemoryStore()
  const seed = new Uint8Array(32)
  const record = {
    as: 'group',
    standing: 'member',
    title: 'Choir',
    people: [],
    names: [],
    policy: defaultPolicy,
    readHlc: 0,
    unread: 0,
    at: 0,
  } as const
  await store.commit([
    {
      kind: 'put',
      table: 'profile',
      key: ['me'],
      value: { name: 'Alice', identity: alice, identitySeed: seed, deviceSeed: seed, device, certificate: seed },
    },
    { kind: 'put', table: 'conversations', key: [group], value: { ...record, membersHeads: [], contentHeads: [] } },
    { kind: 'put', table: 'search', key: ['key'], value: { kind: 'key', key: new Uint8Array(32).fill(9) } },
    { kind: 'put', table: 'search', key: ['have', group], value: { kind: 'have', have: [], heads: [] } },
  ])
  return store
}

/** A message said at a minute, the n-th that this device comes to know. */
const said = (n: number, minute: number, text: string): MessageRow => ({
  kind: 'message',
  id: id<EventId>('e', n),
  hlc: minute * 60_000 * hlcPerMs + n,
  author: alice,
  device,
  seq: n + 1,
  wall: minute * 60_000,
  text,
  replyTo: null,
  late: false,
  about: nothingSaid,
})

/** Takes messages in as the index does, a segment of them at a time. */
const learn = async (store: Store, rows: readonly MessageRow[]): Promise<void> => {
  await store.commit(
    rows.map((row): Write => ({ kind: 'put', table: 'timeline', key: [group, timelineBucket(row.hlc), row.id], value: row })),
  )
  const documents = rows
    .toSorted((a, b) => a.hlc - b.hlc)
    .map((row) => ({
      conversation: group,
      message: row,
      words: new Set([...wordsOf(row.text), marks.conversation(group), marks.author(row.author)]),
    }))
  await addSegment({ store }, bucketing, documents, [])
  while (await mergeOnce({ store }, async () => undefined));
}

const minutesOf = async (store: Store, wish: SearchWish, limit: number): Promise<readonly number[]> =>
  (await store.read((reader) => readSearch(reader, wish, limit))).hits.map(({ at }) => at / 60_000)

test('a page of what is found is the newest of all, though older messages came later, in merged segments too', async () => {
  const minutes = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 90 })
  await fc.assert(
    fc.asyncProperty(fc.array(minutes, { minLength: 1, maxLength: 18 }), fc.integer({ min: 1, max: 40 }), async (portions, limit) => {
      const store = await openStore()
      let n = 0
      const all: number[] = []
      for (const portion of portions) {
        await learn(
          store,
          portion.map((minute) => said(n++, minute, minute % 3 === 0 ? 'a pearl' : 'a stone')),
        )
        all.push(...portion)
      }
      const newest = (which: (minute: number) => boolean) =>
        all
          .filter(which)
          .toSorted((a, b) => b - a)
          .slice(0, limit)
      expect(await minutesOf(store, { text: 'a pearl' }, limit)).toEqual(newest((minute) => minute % 3 === 0))
      expect(await minutesOf(store, { text: '', conversation: group }, limit)).toEqual(newest(() => true))
      const span = { after: 1_000 * 60_000, before: 3_000 * 60_000 }
      const isWithin = (minute: number) => minute >= 1_000 && minute <= 3_000
      expect(await minutesOf(store, { text: 'stone', ...span }, limit)).toEqual(newest((minute) => isWithin(minute) && minute % 3 !== 0))
      expect(await minutesOf(store, { text: '', ...span }, limit)).toEqual(newest(isWithin))
    }),
    { numRuns: 25 },
  )
})

test('history of years that comes after a week of talk stands behind that week', async () => {
  const store = await openStore()
  const [year, count] = [525_600, 40]
  const talk = Array.from({ length: count }, (_, n) => said(n, 3 * year + n, 'a word of the week'))
  const history = Array.from({ length: 600 }, (_, n) => said(count + n, n * 1_000, 'a word of before'))
  await learn(store, talk)
  for (let at = 0; at < history.length; at += 60) await learn(store, history.slice(at, at + 60))
  expect((await readManifest(store)).segments.length).toBeLessThan(11)
  const week = Array.from({ length: 30 }, (_, n) => 3 * year + count - 1 - n)
  expect(await minutesOf(store, { text: 'word' }, 30)).toEqual(week)
  expect(await minutesOf(store, { text: 'word', after: 0, before: 599 * 1_000 * 60_000 }, 3)).toEqual([599_000, 598_000, 597_000])
})
