// How the page looks as far as somebody may choose: light or dark, contrast, accent, size of text, density, messages, wallpaper. Each choice
// is an attribute of the document that the tokens look at; the first of each is the usual one and needs none. A colour of one's own is a
// sheet of its own.
import { accentFrom, isColor } from './styles/own-accent.ts'
import { where } from './styles/where.ts'

export const looks = {
  theme: ['system', 'light', 'dark'],
  contrast: ['usual', 'more'],
  accent: ['ember', 'violet', 'teal', 'blue', 'own'],
  text: ['usual', 'small', 'large', 'largest'],
  density: ['usual', 'compact'],
  bubbles: ['round', 'square', 'outline'],
  wallpaper: ['none', 'dots', 'lines', 'tiles', 'waves'],
} as const

export type LookName = keyof typeof looks
export type Look<Name extends LookName> = (typeof looks)[Name][number]
export type Theme = Look<'theme'>
export type Looks = { readonly [Name in LookName]: Look<Name> }

/** What a remembered value means; anything unknown is the usual. */
export const lookOf = <Name extends LookName>(name: Name, value: string | undefined): Look<Name> => {
  const known: readonly Look<Name>[] = looks[name]
  return known.find((look) => look === value) ?? known[0]!
}

export const themeOf = (value: string | undefined): Theme => lookOf('theme', value)

let ownSheet: CSSStyleSheet | undefined

/** Puts the choices into force at once; `ownAccent` is the colour that counts while the accent is one's own. */
export const applyLooks = (chosen: Looks, ownAccent?: string): void => {
  const { dataset } = document.documentElement
  for (const name of Object.keys(looks) as LookName[]) {
    if (chosen[name] === looks[name][0]) delete dataset[name]
    else dataset[name] = chosen[name]
  }
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== ownSheet)
  ownSheet = chosen.accent === 'own' && isColor(ownAccent) ? where("[data-accent='own']", accentFrom(ownAccent)).styleSheet : undefined
  if (ownSheet) document.adoptedStyleSheets.push(ownSheet)
}
