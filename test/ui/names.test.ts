// Names as they are shown: always something that is seen, on one line, and turning nothing around it.
import { afterEach, expect, test } from 'vitest'
import { shownName } from '../../src/ui/elements/names.ts'
import { setLanguage } from '../../src/ui/locales/language.ts'
import { corpus } from '../corpus/texts.ts'

afterEach(() => setLanguage('en'))

test('a name of which nothing is seen is shown as nobody’s', () => {
  for (const unseen of ['\u200b', '\u3164', '\u2800\u2800', '\u0301', '\u200d\ufe0f', '\u{e0061}', ' \u00a0 '])
    expect([unseen, shownName(unseen, 'Someone')]).toEqual([unseen, 'Someone'])
  expect(shownName('🫪', 'Someone')).toBe('🫪')
})

test('marks are heaped no higher than any language does', () => {
  expect(shownName(`a${'\u0301'.repeat(40)}b`)).toBe(`a${'\u0301'.repeat(4)}b`)
  expect(shownName('Nguyễn Thị Hằng')).toBe('Nguyễn Thị Hằng')
})

test('a name that is read the other way than the page stands isolated', () => {
  expect(shownName('עליזה')).toBe('\u2068עליזה\u2069')
  expect(shownName('Alice')).toBe('Alice')
  setLanguage('ar', 'rtl')
  expect(shownName('Alice')).toBe('\u2068Alice\u2069')
  expect(shownName('عليزة')).toBe('عليزة')
})

test('all of the corpus as a name keeps one line, with every isolate closed', () => {
  for (const { name, text } of corpus) {
    const shown = shownName(text, 'Someone')
    expect({ name, breaks: /[\p{Cc}\u202a-\u202e\u2028\u2029]/u.test(shown) }).toEqual({ name, breaks: false })
    expect({ name, open: shown.split('\u2068').length }).toEqual({ name, open: shown.split('\u2069').length })
    expect({ name, isEmpty: shown.trim() === '' }).toEqual({ name, isEmpty: false })
  }
})
