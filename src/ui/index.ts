// The page's one entry: puts the tokens and <parley-app> in place and takes an invite out of the address.
import type { UiDeps } from './context.ts'
import { tokens } from './styles/tokens.ts'
import { takeInvite, takeWish } from './take-invite.ts'
import { ParleyApp } from './app-root.ts'

export { timeOf } from './locales/dates.ts'
export { bestLanguage, speak } from './locales/index.ts'
export { nextTask } from './next-task.ts'

/** Shows the page inside `root`, from which it takes over what was drawn before it (public/first-look.js). Call once. */
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
  const drawn = root.querySelector('.shell')
  const active = document.activeElement
  if (drawn) app.append(drawn)
  root.replaceChildren(app)
  // What is drawn has its place again, and can have the focus, once the app has one for it.
  if (active instanceof HTMLElement && drawn?.contains(active)) void app.updateComplete.then(() => active.isConnected && active.focus())
}
