// The page in the language that nobody speaks: whether every word of it is, and whether all of it can be read.
import type { Page } from 'playwright-core'

/** What is wrong with the words that can be seen or heard now; `known` are those that people have typed. */
export const wordsAtFault = (page: Page, known: readonly string[]): Promise<readonly string[]> => page.evaluate(faultsInside, known)

// Runs in the page.
const faultsInside = (known: readonly string[]): readonly string[] => {
  const faults: string[] = []
  // Tags of people and addresses of machines are the same for everybody.
  const spoken = (text: string): string =>
    known.reduce((rest, word) => rest.replaceAll(word, ''), text.replace(/\b[0-9A-Z]{4}\b|\/\S+/g, ''))
  const isPlain = (text: string): boolean => !/[⟦⟧]/.test(text) && /[a-z]{2}/i.test(spoken(text))
  const check = (text: string | null): void => {
    if (text !== null && isPlain(text)) faults.push(`in English: ${text.trim()}`)
  }
  const look = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) look(element.shadowRoot)
      if (!element.checkVisibility() || element.matches('style, script, time, option[lang]')) continue
      for (const name of ['aria-label', 'title', 'placeholder']) check(element.getAttribute(name))
      for (const node of element.childNodes) if (node instanceof Text) check(node.data)
      const isCut = element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 2
      if (isCut && element.matches('button:not(.entry, .pill), label, h1, h2, [role="menuitem"]'))
        faults.push(`cut off: ${element.textContent.trim()}`)
    }
  }
  look(document)
  if (document.documentElement.scrollWidth > innerWidth) faults.push('over the edge')
  return [...new Set(faults)]
}
