import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hlcPerMs } from '../../../src/core/event/clock.ts'
import type { ContentBody, EventRef, VerifiedEvent } from '../../../src/core/event/event.ts'
import { nameContact } from '../../../src/core/contact/contact-name.ts'
import type { IdentityId } from '../../../src/core/ids.ts'
import { encodeContactLink } from '../../../src/core/invite/link.ts'
import { timelineBucket } from '../../../src/core/timeline/bucket.ts'
import { foldRow, markForAll, markVoid, rowOf, withoutEdit } from '../../../src/core/timeline/fold.ts'
import type { MessageRow, TimelineRow } from '../../../src/core/timeline/row.ts'
import { seenMessage, versionsOf, type SeenMessage } from '../../../src/core/timeline/seen.ts'
import { add, alice, bob, carol, createBody, everybody, remove, tell, text, write, type Person } from '../cast.ts'
import { withStillInputs } from '../still.ts'

const people = [alice, bob, carol]
const owners = new Map(everybody.map((person) => [person.device, person.identity]))
const authorOf = (event: VerifiedEvent): IdentityId => owners.get(event.device)!

/** Alice says something, and everybody has something to say about it: each remark a kind, who, and when. */
interface Remark {
  readonly kind: 'edit' | 'delete' | 'reaction' | 'pin'
  readonly by: number
  readonly ms: number
  readonly what: number
}
const remark: fc.Arbitrary<Remark> = fc.record({
  kind: fc.constantFrom('edit', 'edit', 'reaction', 'reaction', 'reaction', 'delete', 'pin'),
  by: fc.nat({ max: 2 }),
  ms: fc.nat({ max: 3 }),
  what: fc.nat({ max: 3 }),
})

const bodyOf = ({ kind, what }: Remark, target: EventRef): ContentBody => {
  if (kind === 'edit') return { kind, target, text: `edit ${what}` }
  if (kind === 'pin') return { kind, target, on: what % 2 === 0 }
  return kind === 'delete' ? { kind, target } : { kind, target, emoji: ['🌱', '🌻'][what >> 1]!, on: what % 2 === 0 }
}

const scene = async (remarks: readonly Remark[]): Promise<{ message: VerifiedEvent; events: readonly VerifiedEvent[] }> => {
  const { conversation, events } = await tell([
    [alice, createBody()],
    [alice, add(bob)],
    [alice, add(carol)],
    [alice, text('first')],
  ])
  const message = events[3]!
  const about = await Promise.all(remarks.map((one) => write(conversation, people[one.by]!, bodyOf(one, message), 5_000 + one.ms)))
  return { message, events: [message, ...about] }
}

const fold = (events: readonly VerifiedEvent[]): TimelineRow | undefined =>
  events.reduce<TimelineRow | undefined>((row, event) => foldRow(row, event, authorOf(event), false), undefined)

const seen = (events: readonly VerifiedEvent[]): SeenMessage => {
  const row = fold(events)
  if (row?.kind !== 'message') throw new Error('no message')
  return withStillInputs([row], seenMessage)
}

