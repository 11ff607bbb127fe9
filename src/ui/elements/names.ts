// Names as they may be shown: one visible line that stays in its own place, whatever stands in it.
import { isRightToLeft, language } from '../locales/language.ts'

// Bidirectional controls, line separators and other controls: a name is one line that turns nothing around it.
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/g
/** More marks on a letter than any language has would cover the lines above and below. */
const heaped = /(\p{M}{4})\p{M}+/gu
/** Whatever leaves ink; the Hangul fillers and the empty Braille cell are letters that do not. */
const visible = /(?![\u115f\u1160\u2800\u3164\uffa0])[\p{L}\p{N}\p{P}\p{S}]/u
/** Letters of scripts that are read from the right (Unicode's blocks of them). */
const fromTheRight = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const fromTheLeft = /(?=\p{L})(?![\u0590-\u08ff])[a-z\u00c0-\u1fff]/iu

/** A name for display, or `fallback` when nothing visible is left. Within a sentence of the other direction it stands isolated (UAX 9). */
export const shownName = (name: string | undefined, fallback = ''): string => {
  const clean = (name ?? '').replace(unsafe, '').replace(heaped, '$1').trim()
  if (!visible.test(clean)) return fallback
  return (isRightToLeft() ? fromTheLeft : fromTheRight).test(clean) ? `\u2068${clean}\u2069` : clean
}

/** Names in the reader's way: "Alice, Bob and Carol". */
export const listNames = (names: readonly string[]): string =>
  new Intl.ListFormat(language(), { style: 'long', type: 'conjunction' }).format(names)
