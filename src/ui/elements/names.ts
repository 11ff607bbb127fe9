// Names as they may be shown: without the characters that turn the direction of the text around them, and never empty.

import { language } from '../locales/language.ts'

// Bidirectional controls, line separators and other controls: a name is one line that stays in its own place.
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/g

/** A name for display, or `fallback` when nothing visible is left. Put it in a `<bdi>`. */
export const shownName = (name: string | undefined, fallback = ''): string => {
  const clean = (name ?? '').replace(unsafe, '').trim()
  return clean === '' ? fallback : clean
}

/** Names in the reader's way: "Alice, Bob and Carol". */
export const listNames = (names: readonly string[]): string =>
  new Intl.ListFormat(language(), { style: 'long', type: 'conjunction' }).format(names)
