// When a message that waits is shown as not sent.
import { expect, test } from 'vitest'
import type { ConnectionView, ConversationView, MessageView } from '../../src/ports/queries.ts'
import { dueAt, overdueOf, reachedSince } from '../../src/ui/conversation/overdue.ts'

const minute = 60_000
const message = (more: Partial<MessageView>): MessageView => ({ at: 100 * minute, deleted: false, ...more }) as MessageView
const waiting = { state: 'waiting', have: 0, of: 2 } as const

test('a message is overdue a minute after it was written, and after somebody whom it is for was reached', () => {
  expect(dueAt(message({ delivery: waiting }), 90 * minute)).toBe(101 * minute)
  expect(dueAt(message({ delivery: waiting }), 130 * minute)).toBe(131 * minute)
  expect(overdueOf(message({ delivery: waiting }), 90 * minute, 101 * minute - 1)).toBeUndefined()
  expect(overdueOf(message({ delivery: waiting }), 90 * minute, 101 * minute)).toBe('untaken')
})

test('it may wait as long as nobody is connected, and once somebody has it or carries it', () => {
  expect(dueAt(message({ delivery: waiting }), undefined)).toBeUndefined()
  expect(dueAt(message({ delivery: { ...waiting, have: 1 } }), 0)).toBeUndefined()
  expect(dueAt(message({ delivery: { ...waiting, state: 'carried' } }), 0)).toBeUndefined()
  expect(dueAt(message({ delivery: { ...waiting, of: 0 } }), 0)).toBeUndefined()
  expect(dueAt(message({ delivery: waiting, deleted: true }), 0)).toBeUndefined()
  expect(dueAt(message({}), 0)).toBeUndefined()
})

test('a text that goes out later is overdue when its time is over, whoever is connected, and never while it waits for somebody', () => {
  const later = { n: 1, when: { kind: 'at', at: 200 * minute } } as const
  expect(overdueOf(message({ later }), undefined, 200 * minute)).toBeUndefined()
  expect(overdueOf(message({ later }), undefined, 201 * minute)).toBe('unsaid')
  expect(dueAt(message({ later: { n: 1, when: { kind: 'here' } } }), 0)).toBeUndefined()
})

test('a conversation is reached since the first of its links, of other people alone', () => {
  const view = {
    members: [{ identity: 'alice', isMe: true }, ...['bob', 'carol'].map((identity) => ({ identity, online: true }))],
  } as unknown as ConversationView
  const links = [
    { identity: 'alice', since: 1 },
    { identity: 'dave', since: 2 },
    { since: 3 },
    { identity: 'carol', since: 5 },
    { identity: 'bob', since: 4 },
  ]
  expect(reachedSince(view, { links } as unknown as ConnectionView)).toBe(4)
  expect(reachedSince(view, { links: links.slice(0, 3) } as unknown as ConnectionView)).toBeUndefined()
})
