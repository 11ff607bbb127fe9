// What this screen remembers about itself (theme, how Enter behaves): never about people, never secret, read before the first paint.

export interface Preferences {
  /** The remembered value, or `undefined`. Never throws. */
  read(name: string): string | undefined
  /** Remembers a value for this browser; forgets silently when the browser keeps nothing. */
  write(name: string, value: string): void
}
