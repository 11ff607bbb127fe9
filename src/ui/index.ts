// The page's one entry: puts the tokens and <parley-app> in place and takes an invite out of the address.
import type { Commands } from '../ports/commands.ts'
import type { Preferences } from '../ports/preferences.ts'
import type { Queries } from '../ports/queries.ts'
import { tokens } from './styles/tokens.ts'
import { takeInvite } from './take-invite.ts'
import { ParleyApp } from './app-root.ts'

export interface MountDeps {
  readonly commands: Commands
  readonly queries: Queries
  /** Version and build, as the settings show it. */
  readonly version: string
  /** What this browser remembers of the screen (theme); without it, choices last for the visit. */
  readonly preferences?: Preferences
}

/** Shows the page inside `root`. Call once. */
export const mountApp = (root: HTMLElement, deps: MountDeps): void => {
  if (tokens.styleSheet) document.adoptedStyleSheets = [...document.adoptedStyleSheets, tokens.styleSheet]
  const app = new ParleyApp()
  app.deps = deps
  app.invite = takeInvite()
  addEventListener('hashchange', () => {
    const invite = takeInvite()
    if (invite !== undefined) app.invite = invite
  })
  root.replaceChildren(app)
}
