// When the network is wanted: at once where somebody lives or came by a link. Whoever opens the page for the first time is connected with
// nothing until they show that they are here, and nothing that they do not see yet comes before what they see.
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
  return livesHere(preferences) || location.hash !== '' ? Promise.resolve() : Promise.race([ready, firstSign()])
}

/** The first key, touch, click or pasted word. */
const firstSign = (): Promise<void> =>
  new Promise((resolve) => {
    const seen = new AbortController()
    const sign = (): void => {
      seen.abort()
      resolve()
    }
    for (const type of ['keydown', 'pointerdown', 'input']) addEventListener(type, sign, { capture: true, signal: seen.signal })
  })
