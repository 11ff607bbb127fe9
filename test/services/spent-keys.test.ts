// The key of a message goes when the message is on the disk, whichever comes first, the message or the epoch that it was said under
// (PROTOCOL section 5): words that nobody waits for any longer are taken without what they name.
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../src/adapters/store-memory/memory-store.ts'
import { emptyConversation } from '../../src/core/conversation/conversation.ts'
import { commitmentOf, shareInfo } from '../../src/core/epoch/epoch.ts'
import { keyAt } from '../../src/core/epoch/sender-chain.ts'
import { lanes } from '../../src/core/event/event.ts'
import { hpkeKeyName } from '../../src/core/members/card.ts'
import { hpkeSuites } from '../../src/ports/cipher.ts'
import { absorb } from '../../src/services/absorb.ts'
import { createDraft } from '../../src/services/draft.ts'
import { emptyRoom, newRecord } from '../../src/services/room.ts'
import { add, alice, bob, bytesFor, carol, createBody, room, takeAll, text, write } from '../core/cast.ts'
import { createTestCipherWorld } from '../fixtures/test-cipher.ts'

const hpke = createTestCipherWorld('spent keys').hpke({ bytes: (length) => new Uint8Array(length) })
const store = createMemoryStore()
const deps = { hpke, clock: { now: () => 1_000, after: () => () => {} }, store, me: { identity: carol.identity, device: carol.device } }

/** An epoch that Alice makes for Carol and Bob, as Carol can open it. */
const epochBody = async (publicKey: Uint8Array) => {
  const secret = bytesFor('secret')
  const [info, commitment] = [shareInfo(room, alice.device, carol.device), commitmentOf(secret)]
  const sealed = await hpke.seal(hpkeSuites.x25519, publicKey, info, commitment, secret)
  const none = { key: '00'.repeat(8), enc: new Uint8Array(0), ciphertext: new Uint8Array(0) }
  const shares = [
    { ...none, device: bob.device },
    { ...sealed, device: carol.device, key: hpkeKeyName(publicKey) },
  ]
  return { kind: 'epoch', suite: hpkeSuites.x25519, commitment, shares } as const
}

test('an epoch that is opened after what was said under it opens none of that any more', async () => {
  const { publicKey, privateKey, suite } = await hpke.generate(hpkeSuites.x25519)
  const draft = createDraft(store)
  draft.put('hpkeKeys', [hpkeKeyName(publicKey)], { conversation: room, suite, privateKey, createdAt: 0 })

  const create = await write(emptyConversation(room), alice, createBody(), 1)
  let bobs = takeAll(emptyConversation(room), [create])
  const members = [create]
  for (const person of [bob, carol]) {
    members.push(await write(bobs, alice, add(person), 2))
    bobs = takeAll(bobs, members)
  }
  const epoch = await write(bobs, alice, await epochBody(publicKey), 3)
  bobs = takeAll(bobs, [epoch])
  const words = []
  // What had number 1 was never sent: Bob's device stopped before it was on his disk.
  for (const index of [0, 2, 3]) {
    const said = await write(bobs, bob, text(`number ${index}`), 4, lanes.content, { epoch: epoch.id, index })
    bobs = takeAll(bobs, [said])
    words.push(said)
  }

  const start = emptyRoom(room, newRecord('group', 'joining', 'A group', 0))
  const known = await absorb(deps, draft, start, members)
  const hasty = await absorb(deps, draft, known.room, words, 'impatient')
  expect(hasty.taken).toBe(3)
  const opened = await absorb(deps, draft, hasty.room, [epoch])
  expect(opened.room.epochs.map(({ id }) => id)).toEqual([epoch.id])

  const chain = (await draft.get('senderChains', [room, epoch.id, bob.device]))!
  expect([0, 1, 2, 3, 4].filter((index) => keyAt(chain, index) !== undefined)).toEqual([1, 4])
})
