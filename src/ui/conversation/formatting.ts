// Marks of the Markdown subset by key: around what is selected, or away from it when they stand there already. Pure.

/** The marks by their keys, with Ctrl or Cmd; a capital letter is with Shift. */
const marksByKey: ReadonlyMap<string, string> = new Map([
  ['b', '**'],
  ['i', '*'],
  ['e', '`'],
  ['X', '~~'],
  ['H', '||'],
])

/** The mark that a key stands for; undefined for all others. */
export const markOf = ({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string | undefined =>
  marksByKey.get(shiftKey ? key.toUpperCase() : key.toLowerCase())

export interface Marked {
  /** What takes the place of the text from `from` to `to`. */
  readonly text: string
  readonly from: number
  readonly to: number
  /** What is selected afterwards. */
  readonly start: number
  readonly end: number
}

/** `start` and `end` are the selection in `text`; blanks at its ends stay outside, since marks only count next to a word. */
export const withMark = (text: string, start: number, end: number, mark: string): Marked => {
  const chosen = text.slice(start, end)
  const from = start + (chosen.length - chosen.trimStart().length)
  const to = Math.max(from, end - (chosen.length - chosen.trimEnd().length))
  const words = text.slice(from, to)
  const width = mark.length
  const isMarked = from >= width && text.slice(from - width, from) === mark && text.slice(to, to + width) === mark
  if (isMarked && !(mark === '*' && isBoldAlone(text, from, to)))
    return { text: words, from: from - width, to: to + width, start: from - width, end: to - width }
  return { text: `${mark}${words}${mark}`, from, to, start: from + width, end: to + width }
}

/** One star is not half of two. */
const isBoldAlone = (text: string, from: number, to: number): boolean => {
  const before = /\*+$/.exec(text.slice(0, from))?.[0].length ?? 0
  const after = /^\*+/.exec(text.slice(to))?.[0].length ?? 0
  return before === 2 && after === 2
}
