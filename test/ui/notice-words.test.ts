// Lines between messages in words, whoever did what to whom.
import { expect, test } from 'vitest'
import type { EventId } from '../../src/core/ids.ts'
import { defaultPolicy } from '../../src/core/members/role.ts'
import type { NoticeView } from '../../src/ports/queries.ts'
import { noticeWords } from '../../src/ui/conversation/notice-words.ts'
import { settle } from '../../src/ui/settle.ts'
import { person } from './playground/world.ts'

const [me, bob, carol] = [person('Alice', true), person('Bob'), person('Carol')]
const line = (author: typeof me, notice: NoticeView['notice'], more: Partial<NoticeView> = {}) =>
  noticeWords({ kind: 'notice', id: 'x' as EventId, at: 0, author, notice, ...more })
const about = (whom: typeof me) => ({ person: whom })
const gone = { kind: 'removed', person: bob.identity } as const
const announcements = { ...defaultPolicy, post: 'moderator' } as const
const role = { kind: 'role', person: bob.identity, role: 'moderator' } as const

test.each([
  [line(me, { kind: 'created', name: 'Choir' }), 'You created “Choir”'],
  [line(bob, { kind: 'created', name: '' }), 'Bob started this conversation'],
  [line(me, { kind: 'joined', person: bob.identity, name: 'Bob' }, about(bob)), 'Bob joined'],
  [line(bob, { kind: 'joined', person: me.identity, name: 'Alice' }, about(me)), 'You joined'],
  [
    line(me, { kind: 'joined', person: bob.identity, name: 'Bob' }, { person: bob, alarm: bob }),
    'Somebody who is called Bob joined. It is not the Bob whom you verified.',
  ],
  [line(me, gone, about(bob)), 'You removed Bob'],
  [line(carol, gone, about(bob)), 'Carol removed Bob'],
  [line(bob, gone, about(me)), 'Bob removed you'],
  [line(me, role, about(bob)), 'You made Bob a moderator'],
  [line(carol, role, about(bob)), 'Carol made Bob a moderator'],
  [line(bob, role, about(me)), 'Bob made you a moderator'],
  [line(me, role, about(me)), 'You made yourself a moderator'],
  [line(bob, role, about(bob)), 'Bob is a moderator now'],
  [line(bob, { kind: 'timer', seconds: 300 }), 'Bob lets new messages disappear after 5 minutes'],
  [line(me, { kind: 'timer', seconds: 28_800 }), 'You let new messages disappear after 8 hours'],
  [line(me, { kind: 'timer', seconds: 90 }), 'You let new messages disappear after 90 seconds'],
  [line(me, { kind: 'timer', seconds: 0 }), 'You let new messages stay'],
  [line(bob, { kind: 'slow', seconds: 30 }), 'Bob lets others wait 30 seconds between two messages'],
  [line(me, { kind: 'slow', seconds: 0 }), 'You let everybody write when they like again'],
  [line(bob, { kind: 'policy', policy: defaultPolicy }), 'Bob changed what members may do'],
  [line(me, { kind: 'policy', policy: { ...defaultPolicy, pin: 'owner' }, before: defaultPolicy }), 'You changed what members may do'],
  [
    line(bob, { kind: 'policy', policy: announcements, before: defaultPolicy }),
    'Bob made this a group for announcements: only those who look after it write here',
  ],
  [line(me, { kind: 'policy', policy: defaultPolicy, before: announcements }), 'You let everybody write here'],
  [line(bob, { kind: 'policy', policy: { ...defaultPolicy, post: 'owner' }, before: announcements }), 'Bob lets only owners write here'],
  [line(bob, { kind: 'withdrawn' }), 'Bob withdrew an invite link'],
  [line(bob, { kind: 'device-added' }), 'Bob has a new device'],
  [line(me, { kind: 'device-removed' }), 'You have one device less'],
  [line(bob, { kind: 'missing', count: 1 }), '1 message by Bob is missing. It comes when somebody who has it is here.'],
  [line(bob, { kind: 'missing', count: 3 }), '3 messages by Bob are missing. They come when somebody who has them is here.'],
  [line(me, { kind: 'refused', reason: 'ran-out' }), 'This invite has expired. Ask for a new one.'],
  [
    line(me, { kind: 'refused', reason: 'used' }),
    'Somebody answered that this invite was used already. If nobody else lets you in, ask for a new one.',
  ],
  [line({ ...bob, name: '\u202e' }, { kind: 'left' }), 'Someone left'],
])('%s', (said, expected) => expect(said).toBe(expected))

test('a failure is said in the words of the catalogue, and in its own where it has none', async () => {
  const failed = (kind: string) => settle(Promise.resolve({ ok: false, error: { kind, here: 'as it was said' } } as const))
  expect(await failed('busy')).toMatchObject({ error: { here: 'Another tab is just taking over. Try again in a moment.' } })
  expect(await failed('never heard of')).toMatchObject({ error: { here: 'as it was said' } })
})
