// An accent of somebody's own: from one colour all roles that an accent plays, each moved towards black or white until it can be read where
// it stands. Whatever colour is chosen, `test/ui/colors.test.ts` finds the contrast that the palettes promise.
import { dark, light, type Palette } from './colors.ts'
import { markContrast, mixed, standingOut, textContrast } from './contrast.ts'
import type { Accent } from './looks.ts'

const black = '#000000'
const white = '#ffffff'

/** A little more than is asked for: what is rounded must not fall below. */
const text = textContrast + 0.1
const mark = markContrast + 0.1

/** How much of the chosen colour is in the ground of one's own messages. */
const softShare = { light: 0.16, dark: 0.3 }

const groundsOf = ({ page, canvas, surface, sunken, lifted }: Palette): readonly string[] => [page, canvas, surface, sunken, lifted]

const rolesOf = (chosen: string, palette: Palette, far: string, near: string, share: number): Accent => {
  const accentSoft = mixed(palette.surface, chosen, share)
  const grounds = [...groundsOf(palette), accentSoft]
  // Seen on every ground as a mark, and the ground of text itself.
  const accent = standingOut(standingOut(chosen, far, grounds, mark), far, [near], text)
  const accentHover = mixed(accent, far, 0.18)
  return {
    accent,
    accentHover,
    onAccent: standingOut(mixed(accent, near, 0.85), near, [accent, accentHover], text),
    accentInk: standingOut(accent, far, grounds, text),
    accentSoft,
    onAccentSoft: standingOut(mixed(chosen, far, 0.75), far, [accentSoft], 9),
    onAccentSoftQuiet: standingOut(mixed(chosen, far, 0.35), far, [accentSoft], text),
  }
}

/** Whether a remembered word is a colour that can be used: `#rrggbb`. */
export const isColor = (word: string | undefined): word is string => /^#[0-9a-f]{6}$/i.test(word ?? '')

/** The roles of an accent in both palettes, for a chosen `#rrggbb`. */
export const accentFrom = (chosen: string): { readonly light: Accent; readonly dark: Accent } => ({
  light: rolesOf(chosen, light, black, white, softShare.light),
  dark: rolesOf(chosen, dark, white, black, softShare.dark),
})