describe('a row', () => {
  test('comes out the same in whatever order its events come, each as often as it likes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(remark, { maxLength: 12 }), fc.infiniteStream(fc.nat()), async (remarks, dice) => {
        const { events } = await scene(remarks)
        const whole = fold(events)
        const again = [...events, ...events.slice(0, 3)]
        const order = again.map((event) => ({ event, at: dice.next().value as number })).toSorted((a, b) => a.at - b.at)
        let row: TimelineRow | undefined
        for (const { event } of order) row = withStillInputs([row, event, authorOf(event), false] as const, foldRow)
        expect(row).toEqual(whole)
        expect(fold(events.toReversed())).toEqual(whole)
      }),
      { numRuns: 150 },
    )
  })

  test('of what has disappeared there is none, whatever was said about it; an edit that has leaves nothing', async () => {
    const { message, events } = await scene([
      { kind: 'edit', by: 0, ms: 1, what: 1 },
      { kind: 'reaction', by: 1, ms: 2, what: 1 },
      { kind: 'pin', by: 0, ms: 3, what: 0 },
    ])
    const ref = { id: message.id, hlc: message.hlc }
    const gone = { ...message, body: { kind: 'gone', target: null } } as VerifiedEvent
    expect(rowOf(gone)).toEqual(ref)
    expect(foldRow(undefined, gone, alice.identity, false)).toBeUndefined()
    expect(foldRow(fold(events.slice(1)), gone, alice.identity, false, true)).toBeUndefined()
    expect(rowOf({ ...gone, body: { kind: 'gone', target: ref } })).toBeUndefined()
    const edited = fold(events)!
    expect(seenMessage(edited as MessageRow)).toMatchObject({ text: 'edit 1', edited: true })
    const edit = events.find(({ body }) => body.kind === 'edit')!
    expect(withoutEdit(edited, edit.id)).toEqual(fold(events.filter((event) => event !== edit)))
  })

  test('knows until when it is there', async () => {
    const { message } = await scene([])
    const fading = { lifetime: 60, commitment: new Uint8Array(32), words: null }
    expect(foldRow(undefined, { ...message, fading }, alice.identity, false, false, 9)).toMatchObject({ fades: { lifetime: 60, at: 9 } })
    expect(foldRow(undefined, message, alice.identity, false)).not.toHaveProperty('fades')
  })

  test('shows what a plain reading of all words in their order gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(remark, { maxLength: 12 }), async (remarks) => {
        const { events } = await scene(remarks)
        const inOrder = events.slice(1).toSorted((a, b) => a.hlc - b.hlc || (a.id < b.id ? -1 : 1))
        const own = inOrder.filter((event) => event.device === alice.device)
        const deleted = own.some((event) => event.body.kind === 'delete')
        const edits = own.flatMap((event) => (event.body.kind === 'edit' ? [event.body.text] : []))
        const on = new Set<string>()
        for (const event of inOrder) {
          if (event.body.kind !== 'reaction') continue
          const word = `${event.body.emoji} ${authorOf(event)}`
          if (event.body.on) on.add(word)
          else on.delete(word)
        }
        const shown = seen(events)
        expect(shown.deleted).toBe(deleted)
        expect(shown.text).toBe(deleted ? '' : (edits.at(-1) ?? 'first'))
        expect(shown.edited).toBe(!deleted && edits.length > 0)
        const pins = inOrder.flatMap((event) => (event.body.kind === 'pin' ? [event.body.on] : []))
        expect(shown.pinned).toBe(!deleted && pins.at(-1) === true)
        expect(shown.reactions.flatMap(({ emoji, by }) => by.map((identity) => `${emoji} ${identity}`)).toSorted()).toEqual(
          deleted ? [] : [...on].toSorted(),
        )
      }),
      { numRuns: 150 },
    )
  })

  test('waits for its message, and is not seen before', async () => {
    const { message, events } = await scene([{ kind: 'reaction', by: 1, ms: 0, what: 0 }])
    expect(fold(events.slice(1))).toMatchObject({ kind: 'awaited', id: message.id, hlc: message.hlc })
  })

  test('says that it came late when it did', async () => {
    const { message } = await scene([])
    expect(foldRow(undefined, message, alice.identity, true)).toMatchObject({
      kind: 'message',
      late: true,
      author: alice.identity,
      text: 'first',
      seq: 1,
    })
    expect(foldRow(undefined, message, alice.identity, false)).toMatchObject({ late: false })
  })

  test.each([
    ['create', createBody(), { kind: 'created', name: 'Garden' }],
    ['add', add(bob), { kind: 'joined', person: bob.identity, name: 'Bob' }],
    ['remove', remove(bob), { kind: 'removed', person: bob.identity }],
    ['leave', { kind: 'leave' }, { kind: 'left' }],
    ['name', { kind: 'name', name: 'Orchard' }, { kind: 'named', name: 'Orchard' }],
    ['profile', { kind: 'profile', name: 'A.' }, { kind: 'renamed', name: 'A.' }],
    ['role', { kind: 'role', identity: bob.identity, role: 'reader' }, { kind: 'role', person: bob.identity, role: 'reader' }],
    ['picture', { kind: 'picture', of: 'group', picture: new Uint8Array(0) }, { kind: 'pictured' }],
    ['device', { kind: 'device', device: bob.card.devices[0]! }, { kind: 'device-added' }],
    ['revoke', { kind: 'revoke', device: bob.device, last: [] }, { kind: 'device-removed' }],
    ['unknown', { kind: 'unknown', name: 'hologram', content: null }, { kind: 'newer-version' }],
  ] as const)('is a notice for %s', async (_, body, notice) => {
    const { conversation } = await tell([[alice, createBody()]])
    const event = await write(conversation, alice, body, 5_000)
    expect(rowOf(event)).toEqual({ id: event.id, hlc: event.hlc })
    const row = foldRow(undefined, event, alice.identity, false)
    expect(row).toMatchObject({ kind: 'notice', notice, author: alice.identity })
    // What somebody says about a notice is kept nowhere, whichever comes first.
    const word = await write(conversation, alice, { kind: 'delete', target: event }, 6_000)
    expect(foldRow(row, word, alice.identity, false)).toEqual(row)
    expect(foldRow(foldRow(undefined, word, alice.identity, false), event, alice.identity, false)).toEqual(row)
  })

  test('is none for what nobody sees', async () => {
    const { conversation } = await tell([[alice, createBody()]])
    const epoch = await write(conversation, alice, { kind: 'epoch', suite: 1, commitment: new Uint8Array(32), shares: [] }, 5_000)
    expect(rowOf(epoch)).toBeUndefined()
    expect(foldRow(undefined, epoch, alice.identity, false)).toBeUndefined()
    // New keys of the device that says so, as every week.
    const keys = await write(conversation, alice, { kind: 'device', device: alice.card.devices[0]! }, 5_000)
    expect(rowOf(keys)).toBeUndefined()
    const own = await write(conversation, alice, { kind: 'picture', of: 'self', picture: new Uint8Array(0) }, 5_000)
    expect(rowOf(own)).toBeUndefined()
  })
})

