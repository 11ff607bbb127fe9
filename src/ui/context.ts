// What app-level components are given: the two ports, the page's memory of itself, and its version. Handed down by @lit/context.
import { createContext } from '@lit/context'
import type { Commands } from '../ports/commands.ts'
import type { Notifier } from '../ports/notifier.ts'
import type { PageUpdates } from '../ports/page-updates.ts'
import type { Preferences } from '../ports/preferences.ts'
import type { Queries } from '../ports/queries.ts'

export interface UiDeps {
  readonly commands: Commands
  readonly queries: Queries
  /** Shown in the settings: version and build. */
  readonly version: string
  /** Without it, theme and the like last for the visit. */
  readonly preferences?: Preferences
  /** Without it, nobody is told of anything outside of the page. */
  readonly notifier?: Notifier
  /** Without it, a newer version comes with the next visit. */
  readonly updates?: PageUpdates
}

export const depsContext = createContext<UiDeps>('parley-deps')
