// From a catalogue that a translator edits to the words that the page asks for. A sentence is a text with its values as `{0}`, `{1}` in
// the order of the English function's; where it depends on a value it is a list of sentences by what that value is: the value itself, or
// for a number its plural category in that language (Unicode CLDR, through Intl). English is the contract: what it has, each has.

/** One entry of a catalogue file. `by` says on which value it depends, the first unless given. */
export type Entry = string | readonly (string | readonly string[])[] | { readonly [name: string]: Entry | number }

type Values = readonly unknown[]

/** Fills a sentence in; `rules` are the plural rules of its language. */
export const sentenceOf = (entry: Entry, values: Values, rules: Intl.PluralRules): string => {
  if (typeof entry === 'string') return entry.replace(/\{(\d)\}/g, (_, at: string) => shown(values[Number(at)], rules))
  if (Array.isArray(entry)) return ''
  const forms = entry as { readonly [name: string]: Entry | number }
  const value = values[Number(forms['by'] ?? 0)]
  const form = forms[String(value)] ?? (typeof value === 'number' ? forms[rules.select(value)] : undefined) ?? forms['other'] ?? ''
  return typeof form === 'number' ? '' : sentenceOf(form, values, rules)
}

const shown = (value: unknown, rules: Intl.PluralRules): string =>
  typeof value === 'number' ? value.toLocaleString(rules.resolvedOptions().locale) : String(value)

/** A catalogue of the English one's shape, with the words of another language; what is missing stays English. */
export const catalogueFrom = <Catalogue>(english: Catalogue, entries: Entry | undefined, locale: string): Catalogue => {
  const rules = new Intl.PluralRules(locale)
  const translate = (original: unknown, entry: Entry | number | undefined): unknown => {
    if (entry === undefined || typeof entry === 'number') return original
    if (typeof original === 'string') return typeof entry === 'string' ? entry : original
    if (typeof original === 'function') return (...values: Values) => sentenceOf(entry, values, rules)
    if (Array.isArray(original)) return Array.isArray(entry) ? entry : original
    if (typeof original !== 'object' || original === null || typeof entry === 'string' || Array.isArray(entry)) return original
    const parts = entry as { readonly [name: string]: Entry | number }
    return Object.fromEntries(Object.entries(original).map(([name, part]) => [name, translate(part, parts[name])]))
  }
  return translate(english, entries) as Catalogue
}
