// What stands in a conversation, read as a screen reader would: from the names of the articles in the log "Messages".
import type { Page } from 'playwright-core'

export type State = 'Waiting' | 'Carried' | 'Delivered' | 'Read'

export interface Shown {
  /** "You" for one's own. */
  readonly author: string
  readonly text: string
  /** Only on one's own. */
  readonly state?: State
}

// "Alice, Hello, 12:05 PM, pinned, Delivered": the text may hold commas, the other parts do not.
const named =
  /^([^,]*), ([\s\S]*), [^,]*\d:\d\d[^,]*?(?:, calls you)?(?:, pinned)?(?:, starred)?(?:, \d+ repl(?:y|ies))?(?:, (Waiting|Carried|Delivered|Read))?(?:, Goes out[^,]*)?(?:, Not sent\.)?$/

/** Of the open conversation, oldest first; empty while there is none. */
export const readMessages = async (page: Page): Promise<readonly Shown[]> => {
  const names = await page
    .getByRole('log', { name: 'Messages', exact: true })
    .getByRole('article')
    .evaluateAll((articles) => articles.map((article) => article.getAttribute('aria-label') ?? ''))
  return names.map(shownFrom)
}

/** What the name of an article says. */
export const shownFrom = (name: string): Shown => {
  const [, author = '', text = name, state] = named.exec(name) ?? []
  return { author, text, ...(state === undefined ? {} : { state: state as State }) }
}

/** The article of one message. */
export const articleOf = (page: Page, text: string) =>
  page.getByRole('log', { name: 'Messages', exact: true }).getByRole('article', { name: `, ${text}` })
