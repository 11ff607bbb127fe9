// A language that nobody speaks, made from English: every letter with an accent, every sentence a third longer and between brackets. Whatever is
// still plain English on the screen is missing from the catalogue, and whatever is cut off would be cut off in a longer language.

const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const accented = 'åƀçđéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ'

export const pseudoOf = (text: string): string => {
  const letters = [...text].map((letter) => accented[plain.indexOf(letter)] ?? letter).join('')
  return text.trim() === '' ? text : `⟦${letters}${'·'.repeat(Math.ceil(text.length / 3))}⟧`
}

/** The whole catalogue; values stay as they are, because they are other people's words. */
export const pseudoCatalogue = <Catalogue>(english: Catalogue): Catalogue => {
  const change = (part: unknown): unknown => {
    if (typeof part === 'string') return pseudoOf(part)
    if (typeof part === 'function')
      return (...values: readonly unknown[]) => pseudoOf((part as (...given: readonly unknown[]) => string)(...values))
    if (Array.isArray(part)) return part.map((item, i) => (Array.isArray(item) ? [item[0], change(item[1])] : i >= 0 ? change(item) : item))
    if (typeof part === 'object' && part !== null)
      return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, change(inner)]))
    return part
  }
  return change(english) as Catalogue
}
