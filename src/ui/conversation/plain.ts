// A message's text on one line, for previews and quotes: the marks of the Markdown subset taken out, line ends as spaces.

/** At most this many characters are looked at: a preview shows far fewer. */
const previewCharacters = 300

/** Words between double bars are read by those who want to. */
const spoilers = /\|\|(?=\S)([^\n]*?\S)\|\|/g

/** A text without its spoilers, which something else stands for. */
export const withoutSpoilers = (text: string, instead: string): string => (text.includes('||') ? text.replace(spoilers, instead) : text)

/** Marked parts of a text without its spoilers; one whose end was cut off uncovers nothing. What is marked within is covered, too. */
export const withoutSpoilersIn = <Part extends { readonly text: string }>(parts: readonly Part[]): readonly Part[] => {
  let isCovered = false
  return parts.map((part) => {
    const text = part.text
      .split('||')
      .map((words, i) => {
        if (i > 0) isCovered = !isCovered
        return isCovered ? words.replace(/\S+/g, '▒▒▒') : words
      })
      .join('')
    return text === part.text ? part : { ...part, text }
  })
}

/** Plain words; never empty for a text that is not. */
export const plainText = (text: string): string => {
  // An end that was cut off uncovers nothing.
  const start = withoutSpoilers(text, '▒▒▒').slice(0, previewCharacters)
  const plain = start
    .replace(/^```[^\n]*$/gm, '')
    .replace(/(\*\*|__|~~|`)(?=\S)(.+?)\1/gs, '$2')
    .replace(/(^|[^\w*])([*_])(?=\S)([^*_\n]+?)\2(?!\w)/g, '$1$3')
    .replace(/^ {0,3}(?:>|[-*+]|\d+[.)]) +/gm, '')
    .replace(/\[([^\]\n]+)\]\([^)\s]+\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  return plain === '' ? start.trim() : plain
}
