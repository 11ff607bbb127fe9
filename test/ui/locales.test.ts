// Every language says everything: all keys of English, the same values in the same sentences, plurals for every category of its own.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { en as first } from '../../src/ui/locales/en.ts'
import { iconPathsLater } from '../../src/ui/elements/icon-paths-later.ts'
import { enLater } from '../../src/ui/locales/en-later.ts'
import { bestLanguage, catalogueOf, languages } from '../../src/ui/locales/index.ts'
import { catalogueFrom, type Entry } from '../../src/ui/locales/message.ts'
import { pseudoCatalogue, pseudoOf } from '../../src/ui/locales/pseudo.ts'

const en = await catalogueOf('en')
const tags = Object.keys(languages).filter((tag) => tag !== 'en')
const fileOf = (tag: string): { readonly [name: string]: Entry } =>
  JSON.parse(readFileSync(new URL(`../../src/ui/locales/${tag}.json`, import.meta.url), 'utf8')) as { readonly [name: string]: Entry }

type Tree = { readonly [name: string]: unknown }
const isTree = (part: unknown): part is Tree => typeof part === 'object' && part !== null && !Array.isArray(part)

/** Every place of the English catalogue, by its path. */
const places = (part: unknown, path: readonly string[] = []): readonly (readonly [path: readonly string[], part: unknown])[] =>
  isTree(part) ? Object.entries(part).flatMap(([name, inner]) => places(inner, [...path, name])) : [[path, part]]
