// The part of a text in which something was found, with what was found marked: enough to know it again. Pure.
import { folded, type Term } from './terms.ts'

export interface ExcerptPart {
  readonly text: string
  readonly found: boolean
}

/** Characters before the first place that was found, and in all. */
const leadLength = 40
const excerptLength = 160

const runs = /[\p{L}\p{N}\p{M}_]+/gu

const isFound = (run: string, terms: readonly Term[]): boolean => {
  const word = folded(run)
  // Scripts without spaces are found as pairs inside of a run.
  return terms.some((term) => word.startsWith(term.word) || (!/^[\p{Script=Latin}\p{N}_]/u.test(word) && word.includes(term.word)))
}

/** Parts in their order; an ellipsis stands where the text goes on. */
export const excerptOf = (text: string, terms: readonly Term[]): readonly ExcerptPart[] => {
  // Without the marks of Markdown: what is read is the words.
  const line = text
    .replace(/\*\*|~~|`/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  const places = [...line.matchAll(runs)]
    .filter(([run]) => isFound(run, terms))
    .map((match) => ({ from: match.index, to: match.index + match[0].length }))
  const first = places[0]?.from ?? 0
  const start = first <= leadLength ? 0 : line.indexOf(' ', first - leadLength) + 1
  const end = Math.min(line.length, start + excerptLength)
  const parts: ExcerptPart[] = []
  const add = (piece: string, found: boolean): void => {
    if (piece !== '') parts.push({ text: piece, found })
  }
  let at = start
  if (start > 0) add('… ', false)
  for (const { from, to } of places) {
    if (from < at || to > end) continue
    add(line.slice(at, from), false)
    add(line.slice(from, to), true)
    at = to
  }
  add(line.slice(at, end) + (end < line.length ? '…' : ''), false)
  return parts
}
