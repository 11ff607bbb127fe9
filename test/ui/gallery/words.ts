// What something that has an English name is called in another language, by the catalogues.
import { readFileSync } from 'node:fs'
import { en } from '../../../src/ui/locales/en.ts'
import { enLater } from '../../../src/ui/locales/en-later.ts'

const pairsOf = (english: unknown, other: unknown): [string, string][] => {
  if (typeof english === 'string') return typeof other === 'string' ? [[english, other]] : []
  if (typeof english !== 'object' || english === null || typeof other !== 'object' || other === null) return []
  return Object.entries(english).flatMap(([name, part]) => pairsOf(part, (other as Readonly<Record<string, unknown>>)[name]))
}

const catalogues = new Map<string, readonly (readonly [string, string])[]>()

const catalogue = (lang: string): readonly (readonly [string, string])[] => {
  const file = new URL(`../../../src/ui/locales/${lang}.json`, import.meta.url)
  const words = catalogues.get(lang) ?? pairsOf({ ...en, ...enLater }, JSON.parse(readFileSync(file, 'utf8')))
  catalogues.set(lang, words)
  return words
}

/**
 * What has this name in English, in another language: one English word may be several there. Names of people and whatever else is in no
 * catalogue stay as they are; where the page is read the other way, they stand between isolates.
 */
export const wordsOf = (lang: string, english: string): RegExp => {
  const found = lang.startsWith('en') ? [] : catalogue(lang).flatMap(([name, other]) => (name === english ? [other] : []))
  return new RegExp(
    `^\u2068?(?:${[english, ...found].map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|')})\u2069?$`,
  )
}