describe('what is seen of a message', () => {
  const say = async (...remarks: readonly (readonly [Person, ContentBody['kind'], number, number])[]) =>
    seen(
      (await scene(remarks.map(([person, kind, ms, what]) => ({ kind: kind as Remark['kind'], by: people.indexOf(person), ms, what }))))
        .events,
    )

  test('is its author’s last edit, and nobody else’s', async () => {
    expect(await say([alice, 'edit', 1, 1], [alice, 'edit', 2, 2], [bob, 'edit', 3, 3])).toMatchObject({
      text: 'edit 2',
      edited: true,
      deleted: false,
    })
  })

  test('is nothing once its author took it back, whatever is said later', async () => {
    expect(await say([alice, 'delete', 1, 0], [alice, 'edit', 2, 2], [bob, 'reaction', 3, 0])).toEqual({
      text: '',
      edited: false,
      deleted: true,
      reactions: [],
      pinned: false,
    })
  })

  test('is still there when somebody else would take it back', async () => {
    expect(await say([bob, 'delete', 1, 0])).toMatchObject({ text: 'first', deleted: false })
  })

  test('is nothing once somebody took it away who may, and says who; what its author took back is the author’s', async () => {
    const { events } = await scene([
      { kind: 'edit', by: 0, ms: 1, what: 1 },
      { kind: 'delete', by: 1, ms: 2, what: 0 },
      { kind: 'delete', by: 2, ms: 3, what: 0 },
      { kind: 'delete', by: 0, ms: 4, what: 0 },
    ])
    const [message, edit, byBob, byCarol, byAlice] = events as [VerifiedEvent, VerifiedEvent, VerifiedEvent, VerifiedEvent, VerifiedEvent]
    const taken = (row: TimelineRow | undefined, by: VerifiedEvent) => markForAll(row!, by.id)
    const row = taken(fold([message, edit, byBob, byCarol]), byCarol)
    expect(seenMessage(row as MessageRow)).toEqual({
      text: '',
      edited: false,
      deleted: true,
      deletedBy: carol.identity,
      reactions: [],
      pinned: false,
    })
    expect(versionsOf(row as MessageRow)).toEqual([])
    expect(seenMessage(taken(row, byBob) as MessageRow).deletedBy).toBe(bob.identity)
    expect(seenMessage(markVoid(row, byCarol, true) as MessageRow)).toMatchObject({ text: 'edit 1', deleted: false })
    expect(markVoid(markVoid(row, byCarol, true), byCarol, false)).toEqual(row)
    // Whichever came first: the deletion, or what it takes away.
    const early = taken(fold([byCarol]), byCarol)
    const later = [message, edit, byBob].reduce((on, event) => foldRow(on, event, authorOf(event), false)!, early)
    expect(later).toEqual(row)
    expect(seenMessage(foldRow(row, byAlice, alice.identity, false) as MessageRow)).not.toHaveProperty('deletedBy')
  })

  test('has each reaction once a person, in the order of the first', async () => {
    expect(
      (await say([bob, 'reaction', 2, 2], [carol, 'reaction', 1, 0], [bob, 'reaction', 3, 0], [alice, 'reaction', 0, 1])).reactions,
    ).toEqual([
      { emoji: '🌱', by: [carol.identity, bob.identity] },
      { emoji: '🌻', by: [bob.identity] },
    ])
  })

  test('is in front by the last word that counts, and a word that does not is passed over', async () => {
    const { message, events } = await scene([
      { kind: 'pin', by: 0, ms: 1, what: 0 },
      { kind: 'pin', by: 1, ms: 2, what: 1 },
    ])
    const [, pin, unpin] = events as [VerifiedEvent, VerifiedEvent, VerifiedEvent]
    const row = fold([message, pin])!
    expect(seenMessage(row as MessageRow).pinned).toBe(true)
    expect(seenMessage(foldRow(row, unpin, bob.identity, false) as MessageRow).pinned).toBe(false)
    const unheard = foldRow(row, unpin, bob.identity, false, true) as MessageRow
    expect(seenMessage(unheard).pinned).toBe(true)
    expect(seenMessage(markVoid(unheard, unpin, false) as MessageRow).pinned).toBe(false)
  })

  test('is without what does not count, and with it again when it counts after all', async () => {
    const { events } = await scene([{ kind: 'edit', by: 0, ms: 1, what: 1 }])
    const [message, edit] = events as [VerifiedEvent, VerifiedEvent]
    const row = foldRow(fold([message]), edit, alice.identity, false, true) as MessageRow
    expect(seenMessage(row)).toMatchObject({ text: 'first', edited: false })
    expect(seenMessage(markVoid(row, edit, false) as MessageRow)).toMatchObject({ text: 'edit 1', edited: true })
    expect(markVoid(row, edit, false)).toEqual(fold(events))
    expect(markVoid(markVoid(fold(events)!, message, true), message, false)).toEqual(fold(events))
    expect(withStillInputs([fold(events)!, message, true] as const, markVoid)).toMatchObject({ isVoid: true })
  })
})

