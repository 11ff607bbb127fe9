// Whom a text calls by an at sign. Words of a text as everybody sees them: whether a call to everybody counts is decided by who makes it
// (`mayCallEverybody`), and whether a person is meant by what they are called here.

/** What calls everybody; the same word in every language, since people of several languages share a room. */
export const everybodyWord = '@room'

/** A word goes on with letters, digits and what joins them. */
const goesOn = /^[\p{L}\p{N}\p{M}_]/u
const endsWord = /[\p{L}\p{N}\p{M}_@]$/u

/** Whether the text calls everybody. */
export const callsEverybody = (text: string): boolean => calls(text, everybodyWord)

/** Whether the text calls somebody by their name. */
export const callsPerson = (text: string, name: string): boolean => name !== '' && calls(text, `@${name}`)

const calls = (text: string, word: string): boolean => {
  if (!text.includes('@')) return false
  const [within, wanted] = [text.normalize('NFC').toLowerCase(), word.normalize('NFC').toLowerCase()]
  for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + 1)) {
    if (!goesOn.test(within.slice(at + wanted.length)) && !endsWord.test(within.slice(Math.max(0, at - 2), at))) return true
  }
  return false
}