const at = (tree: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((part, name) => (isTree(part) ? part[name] : undefined), tree)

/** All sentences of an entry. */
const sentencesOf = (entry: unknown): readonly string[] =>
  typeof entry === 'string'
    ? [entry]
    : isTree(entry)
      ? Object.entries(entry).flatMap(([name, form]) => (name === 'by' ? [] : sentencesOf(form)))
      : []

/** What English says of a function: which values it uses, tried with words and with numbers. */
const valuesUsed = (say: (...values: readonly unknown[]) => unknown, count: number): ReadonlySet<number> => {
  const used = new Set<number>()
  const words = Array.from({ length: count }, (_, i) => `«${i}»`)
  const numbers = Array.from({ length: count }, (_, i) => 7_001 + i)
  for (let mask = 0; mask < 1 << count; mask++) {
    const text = String(say(...words.map((word, i) => (mask & (1 << i) ? numbers[i] : word))))
    for (let i = 0; i < count; i++) if (text.includes(words[i] ?? '') || text.includes(String(numbers[i]))) used.add(i)
  }
  return used
}

describe.each(tags)('the catalogue of %s', (tag) => {
  const file = fileOf(tag)

  test('has every key of English and no other', () => {
    const lacking = places(en).filter(([path]) => at(file, path) === undefined)
    expect(lacking.map(([path]) => path.join('.'))).toEqual([])
    expect(Object.keys(file).filter((name) => !Object.hasOwn(en, name))).toEqual([])
  })

  test('says nothing with other values than English does, and leaves none out', () => {
    const wrong = places(en).flatMap(([path, part]) => {
      if (typeof part !== 'function') return []
      const say = part as (...values: readonly unknown[]) => unknown
      const expected = [...valuesUsed(say, say.length)].toSorted((a, b) => a - b)
      const forms = sentencesOf(at(file, path))
      const found = [...new Set(forms.flatMap((form) => [...form.matchAll(/\{(\d)\}/g)].map(([, value]) => Number(value))))].toSorted(
        (a, b) => a - b,
      )
      return JSON.stringify(found) === JSON.stringify(expected) ? [] : [`${path.join('.')}: ${found.join()} instead of ${expected.join()}`]
    })
    expect(wrong).toEqual([])
  })

  test('has a form for every plural of its language wherever it counts', () => {
    const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories
    const lacking = places(en).flatMap(([path]) => {
      const entry = at(file, path)
      if (!isTree(entry) || !('one' in entry || 'few' in entry)) return []
      return categories
        .filter((category) => !(category in entry) && !('other' in entry))
        .map((category) => `${path.join('.')}: ${category}`)
    })
    expect(lacking).toEqual([])
  })

  test('keeps lists as long as they are, and the keys of the keyboard as they are called', () => {
    expect((file['suggestedNames'] as readonly string[]).length).toBe(en.suggestedNames.length)
    expect((file['shortcutList'] as unknown as readonly (readonly string[])[]).map(([keys]) => keys)).toEqual(
      en.shortcutList.map(([keys]) => keys),
    )
  })

  test('makes sentences of a whole catalogue', () => {
    const t = catalogueFrom(en, file, tag)
    expect(t.newMessages(5)).not.toBe(en.newMessages(5))
    expect(t.joined(0)).not.toContain('0')
    expect(t.articleName('A', 'B', 'C', '')).toBe('A, B, C')
    expect(t.articleName('A', 'B', 'C', 'D')).toBe('A, B, C, D')
    expect(t.lookingFor('')).not.toContain('{')
    expect(t.actions.reply).not.toBe('')
  })
})

test('counting follows the language', () => {
  const ar = catalogueFrom(en, fileOf('ar'), 'ar')
  expect(
    new Set(
      [1, 2, 3, 11, 100].map((n) =>
        ar
          .newMessages(n)
          .replace(/[\d٠-٩()]/g, '')
          .trim(),
      ),
    ).size,
  ).toBeGreaterThanOrEqual(3)
  const fr = catalogueFrom(en, fileOf('fr'), 'fr')
  expect(fr.peopleCount(1)).toBe('1 personne')
  expect(fr.peopleCount(2)).toBe('2 personnes')
  expect(catalogueFrom(en, fileOf('de'), 'de').entries(12_345)).toBe('12.345 Einträge')
})

test('what a catalogue lacks is said in English', () => {
  const t = catalogueFrom(en, { search: 'Suche' }, 'de')
  expect([t.search, t.settings, t.unread(3)]).toEqual(['Suche', 'Settings', '3 unread'])
})

test.each([
  [undefined, ['pt-BR', 'en'], 'pt'],
  [undefined, ['sw', 'zh-Hant-TW'], 'zh'],
  [undefined, ['sw'], 'en'],
  ['ar', ['de'], 'ar'],
  ['xx', ['de'], 'de'],
  ['en-xa-rtl', ['de'], 'en-xa-rtl'],
])('who has set %s and prefers %j reads %s', (set, preferred, best) => {
  expect(bestLanguage(set, preferred)).toBe(best)
})

test('the pseudo-language is longer, between brackets, and leaves values alone', () => {
  expect(pseudoOf('Save')).toBe('⟦Šåṽé··⟧')
  const t = pseudoCatalogue(en)
  expect(t.settings.length).toBeGreaterThan(en.settings.length * 1.3)
  expect(t.shortcutList[0]?.[0]).toBe('Enter')
  const bare = places(t).filter(([, part]) => typeof part === 'string' && part !== '' && !part.startsWith('⟦'))
  expect(bare).toEqual([])
})

describe('the words that come later', () => {
  const source = new URL('../../src/', import.meta.url).pathname
  const imports = /(?:\bfrom|\bimport)\s*\(?'(\.[^']+)'|^import type .*$/gm

  /** Every file that can run before one that brings the later words. */
  const early = (): readonly string[] => {
    const seen = new Set<string>()
    const look = (path: string): void => {
      if (seen.has(path) || !path.endsWith('.ts') || !existsSync(path)) return
      const text = readFileSync(path, 'utf8')
      const found = [...text.matchAll(imports)].flatMap(([, to]) => to ?? [])
      if (found.some((to) => to.endsWith('locales/later.ts'))) return
      seen.add(path)
      for (const to of found) look(join(dirname(path), to))
    }
    look(join(source, 'app/main.ts'))
    return [...seen].filter((path) => path.includes('/ui/') && !path.includes('/locales/'))
  }

  test('are said by nobody before they have come', () => {
    const files = early()
    expect(files.length).toBeGreaterThan(50)
    const said = files.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bt\.(\w+)/g)].map(([, name = '']) => ({ path: path.slice(source.length), name })),
    )
    expect(said.filter(({ name }) => Object.hasOwn(enLater, name))).toEqual([])
    expect(said.filter(({ name }) => !Object.hasOwn(first, name))).toEqual([])
  })

  test('come with their icons, which nobody shows before', () => {
    // What is drawn, and the tables of what is drawn when; not what is compared with, nor kinds of other things.
    const drawn = /\bicon\(.*?\)(?=[}<\s])|(?<!kind|action): '\w+'/g
    const named = early().flatMap((path) =>
      path.endsWith('icon-paths.ts')
        ? []
        : [...readFileSync(path, 'utf8').matchAll(drawn)].flatMap(([text]) =>
            [...text.matchAll(/(?<!=== )'(\w+)'/g)].map(([, name = '']) => ({ path: path.slice(source.length), name })),
          ),
    )
    expect(named.some(({ name }) => name === 'smile')).toBe(true)
    expect(named.filter(({ name }) => Object.hasOwn(iconPathsLater, name))).toEqual([])
  })

  test('are no others than those that come first', () => {
    expect(Object.keys(enLater).filter((name) => Object.hasOwn(first, name))).toEqual([])
  })
})