describe('a poll', () => {
  const poll = (multiple: boolean): ContentBody => ({ kind: 'poll', question: 'When?', options: ['Tuesday', 'Friday', 'never'], multiple })
  const ask = async (multiple: boolean, ...votes: readonly (readonly [Person, number, readonly number[]])[]) => {
    const { conversation, events } = await tell([
      [alice, createBody()],
      [alice, add(bob)],
      [alice, add(carol)],
      [alice, poll(multiple)],
    ])
    const message = events[3]!
    const target = { id: message.id, hlc: message.hlc }
    const cast = await Promise.all(votes.map(([by, ms, choices]) => write(conversation, by, { kind: 'vote', target, choices }, 5_000 + ms)))
    return { conversation, message, events: [message, ...cast] }
  }
  const result = (events: readonly VerifiedEvent[]) =>
    seen(events).poll?.votes.map(({ option, by }) => `${option}: ${by.map(nameOf).toSorted().join(' ')}`)
  const nameOf = (identity: IdentityId): string => people.find((person) => person.identity === identity)!.name

  test('counts the last vote of each, and comes out the same in whatever order they come', async () => {
    const { events } = await ask(true, [bob, 1, [0, 1]], [carol, 2, [1]], [bob, 3, [1, 2]], [alice, 4, [0]], [alice, 5, []])
    expect(result(events)).toEqual(['Tuesday: ', 'Friday: Bob Carol', 'never: Bob'])
    expect(fold(events.toReversed())).toEqual(fold(events))
    expect(fold([...events.slice(3), ...events])).toEqual(fold(events))
  })

  test('hears no vote for several answers where one was asked for, nor for one that there is not', async () => {
    const { events } = await ask(false, [bob, 1, [0, 1]], [carol, 2, [11]], [alice, 3, [2]])
    expect(result(events)).toEqual(['Tuesday: ', 'Friday: ', 'never: Alice'])
  })

  test('hears no vote that does not count', async () => {
    const { events } = await ask(false, [bob, 1, [0]])
    const [message, vote] = events as [VerifiedEvent, VerifiedEvent]
    const unheard = foldRow(fold([message]), vote, bob.identity, false, true) as MessageRow
    expect(seenMessage(unheard).poll?.votes[0]?.by).toEqual([])
    expect(markVoid(unheard, vote, false)).toEqual(fold(events))
  })

  const closeWith = (
    conversation: Parameters<typeof write>[0],
    message: VerifiedEvent,
    votes: readonly VerifiedEvent[],
    by = alice,
    ms = 0,
  ) =>
    write(
      conversation,
      by,
      { kind: 'close', target: { id: message.id, hlc: message.hlc }, votes: votes.map(({ id }) => id).toSorted() },
      7_000 + ms,
    )

  test('ends with the votes that its author names: an earlier one counts where a later one had not come, whatever arrives in which order', async () => {
    const { conversation, message, events } = await ask(false, [bob, 1, [0]], [carol, 2, [1]], [bob, 3, [2]])
    const [, first, second] = events as [VerifiedEvent, VerifiedEvent, VerifiedEvent, VerifiedEvent]
    const all = [...events, await closeWith(conversation, message, [first, second])]
    expect(seen(events).poll).toMatchObject({ closed: false, tooLate: [] })
    expect(result(all)).toEqual(['Tuesday: Bob', 'Friday: Carol', 'never: '])
    expect(seen(all).poll).toMatchObject({ closed: true, tooLate: [bob.identity] })
    for (const order of [all.toReversed(), [...all.slice(2), ...all], [all[4]!, all[3]!, all[0]!, all[1]!, all[2]!]])
      expect(fold(order)).toEqual(fold(all))
  })

  test('is ended by its author alone, and once: the first end counts, and none that does not', async () => {
    const { conversation, message, events } = await ask(false, [bob, 1, [0]])
    const byBob = await closeWith(conversation, message, [], bob)
    expect(seen([...events, byBob]).poll).toMatchObject({ closed: false })
    const [first, again] = [
      await closeWith(conversation, message, [events[1]!], alice, 1),
      await closeWith(conversation, message, [], alice, 2),
    ]
    expect(result([...events, again, first])).toEqual(['Tuesday: Bob', 'Friday: ', 'never: '])
    const unheard = foldRow(fold(events), first, alice.identity, false, true) as MessageRow
    expect(seenMessage(unheard).poll?.closed).toBe(false)
    expect(markVoid(unheard, first, false)).toEqual(fold([...events, first]))
  })

  test('with an end in time hears no vote that says it was given later, and the one before it instead', async () => {
    const { events } = await ask(false, [bob, 1, [0]], [bob, 9, [2]], [carol, 2, [1]])
    const [message, ...votes] = events as [VerifiedEvent, ...VerifiedEvent[]]
    const timed = { ...message, body: { ...message.body, closesAt: votes[0]!.wall + 5 } } as VerifiedEvent
    expect(result([timed, ...votes])).toEqual(['Tuesday: Bob', 'Friday: Carol', 'never: '])
    expect(seen([timed, ...votes]).poll).toMatchObject({ closed: false, tooLate: [bob.identity] })
  })

  test('keeps of somebody who cannot make up their mind no more than the last 16 votes', async () => {
    const { events } = await ask(false, ...Array.from({ length: 20 }, (_, n) => [bob, n, [n % 3]] as const), [carol, 1, [0]])
    const row = fold(events) as MessageRow
    expect(row.about.votes).toHaveLength(17)
    expect(result(events)).toEqual(['Tuesday: Carol', 'Friday: Bob', 'never: '])
    expect(fold(events.toReversed())).toEqual(row)
  })

  test('keeps its question, whatever its author writes afterwards, and is gone when it is deleted', async () => {
    const { conversation, message, events } = await ask(false, [bob, 1, [0]])
    const target = { id: message.id, hlc: message.hlc }
    const edit = await write(conversation, alice, { kind: 'edit', target, text: 'Another question' }, 6_000)
    expect(seen([...events, edit])).toMatchObject({ text: 'When?', edited: false })
    const deletion = await write(conversation, alice, { kind: 'delete', target }, 6_000)
    expect(seen([...events, deletion])).toEqual({ text: '', edited: false, deleted: true, reactions: [], pinned: false })
  })
})

