// Whose turn it is to be asked, by a clock that can be set.
import { expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import { startSync, type SyncState } from '../../src/core/sync/sync.ts'
import { createTurns } from '../../src/services/turns.ts'
import { alice, bob } from '../core/cast.ts'

const conversation = '07'.repeat(16) as ConversationId
const idle = startSync({ have: new Map(), digest: new Uint8Array(16), readHlc: 0 })
const asked: SyncState = { ...idle, asking: { kind: 'asked', tries: 1 } }

const turnOfAlice = () => {
  const clock = { now: 1_700_000_000_000 }
  const turns = createTurns({ clock: { now: () => clock.now, after: () => () => {} } })
  turns.told(conversation, alice.device, idle, asked)
  return { clock, waits: () => turns.isAnothers(conversation, bob.device) }
}

test('a turn is over once its device was silent for a second', () => {
  const { clock, waits } = turnOfAlice()
  clock.now += 999
  expect(waits()).toBe(true)
  clock.now += 1
  expect(waits()).toBe(false)
})

test('a clock that is set back keeps nobody waiting until it is there again', () => {
  const { clock, waits } = turnOfAlice()
  clock.now -= 86_400_000
  expect(waits()).toBe(false)
})
