// The pictures that people write with, in the language of the page: by kind, and by what one types to find them. The names are Unicode's
// own; a language comes when somebody asks, and what it does not have is found in English.
import { language } from '../locales/language.ts'

export interface Picture {
  readonly emoji: string
  /** What Unicode calls it. */
  readonly name: string
  /** What it is found by, in lower case. */
  readonly words: readonly string[]
  /** Lightest first: all five, or none. */
  readonly tones: readonly string[]
}

export interface Kind {
  readonly name: string
  readonly pictures: readonly Picture[]
}

type Kinds = Awaited<ReturnType<(typeof load)['en']>>['default']

const load = {
  en: () => import('virtual:emoji/en'),
  ar: () => import('virtual:emoji/ar'),
  de: () => import('virtual:emoji/de'),
  es: () => import('virtual:emoji/es'),
  fr: () => import('virtual:emoji/fr'),
  hi: () => import('virtual:emoji/hi'),
  pt: () => import('virtual:emoji/pt'),
  zh: () => import('virtual:emoji/zh'),
} as const

const wordsOf = (text: string): readonly string[] =>
  text
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}\p{M}+-]+/u)
    .filter((word) => word !== '')

const kindsOf = (kinds: Kinds): readonly Kind[] =>
  kinds.map(({ name, emoji }) => ({
    name,
    pictures: emoji.map(([picture, called, words, tones = []]) => ({
      emoji: picture,
      name: called,
      words: [...new Set([...wordsOf(called), ...wordsOf(words)])],
      tones,
    })),
  }))

let loaded: { readonly tag: string; readonly kinds: Promise<readonly Kind[]> } | undefined

/** All kinds in the page's language. */
export const pictureKinds = (): Promise<readonly Kind[]> => {
  const tag = language()?.split('-')[0] ?? 'en'
  if (loaded?.tag === tag) return loaded.kinds
  const known = Object.hasOwn(load, tag) ? (tag as keyof typeof load) : 'en'
  loaded = { tag, kinds: load[known]().then((module) => kindsOf(module.default)) }
  return loaded.kinds
}

/** Those that every typed word leads to, best first: by whole names, then by how a word begins. At most `most`. */
export const findPictures = (kinds: readonly Kind[], typed: string, most: number): readonly Picture[] => {
  const wanted = wordsOf(typed)
  const phrase = wanted.join(' ')
  if (phrase === '') return []
  return kinds
    .flatMap(({ pictures }) => pictures)
    .filter(({ words }) => wanted.every((part) => words.some((word) => word.startsWith(part))))
    .map((picture) => ({ picture, rank: rankOf(picture, wanted, phrase) }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ picture }) => picture)
}

const rankOf = ({ name, words }: Picture, wanted: readonly string[], phrase: string): number => {
  const called = name.toLocaleLowerCase()
  if (called === phrase) return 0
  if (called.startsWith(phrase)) return 1
  return wanted.every((part) => words.includes(part)) ? 2 : 3
}

/** 0 is the yellow that Unicode draws without a tone, 1 the lightest. */
export const inTone = (picture: Picture, tone: number): string => picture.tones[tone - 1] ?? picture.emoji
