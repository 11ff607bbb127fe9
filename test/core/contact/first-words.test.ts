import { describe, expect, test } from 'vitest'
import { readFirstWords } from '../../../src/core/contact/first-words.ts'
import type { ContentBody, MembersBody, VerifiedEvent } from '../../../src/core/event/event.ts'
import { inviteKeys } from '../../../src/core/invite/secret.ts'
import { maxRequestTextBytes } from '../../../src/core/limits.ts'
import { alice, bob, bytesFor, createBody, room, say, secondDeviceOf, tell, write, type Person } from '../cast.ts'

const secret = bytesFor('secret').subarray(0, 16)
const invite: MembersBody = {
  kind: 'invite',
  invite: inviteKeys(secret).invite,
  key: bytesFor('key'),
  meeting: bytesFor('meeting'),
  expiresAt: 9_000,
  uses: 'single',
}
const text = (words: string): ContentBody => ({ kind: 'text', text: words, replyTo: null })
const begun = async (...bodies: readonly (MembersBody | ContentBody)[]): Promise<readonly VerifiedEvent[]> =>
  (await tell(bodies.map((body): [Person, MembersBody | ContentBody] => [alice, body]))).events
const read = (events: readonly VerifiedEvent[], from: Person = alice) => readFirstWords(from.device, secret, events)

describe('what a request says', () => {
  test('is the name and the one text of whoever began the conversation', async () => {
    const events = await begun(createBody(alice, 'direct'), invite, text('Hello'))
    expect(read(events)).toEqual({ ok: true, value: { conversation: room, identity: alice.identity, name: 'Alice', text: 'Hello' } })
  })

  test('is nothing when it comes from another device than it was signed by', async () => {
    const events = await begun(createBody(alice, 'direct'), invite, text('Hello'))
    expect(read(events, bob).ok).toBe(false)
    expect(read(events, secondDeviceOf(alice)).ok).toBe(false)
  })

  test.each([
    ['a group', [createBody(alice, 'group'), invite, text('Hello')]],
    ['no text', [createBody(alice, 'direct'), invite]],
    ['two texts', [createBody(alice, 'direct'), invite, text('Hello'), text('and more')]],
    ['a text that is too long', [createBody(alice, 'direct'), invite, text('x'.repeat(maxRequestTextBytes + 1))]],
    ['no invite', [createBody(alice, 'direct'), text('Hello')]],
    ['another invite', [createBody(alice, 'direct'), { ...invite, invite: 'ab'.repeat(16) }, text('Hello')]],
    [
      'a reaction beside the text',
      [
        createBody(alice, 'direct'),
        invite,
        text('Hello'),
        { kind: 'reaction', target: { id: 'ab'.repeat(32) as never, hlc: 1 }, emoji: '🌻', on: true },
      ],
    ],
    [
      'somebody who is let in',
      [createBody(alice, 'direct'), invite, { kind: 'add', person: bob.card, invite: null, floor: [] }, text('Hello')],
    ],
  ] as const)('is nothing with %s', async (_, bodies) => {
    expect(read(await begun(...bodies)).ok).toBe(false)
  })

  test('is nothing with a hole in it, out of order, or without its beginning', async () => {
    const events = await begun(createBody(alice, 'direct'), invite, text('Hello'))
    const [create, op, words] = events as [VerifiedEvent, VerifiedEvent, VerifiedEvent]
    for (const wrong of [[], [create, words], [op, words], [words, op, create], [create, op, words, words], [create, create, op, words]])
      expect(read(wrong).ok).toBe(false)
  })

  test('holds whatever keys and names changed while it waited', async () => {
    const { conversation, events } = await tell([
      [alice, createBody(alice, 'direct')],
      [alice, invite],
      [alice, text('Hello')],
    ])
    const renamed = await say(conversation, alice, { kind: 'profile', name: 'Alice B.' }, 2_000)
    const key = await write(renamed.conversation, alice, { kind: 'device', device: alice.card.devices[0]! }, 3_000)
    expect(read([...events, renamed.event, key])).toMatchObject({ ok: true, value: { name: 'Alice B.', text: 'Hello' } })
  })
})
