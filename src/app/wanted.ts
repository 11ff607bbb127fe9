// When the network is wanted: at once where somebody lives or came by a link. Whoever opens the page for the first time is connected with
// nothing until they show that they are here, and nothing that they do not see yet comes before what they see.
import type { Preferences } from '../ports/preferences.ts'
import type { Queries } from '../ports/queries.ts'

/** Under which a browser remembers that somebody lives in it. */
const livesHere = 'lives-here'

export const networkWanted = ({ session }: Pick<Queries, 'session'>, { read, write }: Preferences): Promise<void> => {
  const ready = new Promise<void>((resolve) => {
    session().subscribe(({ kind }) => {
      if (kind !== 'ready') return
      write(livesHere, 'yes')
      resolve()
    })
  })
  return read(livesHere) === 'yes' || location.hash !== '' ? Promise.resolve() : Promise.race([ready, firstSign()])
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
