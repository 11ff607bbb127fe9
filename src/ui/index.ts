// The page's one entry: puts the tokens and <parley-app> in place and takes an invite out of the address.
import type { UiDeps } from './context.ts'
import { tokens } from './styles/tokens.ts'
import { takeInvite, takeWish } from './take-invite.ts'
import { ParleyApp } from './app-root.ts'

export { bestLanguage, speak } from './locales/index.ts'

/** Shows the page inside `root`. Call once. */
export const mountApp = (root: HTMLElement, deps: UiDeps): void => {
  if (tokens.styleSheet) document.adoptedStyleSheets = [...document.adoptedStyleSheets, tokens.styleSheet]
  const app = new ParleyApp()
  app.deps = deps
  app.invite = takeInvite()
  app.sheet = takeWish()
  addEventListener('hashchange', () => {
    const invite = takeInvite()
    if (invite !== undefined) app.invite = invite
    else app.sheet = takeWish() ?? app.sheet
  })
  root.replaceChildren(app)
}
