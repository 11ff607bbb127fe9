// Names that people choose: cleaned the same way everywhere, so that what was typed is what travels.
import { maxNameCharacters } from './limits.ts'

/** Controls, and the bidirectional overrides and isolates that could make a name pose as other text. */
const unsafe = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/gu

/** Whether a name may travel: a fixed set of characters, since all must judge alike whatever Unicode their engine knows. */
export const isSafeName = (name: string): boolean => name.search(unsafe) === -1

/** Without controls and bidi overrides, NFC, white space folded, at most 64 code points; empty when nothing is left. */
export const cleanName = (typed: string): string =>
  [...typed.replace(unsafe, '').normalize('NFC').replace(/\s+/gu, ' ').trim()].slice(0, maxNameCharacters).join('').trim()

/** Labels of a person, at most. */
const maxLabels = 8

/** Labels as they are kept: cleaned like names, each once whatever its case, at most 8. */
export const cleanLabels = (typed: readonly string[]): readonly string[] => {
  const labels = typed.map(cleanName).filter((label) => label !== '')
  const folded = labels.map((label) => label.toLowerCase())
  return labels.filter((_, i) => folded.indexOf(folded[i] ?? '') === i).slice(0, maxLabels)
}

/** 4 characters that tell two equal names apart, from an identity key (Crockford's base 32, 20 bits). */
export const shortTag = (identity: string): string => {
  const bits = Number.parseInt(identity.slice(0, 5), 16)
  return [15, 10, 5, 0].map((shift) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[(bits >> shift) & 31]).join('')
}
