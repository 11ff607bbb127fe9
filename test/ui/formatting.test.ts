// Marks by key, and messages that begin with a slash: pure rules of the composer.
import { describe, expect, test } from 'vitest'
import { markOf, withMark } from '../../src/ui/conversation/formatting.ts'
import { slashed } from '../../src/ui/conversation/slash.ts'
import { typedWord } from '../../src/ui/conversation/typed-word.ts'

/** The text after a mark, with the selection in brackets. */
const marked = (before: string, mark: string): string => {
  const [start, end] = [before.indexOf('['), before.indexOf(']') - 1]
  const text = before.replace(/[[\]]/g, '')
  const done = withMark(text, start, end, mark)
  const after = text.slice(0, done.from) + done.text + text.slice(done.to)
  return `${after.slice(0, done.start)}[${after.slice(done.start, done.end)}]${after.slice(done.end)}`
}

describe('a mark', () => {
  test.each([
    ['an [old] tree', '**', 'an **[old]** tree'],
    ['an **[old]** tree', '**', 'an [old] tree'],
    ['an[ old ]tree', '*', 'an *[old]* tree'],
    ['say []', '`', 'say `[]`'],
    ['an **[old]** tree', '*', 'an ***[old]*** tree'],
    ['an ***[old]*** tree', '*', 'an **[old]** tree'],
    ['an *[old]* tree', '*', 'an [old] tree'],
    ['[all]', '||', '||[all]||'],
    ['||[all]||', '||', '[all]'],
  ])('%j by %j becomes %j', (before, mark, after) => {
    expect(marked(before, mark)).toBe(after)
  })

  test('has a key, and others have none', () => {
    expect(markOf({ key: 'b', shiftKey: false })).toBe('**')
    expect(markOf({ key: 'X', shiftKey: true })).toBe('~~')
    expect(markOf({ key: 'B', shiftKey: true })).toBeUndefined()
    expect(markOf({ key: 'x', shiftKey: false })).toBeUndefined()
    expect(markOf({ key: 'Enter', shiftKey: false })).toBeUndefined()
  })
})

describe('a slash', () => {
  test.each([
    ['/me waves', '*Alice waves*'],
    ['/shrug', '¯\\\\_(ツ)\\_/¯'],
    ['/shrug who knows', 'who knows ¯\\\\_(ツ)\\_/¯'],
    ['/spoiler it was the cat', '||it was the cat||'],
    ['/me', '/me'],
    ['/poll me', '/poll me'],
    ['/etc/hosts is wrong', '/etc/hosts is wrong'],
    ['/unknown', '/unknown'],
    ['say /me', 'say /me'],
  ])('%j is said as %j', (typed, text) => {
    expect(slashed(typed, 'Alice')).toEqual({ kind: 'say', text })
  })

  test('opens what is no text', () => {
    expect(slashed('/poll', 'Alice')).toEqual({ kind: 'attach', what: 'poll' })
    expect(slashed('/Place ', 'Alice')).toEqual({ kind: 'attach', what: 'place' })
  })

  test('is a word under way at the beginning, and nowhere else', () => {
    expect(typedWord('/po', 3)).toEqual({ mark: '/', word: 'po', from: 0, to: 3 })
    expect(typedWord('/', 1)).toEqual({ mark: '/', word: '', from: 0, to: 1 })
    expect(typedWord('/me waves', 9)).toBeUndefined()
    expect(typedWord('and /po', 7)).toBeUndefined()
  })
})
