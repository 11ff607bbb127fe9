// What this browser remembers of the screen, in localStorage: it is there before the first paint, and losing it harms nobody.
import type { Preferences } from '../ports/preferences.ts'

const prefix = 'parley.screen.'

export const browserPreferences: Preferences = {
  read: (name) => {
    try {
      return localStorage.getItem(prefix + name) ?? undefined
    } catch {
      return undefined
    }
  },
  write: (name, value) => {
    try {
      localStorage.setItem(prefix + name, value)
    } catch {
      // A browser that keeps nothing shows the page as it comes.
    }
  },
}
