// When the network is wanted: at once where somebody lives. Whoever opens the page for the first time, by an invite or not, is connected with
// nothing until they show that they are here, and nothing that they do not see yet comes before what they see: an invite says itself whom it
// is from.
import type { Preferences } from '../ports/preferences.ts'
import type { Queries } from '../ports/queries.ts'

/** Under which a browser remembers that somebody lives in it; public/first-look.js knows it, too. */
const livesHereName = 'lives-here'

/** Whether somebody lives in this browser, as far as can be known before the database is open. */
export const livesHere = ({ read }: Pick<Preferences, 'read'>): boolean => read(livesHereName) === 'yes'

export const networkWanted = ({ session }: Pick<Queries, 'session'>, preferences: Preferences): Promise<void> => {
  const ready = new Promise<void>((resolve) => {
    session().subscribe(({ kind }) => {
      if (kind !== 'ready') return
      preferences.write(livesHereName, 'yes')
      resolve()
    })
  })
  return livesHere(preferences) ? Promise.resolve() : Promise.race([ready, firstSign(location.hash !== '')])
}

/** The first key, touch, click or pasted word; of somebody who came by a link and may have no more to do than to press a button, the way there. */
const firstSign = (isInvited: boolean): Promise<void> =>
  new Promise((resolve) => {
    const seen = new AbortController()
    const sign = (): void => {
      seen.abort()
      resolve()
    }
    const signs = ['keydown', 'pointerdown', 'input', ...(isInvited ? ['pointermove'] : [])]
    for (const type of signs) addEventListener(type, sign, { capture: true, signal: seen.signal })
  })
