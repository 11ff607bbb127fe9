// From a text to the words that find it, and from what somebody types to the words that are looked for. The same rules for both, so that
// case, accents and the width of letters never hide anything. Scripts without spaces are cut into pairs of neighbours.

/** Different words of one message beyond this find it no more: a wall of text must not fill the index. */
const maxWords = 400
/** Code units of a word that count. */
const maxWordLength = 32

/** Marks that readers leave out: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs. Other scripts' marks are letters. */
const accents = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g
const runs = /[\p{L}\p{N}\p{M}_]+/gu
/** Scripts whose words are not set apart. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu

/** As words are compared. */
export const folded = (text: string): string => text.normalize('NFKD').replace(accents, '').toLowerCase().normalize('NFC')

const pairsOf = (run: string): readonly string[] => {
  const letters = [...run]
  // The last letter stands alone, so that a single one finds it wherever it is: as a word or as the beginning of a pair.
  return letters.map((letter, i) => letter + (letters[i + 1] ?? ''))
}

/** The words of a text, each once. */
export const wordsOf = (text: string): ReadonlySet<string> => {
  const words = new Set<string>()
  for (const [run] of folded(text).matchAll(runs)) {
    const rest = run.replace(unspaced, (part) => {
      for (const pair of pairsOf(part)) words.add(pair)
      return ' '
    })
    for (const word of rest.split(' ')) if (word !== '') words.add(word.slice(0, maxWordLength))
    if (words.size >= maxWords) break
  }
  return words
}

/** A word that is looked for; with `open`, everything that begins with it. */
export interface Term {
  readonly word: string
  readonly open: boolean
}

/** What is looked for: all of these. Every word may be the beginning of one, because people type and stop. */
export const termsOf = (typed: string): readonly Term[] =>
  [...folded(typed).matchAll(runs)].flatMap(([run]) => {
    const terms: Term[] = []
    const rest = run.replace(unspaced, (part) => {
      const letters = [...part]
      if (letters.length === 1) terms.push({ word: part, open: true })
      else for (const pair of pairsOf(part).slice(0, -1)) terms.push({ word: pair, open: false })
      return ' '
    })
    for (const word of rest.split(' ')) if (word !== '') terms.push({ word: word.slice(0, maxWordLength), open: true })
    return terms
  })

/** Whether a text holds all that is looked for: what the index says is only where it once stood. */
export const holds = (text: string, terms: readonly Term[]): boolean => {
  const words = [...wordsOf(text)]
  return terms.every(({ word, open }) => words.some((candidate) => (open ? candidate.startsWith(word) : candidate === word)))
}

/** What no word of a text begins with. */
const markSign = ':'

/** Words that nobody types, by which documents are found for what they are: where, by whom, and whether a link is inside. */
export const marks = {
  conversation: (id: string): string => `${markSign}in ${id.slice(0, 16)}`,
  author: (id: string): string => `${markSign}by ${id.slice(0, 16)}`,
  link: `${markSign}link`,
} as const

/** How many letters of a word choose its place in the index. */
const headLetters = 2

/** How many letters a head has: of a script without spaces one less, because one of its signs says more. */
const headLength = (word: string, letters: number): number => (word.search(unspaced) === 0 ? letters - 1 : letters)

/** Words with the same head stand together, so that the beginning of a word finds it. Marks stand for themselves. */
export const headOf = (word: string, letters = headLetters): string =>
  word.startsWith(markSign) ? word : [...word].slice(0, headLength(word, letters)).join('')

/** Whether everything that begins with a term has the same head as it, of so many letters. */
export const hasHead = ({ word, open }: Term, letters: number): boolean => !open || [...word].length >= headLength(word, letters)

/** Where a single letter of a spaced script is no beginning that can be looked up. */
export const isTooShort = (term: Term): boolean => !hasHead({ ...term, open: true }, headLetters)
