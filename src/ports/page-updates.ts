// The page's own newer version: fetched while one goes on, taken into use when it suits.
import type { Live } from './live.ts'

/** `ready`: a newer version lies here. `replaced`: it is in use now, and a page of the old one has to load anew. */
export type UpdateState = 'none' | 'ready' | 'replaced'

export interface PageUpdates {
  state(): Live<UpdateState>
  /** Takes the newer version into use, in every tab; with `ifAlone` only if no other tab is open. */
  apply(how: 'at-once' | 'if-alone'): void
}