describe('what is no text', () => {
  const share = async (body: ContentBody, by = alice) => {
    const { conversation, events } = await tell([
      [alice, createBody()],
      [alice, add(bob)],
      [by, body],
    ])
    return { conversation, message: events[2]! }
  }

  test('a place says in digits where it is, and nobody moves it afterwards', async () => {
    const { conversation, message } = await share({ kind: 'place', latitude: -33_856_780, longitude: 151_215_300, accuracy: 8 })
    expect(fold([message])).toMatchObject({ text: '📍 -33.85678, 151.21530', place: { latitude: -33_856_780, accuracy: 8 } })
    const edit = await write(conversation, alice, { kind: 'edit', target: { id: message.id, hlc: message.hlc }, text: 'elsewhere' }, 6_000)
    expect(seen([message, edit])).toMatchObject({ text: '📍 -33.85678, 151.21530', edited: false })
  })

  test('a card is that of whoever gives it, or none', async () => {
    const link = encodeContactLink({ kind: 'contact', contact: nameContact(alice.identity), secret: new Uint8Array(16), name: 'Alice' })
    const own = await share({ kind: 'card', link })
    expect(fold([own.message])).toMatchObject({ text: '👤 Alice', card: link })
    const others = await share({ kind: 'card', link }, bob)
    expect(fold([others.message])).toMatchObject({ text: '👤 Alice' })
    expect(fold([others.message])).not.toHaveProperty('card')
    const broken = await share({ kind: 'card', link: '#/j/nothing' })
    expect(fold([broken.message])).not.toHaveProperty('card')
  })
})

describe('a bucket', () => {
  test('is a quarter of an hour', () => {
    const quarter = 15 * 60_000 * hlcPerMs
    expect(timelineBucket(0)).toBe(0)
    expect(timelineBucket(quarter - 1)).toBe(0)
    expect(timelineBucket(quarter)).toBe(1)
  })
})
