// What waited for its past is taken in as soon as that is held, whatever else waited beside it.
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../src/adapters/store-memory/memory-store.ts'
import { emptyConversation } from '../../src/core/conversation/conversation.ts'
import { hpkeSuites } from '../../src/ports/cipher.ts'
import { absorb } from '../../src/services/absorb.ts'
import { createDraft } from '../../src/services/draft.ts'
import { emptyRoom, newRecord } from '../../src/services/room.ts'
import { add, alice, bob, carol, createBody, dave, room, takeAll, text, write } from '../core/cast.ts'
import { createTestCipherWorld } from '../fixtures/test-cipher.ts'

const random = { bytes: (length: number) => new Uint8Array(length) }
const deps = {
  hpke: createTestCipherWorld('absorb').hpke(random),
  clock: { now: () => 1_000, after: () => () => {} },
  store: createMemoryStore(),
  me: { identity: carol.identity, device: carol.device },
  suite: hpkeSuites.xWing,
}

test('words that waited are heard although somebody else’s, which waited for the same, break a rule', async () => {
  const create = await write(emptyConversation(room), alice, createBody(), 1)
  const begun = takeAll(emptyConversation(room), [create])
  const added = await write(begun, alice, add(bob), 2)
  const all = takeAll(begun, [added])
  // Dave is nobody here; both have seen that Bob was let in.
  const [byDave, byBob] = [await write(all, dave, text('let me speak'), 3), await write(all, bob, text('hello'), 4)]
  const start = emptyRoom(room, newRecord('group', 'joining', 'A group', 0))
  const after = await absorb(deps, createDraft(deps.store), start, [create, byDave, byBob, added])
  expect(after.taken).toBe(3)
  expect(after.refused).toBe(1)
  expect(after.room.early.size).toBe(0)
})
