// Small pure things: links, names, previews, rows, dates, drawings.
import { encode } from 'uqr'
import { describe, expect, test } from 'vitest'
import type { EventId } from '../../src/core/ids.ts'
import { plainText, withoutSpoilersIn } from '../../src/ui/conversation/plain.ts'
import { daysOf, drawnNext, keepOlder, rowsOf, rowsWithin, type Row } from '../../src/ui/conversation/rows.ts'
import { safeLink } from '../../src/ui/conversation/safe-link.ts'
import { hueOf } from '../../src/ui/elements/avatar.ts'
import { shownName } from '../../src/ui/elements/names.ts'
import { modulesToPath } from '../../src/ui/elements/qr-code.ts'
import { dayOf } from '../../src/ui/locales/dates.ts'
import { nodeName } from '../../src/ui/settings/connection-details.ts'
import { createWorld, person } from './playground/world.ts'

/** Milliseconds that only something without an end would take: backtracking over such texts takes hours. */
const hangsMs = 5_000

describe('a link', () => {
  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://a/b',
    'no scheme',
    '//host',
    'java\nscript:alert(1)',
  ])('to %j does not exist', (address) => {
    expect(safeLink(address, 'words')).toBeUndefined()
  })

  test.each([
    ['https://example.org/a', 'https://example.org/a', undefined],
    ['https://example.org/a', 'example.org', undefined],
    ['https://www.example.org/a', 'example.org/a?b', undefined],
    ['https://example.org', 'the hut', 'example.org'],
    ['https://evil.example', 'https://bank.example', 'evil.example'],
    ['https://evil.example', 'https://evil.example.bank.example', 'evil.example'],
    ['https://bank.example@evil.example', 'https://bank.example@evil.example', 'evil.example'],
    ['https://аpple.example', 'https://аpple.example', 'xn--pple-43d.example'],
    ['mailto:alice@example.org', 'alice@example.org', undefined],
    ['mailto:dave@example.org', 'alice@example.org', 'dave@example.org'],
  ])('to %s with the words %s tells the host %s', (address, words, host) => {
    expect(safeLink(address, words)?.host).toBe(host)
  })
})

describe('a name', () => {
  test('loses what turns the direction of text, and never is empty', () => {
    expect(shownName('\u202eAlice\u202c')).toBe('Alice')
    expect(shownName('Al\u2066i\u200fce\u0000\n')).toBe('Alice')
    expect(shownName('\u202e', 'Someone')).toBe('Someone')
    expect(shownName(undefined, 'Someone')).toBe('Someone')
  })
})

describe('a preview', () => {
  test.each([
    ['**bold** and *soft*', 'bold and soft'],
    ['`code` ~~gone~~', 'code gone'],
    ['> quoted\n\nanswer', 'quoted answer'],
    ['- one\n- two', 'one two'],
    ['snake_case_name and 2*3*4', 'snake_case_name and 2*3*4'],
    ['[the hut](https://example.org)', 'the hut'],
    ['<b>not</b>', '<b>not</b>'],
    ['**', '**'],
  ])('of %j is %j', (text, plain) => {
    expect(plainText(text)).toBe(plain)
  })

  test('of a find keeps a spoiler covered, whole, cut off, and where a word of it was looked for', () => {
    const parts = [
      { text: 'it was ||' },
      { text: 'the', found: true },
      { text: ' gardener|| in ' },
      { text: 'the', found: true },
      { text: ' || end' },
    ]
    expect(withoutSpoilersIn(parts).map(({ text }) => text)).toEqual(['it was ', '▒▒▒', ' ▒▒▒ in ', 'the', '  ▒▒▒'])
  })

  test('of 16 KiB of marks does not hang', () => {
    const start = performance.now()
    for (const mark of ['*', '_', '`', '[', '> ', '~~']) plainText(mark.repeat(8_000))
    expect(performance.now() - start).toBeLessThan(hangsMs)
  })
})

