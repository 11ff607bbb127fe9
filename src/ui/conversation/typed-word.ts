// The word under way before the cursor, if it is one that something can be offered for: `:smi`, `@Car`, or `/po` at the very beginning. Pure.

export interface TypedWord {
  readonly mark: ':' | '@' | '/'
  /** Without the mark. */
  readonly word: string
  /** Where it begins and ends in the text. */
  readonly from: number
  readonly to: number
}

/** A colon needs two letters, since it stands in many texts; an at sign none. Either only where a word begins. */
const underWay =
  /(?<=^|[\s(])(?:(?<colon>:)(?<picture>[\p{L}\p{N}_+-]{2,32})|(?<at>@)(?<person>[\p{L}\p{N}_'-]{0,32}))$|^(?<slash>\/)(?<command>[\p{L}\p{N}]{0,32})$/u

export const typedWord = (text: string, cursor: number): TypedWord | undefined => {
  const groups = underWay.exec(text.slice(0, cursor))?.groups
  if (!groups) return undefined
  const word = groups['picture'] ?? groups['person'] ?? groups['command'] ?? ''
  const mark = groups['at'] === undefined ? (groups['slash'] === undefined ? ':' : '/') : '@'
  return { mark, word, from: cursor - word.length - 1, to: cursor }
}
