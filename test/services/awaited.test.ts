// Something is said about a message before the message comes: both find each other, and a message of which nothing was said is not looked for.
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../src/adapters/store-memory/memory-store.ts'
import type { VerifiedEvent } from '../../src/core/event/event.ts'
import { absorb } from '../../src/services/absorb.ts'
import { createDraft } from '../../src/services/draft.ts'
import { emptyRoom, newRecord, type Room } from '../../src/services/room.ts'
import type { Store } from '../../src/ports/store.ts'
import type { TimelineRow } from '../../src/core/timeline/row.ts'
import { add, alice, bob, createBody, room as id, say, sign, tell, text } from '../core/cast.ts'
import { createTestCipherWorld } from '../fixtures/test-cipher.ts'

test('a reaction that comes before its message stands on it in the end, and only then are rows of messages looked for', async () => {
  const beginning = await tell([
    [alice, createBody()],
    [alice, add(bob)],
  ])
  const said = await say(beginning.conversation, alice, text('first'), 10_000)
  const target = { id: said.event.id, hlc: said.event.hlc }
  const reaction = await say(said.conversation, bob, { kind: 'reaction', target, emoji: '🌱', on: true }, 10_001)
  // As if Bob named nothing that Alice had said: so it can be taken before.
  const { deps } = reaction.event
  const early = await sign({ ...reaction.event, deps: deps.filter((dep) => dep.lane === 0) })
  const later = await say(said.conversation, alice, text('second'), 10_002)

  const looked: string[] = []
  const store = createMemoryStore()
  const counting: Store = {
    ...store,
    read: (read, tables) =>
      store.read(
        (reader) => read({ ...reader, get: (table, key) => (table === 'timeline' && looked.push(String(key[2])), reader.get(table, key)) }),
        tables,
      ),
  }
  let held: Room = emptyRoom(id, newRecord('group', 'member', '', 0))
  const take = async (...events: readonly VerifiedEvent[]): Promise<void> => {
    const draft = createDraft(counting)
    const me = { identity: bob.identity, device: bob.device }
    const clock = { now: () => 20_000, after: () => () => undefined }
    const { hpke } = createTestCipherWorld('awaited')
    held = (await absorb({ store: counting, clock, hpke: hpke({ bytes: (n) => new Uint8Array(n) }), me }, draft, held, events)).room
    await store.commit(draft.writes())
  }
  const rowOf = async (event: VerifiedEvent): Promise<TimelineRow | undefined> =>
    (await store.read((reader) => reader.list('timeline', [id]))).find(({ key }) => key[2] === event.id)?.value

  await take(...beginning.events)
  expect(looked).toEqual([])
  await take(early)
  expect((await rowOf(said.event))?.kind).toBe('awaited')
  expect(held.record.awaited).toBe(1)
  await take(said.event, later.event)
  expect(await rowOf(said.event)).toMatchObject({ kind: 'message', text: 'first', about: { reactions: [{ emoji: '🌱' }] } })
  expect(held.record.awaited).toBe(0)

  looked.length = 0
  await take((await say(later.conversation, alice, text('third'), 10_003)).event)
  expect(looked).toEqual([])
})