describe('rows', () => {
  const bob = person('Bob')
  const at = (minutes: number): { at: number } => ({ at: new Date(2026, 2, 3, 12, minutes).getTime() })
  const world = createWorld()
  const room = world.addRoom('group', 'Room', [bob])

  test('keep their keys when older ones come in above', () => {
    for (let i = 0; i < 20; i++) world.say(room, bob, `${i}`, at(i * 7))
    const keys = rowsOf(room.items.slice(10), undefined).map((row) => row.key)
    expect(rowsOf(room.items, undefined).map((row) => row.key)).toEqual(expect.arrayContaining(keys))
  })

  test('have one line a day, also when clocks disagree', () => {
    const items = [at(0), { at: new Date(2026, 2, 4, 0, 1).getTime() }, at(700), { at: new Date(2026, 2, 4, 0, 2).getTime() }].map((when) =>
      world.say(room, bob, 'x', when),
    )
    expect(daysOf(rowsOf(items, undefined)).map((day) => day.rows.length)).toEqual([1, 3])
  })

  test('put the new line before the first unread one, and begin a run there', () => {
    const items = [world.say(room, bob, 'a', at(1)), world.say(room, bob, 'b', at(2))]
    const rows = rowsOf(items, items[1]?.id)
    expect(rows.map((row) => row.kind)).toEqual(['day', 'message', 'new', 'message'])
    expect(rows.map((row) => (row.kind === 'message' ? [row.first, row.last] : undefined))).toEqual([
      undefined,
      [true, true],
      undefined,
      [true, true],
    ])
  })

  test('of a window that moved on keep what stood above it', () => {
    const items = room.items
    expect(keepOlder(items.slice(0, 10), items.slice(4, 14))).toEqual(items.slice(0, 14))
    expect(keepOlder(items.slice(0, 3), items.slice(5, 9))).toEqual(items.slice(5, 9))
    expect(keepOlder([], items)).toBe(items)
    expect(rowsOf([], 'x' as EventId)).toEqual([])
  })
})

describe('on the way to other rows', () => {
  const bob = person('Bob')
  const world = createWorld()
  const room = world.addRoom('group', 'Room', [bob])
  const noon = new Date(2026, 2, 3, 12).getTime()
  for (let i = 0; i < 90; i++) world.say(room, bob, `${i}`, { at: noon + i * 40 * 60_000 })
  const rows = rowsOf(room.items, undefined)
  const within = (from: number, to: number) => rowsWithin(rows, { from, to })
  const keysOf = (some: readonly Row[]) => some.map(({ key }) => key)
  const steps = (drawn: readonly Row[], wanted: readonly Row[], step: number): readonly (readonly Row[])[] => {
    const next = drawnNext(drawn, wanted, step)
    return next === wanted ? [next] : [next, ...steps(next, wanted, step)]
  }

  test.each([
    ['all of them others', within(0, 30), within(60, 90)],
    ['some the same', within(0, 30), within(20, 50)],
    ['more above', within(60, 90), within(30, 90)],
    ['fewer', within(30, 90), within(60, 90)],
    ['none before', [], within(10, 60)],
  ])('%s: a few come at a time, the newest first, and as many stand there as before', (_, drawn, wanted) => {
    let before = drawn
    for (const next of steps(drawn, wanted, 8)) {
      const known = new Set(keysOf(before))
      const fresh = next.filter(({ key, kind }) => kind !== 'day' && !known.has(key))
      expect(fresh.length).toBeLessThanOrEqual(8)
      expect(next.length).toBeGreaterThanOrEqual(Math.min(before.length, wanted.length))
      expect(new Set(keysOf(next)).size).toBe(next.length)
      expect(next[0]?.kind).toBe('day')
      expect(next.at(-1)).toBe(wanted.at(-1))
      expect(daysOf(next).flatMap((day) => day.rows)).toHaveLength(next.filter(({ kind }) => kind !== 'day').length)
      before = next
    }
    expect(before).toBe(wanted)
  })
})

describe('drawings', () => {
  test('a QR path has exactly the dark modules', () => {
    const { data, size } = encode('https://parley.example/#/j/AbCdEfGh', { ecc: 'M', border: 3 })
    const drawn = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
    for (const [, x = '0', y = '0', width = '0'] of modulesToPath(data).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
      for (let i = 0; i < Number(width); i++) {
        const row = drawn[Number(y)]
        if (row) row[Number(x) + i] = true
      }
    expect(drawn).toEqual(data)
  })

  test('the same id has the same colour, and ids differ', () => {
    expect(hueOf('a1')).toBe(hueOf('a1'))
    expect(new Set(Array.from({ length: 60 }, (_, i) => hueOf(`person ${i}`))).size).toBe(6)
  })
})

describe('words', () => {
  test('days have names', () => {
    const now = new Date(2026, 10, 20, 9).getTime()
    expect(dayOf(new Date(2026, 10, 20, 1).getTime(), now)).toBe('Today')
    expect(dayOf(new Date(2026, 10, 19, 23).getTime(), now)).toBe('Yesterday')
    expect(dayOf(new Date(2025, 10, 19).getTime(), now)).toContain('2025')
  })

  test('a node is known by its host', () => {
    expect(nodeName('/dns4/meet.example.org/tcp/443/wss/p2p/12D3')).toBe('meet.example.org:443')
    expect(nodeName('/ip4/192.0.2.7/udp/4001/webrtc-direct/certhash/uE/p2p/12D3')).toBe('192.0.2.7:4001')
    expect(nodeName('odd')).toBe('odd')
  })
})
