// What is worth telling, when, and in which words.
import { describe, expect, test } from 'vitest'
import type { ConversationId } from '../../src/core/ids.ts'
import { forever } from '../../src/ports/commands.ts'
import type { ConversationSummary } from '../../src/ports/queries.ts'
import { createPassingPreferences, readChoices } from '../../src/ui/choices.ts'
import { isPutAway, shownIn } from '../../src/ui/conversation-list/shown-in.ts'
import { shownName } from '../../src/ui/elements/names.ts'
import { createLeavingWarning } from '../../src/ui/leaving-warning.ts'
import { countedUnread, isQuiet, unreadOf, worthTelling } from '../../src/ui/telling/worth-telling.ts'
import { corpus } from '../corpus/texts.ts'

const now = new Date(2026, 10, 20, 12, 0).getTime()
const summary = (title: string, change: Partial<ConversationSummary> = {}): ConversationSummary => ({
  id: title as ConversationId,
  kind: 'direct',
  title,
  standing: 'member',
  awaitsApproval: false,
  asking: 0,
  at: 0,
  unread: 0,
  called: false,
  waiting: 0,
  online: 0,
  here: 0,
  blocked: false,
  verified: false,
  pinned: false,
  archived: false,
  mutedUntil: 0,
  ...change,
})
const choicesWith = (values: Record<string, string>) => {
  const preferences = createPassingPreferences()
  for (const [name, value] of Object.entries(values)) preferences.write(name, value)
  return readChoices(preferences)
}
const usual = choicesWith({})
const bob = summary('Bob', { unread: 1, lastText: { text: '**Hi** there' } })

describe('a notification', () => {
  test('says who and what, without the marks of Markdown', () => {
    expect(worthTelling(new Map(), [bob], usual, now)).toEqual([{ conversation: 'Bob', title: 'Bob', text: 'Hi there', silent: false }])
  })

  test('of any text of the corpus has a title that is a name, and says what was said', () => {
    for (const { name, text } of corpus) {
      const [told] = worthTelling(new Map(), [summary(text, { unread: 1, lastText: { text } })], usual, now)
      expect({ name, title: told?.title, says: typeof told?.text }).toEqual({ name, title: shownName(text, 'Open invite'), says: 'string' })
    }
  })

  test('names the author in a group, and counts when there is more than one', () => {
    const choir = summary('Choir', { kind: 'group', unread: 3, lastText: { author: 'Carol', text: 'At six' } })
    expect(worthTelling(new Map(), [choir], usual, now)[0]?.text).toBe('Carol: At six\n3 new messages')
  })

  test('comes from a muted conversation for whoever is called there, once until it was read', () => {
    const muted = { ...bob, mutedUntil: forever }
    expect(worthTelling(new Map(), [muted], usual, now)).toEqual([])
    const called = { ...muted, unread: 2, called: true }
    expect(worthTelling(unreadOf([muted]), [called], usual, now)).toHaveLength(1)
    expect(worthTelling(unreadOf([called]), [{ ...called, unread: 3 }], usual, now)).toEqual([])
  })

  test('comes only for what is new', () => {
    expect(worthTelling(unreadOf([bob]), [bob], usual, now)).toEqual([])
    expect(worthTelling(unreadOf([bob]), [{ ...bob, unread: 2 }], usual, now)).toHaveLength(1)
  })

  test('says nothing of who and what when that is hidden', () => {
    const [telling] = worthTelling(new Map(), [bob], choicesWith({ 'hide-content': 'yes', sound: 'no' }), now)
    expect(telling).toMatchObject({ title: 'Parley', text: '1 new message', silent: true })
  })

  test('does not come for a muted conversation until that is over, save for a word that one listens for', () => {
    const muted = { ...bob, mutedUntil: now + 1 }
    expect(worthTelling(new Map(), [muted], usual, now)).toEqual([])
    expect(worthTelling(new Map(), [muted], usual, now + 1)).toHaveLength(1)
    expect(worthTelling(new Map(), [{ ...bob, mutedUntil: forever }], choicesWith({ keywords: 'fire, THERE' }), now)).toHaveLength(1)
  })

  test('never comes for somebody who is blocked', () => {
    expect(worthTelling(new Map(), [{ ...bob, blocked: true }], choicesWith({ keywords: 'there' }), now)).toEqual([])
  })

  test.each([
    ['22:00-07:00', 23, true],
    ['22:00-07:00', 6, true],
    ['22:00-07:00', 7, false],
    ['22:00-07:00', 12, false],
    ['12:00-14:00', 13, true],
    ['12:00-14:00', 14, false],
    ['nonsense', 13, false],
  ])('with quiet hours %s, %i o’clock is quiet: %s', (quiet, hour, is) => {
    expect(isQuiet(choicesWith({ quiet }), new Date(2026, 10, 20, hour).getTime())).toBe(is)
  })

  test('waits until one wants to be disturbed again', () => {
    const choices = choicesWith({ 'silent-until': String(now + 1_000) })
    expect(worthTelling(new Map(), [bob], choices, now)).toEqual([])
    expect(worthTelling(new Map(), [bob], choices, now + 1_000)).toHaveLength(1)
  })
})

test('the number in the title leaves out what is muted', () => {
  expect(countedUnread([bob, { ...bob, mutedUntil: forever }, { ...bob, unread: 4 }], now)).toBe(5)
})

describe('the list', () => {
  const [pinned, put, muted] = [
    summary('Pinned', { pinned: true }),
    summary('Put away', { archived: true }),
    summary('Muted and put away', { archived: true, unread: 2, mutedUntil: forever }),
  ]
  const all = [bob, put, muted, pinned]

  test('has those at the top first and those put away nowhere', () => {
    expect(shownIn(all, 'all', '', now)).toEqual([pinned, bob])
    expect(shownIn(all, 'archived', '', now)).toEqual([put, muted])
    expect(shownIn(all, 'unread', '', now)).toEqual([bob])
  })

  test('brings back what is put away when something new is in it', () => {
    expect(isPutAway({ ...put, unread: 1 }, now)).toBe(false)
    expect(shownIn([{ ...put, unread: 1 }], 'all', '', now)).toHaveLength(1)
  })

  test('finds by name wherever it is', () => {
    expect(shownIn(all, 'all', 'put', now)).toEqual([put, muted])
  })
})

describe('leaving', () => {
  const leave = (page: EventTarget): boolean => {
    const event = new Event('beforeunload', { cancelable: true })
    page.dispatchEvent(event)
    return event.defaultPrevented
  }

  test('asks once while messages wait, and again for more of them', () => {
    const page = new EventTarget()
    const warning = createLeavingWarning(page)
    expect(leave(page)).toBe(false)
    warning.waiting = 2
    expect([leave(page), leave(page)]).toEqual([true, false])
    warning.waiting = 3
    expect(leave(page)).toBe(true)
    warning.waiting = 0
    warning.waiting = 1
    expect(leave(page)).toBe(true)
    warning.waiting = 9
    warning.off()
    expect(leave(page)).toBe(false)
  })
})
