// The catalogue in use. It is English until another language was loaded, which is chosen before the first paint: by what somebody has set,
// else by what the browser prefers.
import { en } from './en.ts'
import type { enLater } from './en-later.ts'
import { setLanguage } from './language.ts'
import { catalogueFrom, type Entry } from './message.ts'

/** Every sentence of the page. */
export type Catalogue = typeof en & typeof enLater

/** The words in use. Those of `en-later.ts` are here once a part of the page that says them is (`later.ts`). */
export const t = { ...en } as Catalogue
let spoken = 'en'

/** Every language by its tag, under the name that its speakers know. Each file comes when it is wanted. */
export const languages = {
  en: 'English',
  ar: 'العربية',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  hi: 'हिन्दी',
  pt: 'Português',
  zh: '中文',
} as const
export type LanguageTag = keyof typeof languages

/** For those who look for what was forgotten; never chosen by a browser. `-rtl` reads from right to left. */
export const pseudoTags = ['en-xa', 'en-xa-rtl'] as const

const rightToLeft: readonly string[] = ['ar', 'en-xa-rtl']

const load: Readonly<Record<Exclude<LanguageTag, 'en'>, () => Promise<{ readonly default: unknown }>>> = {
  ar: () => import('./ar.json'),
  de: () => import('./de.json'),
  es: () => import('./es.json'),
  fr: () => import('./fr.json'),
  hi: () => import('./hi.json'),
  pt: () => import('./pt.json'),
  zh: () => import('./zh.json'),
}

/** How a language is read. */
export const directionOf = (tag: string): 'ltr' | 'rtl' => (rightToLeft.includes(tag) ? 'rtl' : 'ltr')

const isTag = (tag: string): tag is LanguageTag => Object.hasOwn(languages, tag)

/** The best language for a wish: what was set, else the first that the browser prefers and that is here. */
export const bestLanguage = (set: string | undefined, preferred: readonly string[]): string => {
  if (set !== undefined && (isTag(set) || pseudoTags.some((tag) => tag === set))) return set
  return preferred.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find(isTag) ?? 'en'
}

/** The catalogue of a language. */
export const catalogueOf = async (tag: string): Promise<Catalogue> => {
  const english: Catalogue = { ...en, ...(await import('./en-later.ts')).enLater }
  if (tag.startsWith('en-xa')) return (await import('./pseudo.ts')).pseudoCatalogue(english)
  if (!isTag(tag) || tag === 'en') return english
  return catalogueFrom(english, (await load[tag]()).default as Entry, tag)
}

/** Speaks a language from now on. Call before anything is drawn; a file that cannot be had leaves English. */
export const speak = async (tag: string): Promise<void> => {
  try {
    if (tag !== spoken) Object.assign(t, await catalogueOf(tag))
    spoken = tag
  } catch {
    return
  }
  const root = document.documentElement
  root.lang = tag
  const direction = directionOf(tag)
  root.dir = direction
  // The region of a browser that speaks the same language says how dates and numbers look.
  const regional = navigator.languages.find((preferred) => preferred.toLowerCase().startsWith(`${tag}-`))
  setLanguage(tag.startsWith('en-xa') ? 'en' : (regional ?? tag), direction)
}
