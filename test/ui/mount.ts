// Puts the real page over a made-up world into the test's document, and looks through its shadow roots.
import { vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { UiDeps } from '../../src/ui/context.ts'
import { mountApp } from '../../src/ui/index.ts'
import { memoryPreferences } from './playground/scenes.ts'
import type { World } from './playground/world.ts'

/** Milliseconds that a condition may take. */
const deadline = { timeout: 5_000, interval: 10 }

export interface Shown {
  readonly root: HTMLElement
  /** All elements in the tree of the page, shadow roots included. */
  all(selector: string): HTMLElement[]
  /** The only (or first) one; waits for it. */
  one(selector: string): Promise<HTMLElement>
  /** The text of everything in the page, shadow roots included. */
  text(): string
  [Symbol.dispose](): void
}

/** An element and every shadow root within. */
export const roots = (from: Element | ShadowRoot): (Element | ShadowRoot)[] => [
  from,
  ...(from instanceof Element && from.shadowRoot ? roots(from.shadowRoot) : []),
  ...[...from.querySelectorAll('*')].flatMap((element) => (element.shadowRoot ? roots(element.shadowRoot) : [])),
]

/** The page with a world; opened in the theme wished for, with other choices by their names. */
export const show = (world: World, theme = 'system', more: Pick<UiDeps, 'notifier' | 'updates'> = {}, chosen = {}): Shown => {
  const root = document.createElement('div')
  root.style.height = '100vh'
  document.body.append(root)
  const preferences = memoryPreferences()
  preferences.write('theme', theme)
  for (const [name, value] of Object.entries<string>(chosen)) preferences.write(name, value)
  mountApp(root, { commands: world.commands, queries: world.queries, version: '1.2.3 (abc)', preferences, ...more })
  const all = (selector: string): HTMLElement[] => roots(root).flatMap((place) => [...place.querySelectorAll<HTMLElement>(selector)])
  return {
    root,
    all,
    one: (selector) =>
      vi
        .waitUntil(() => all(selector)[0], { ...deadline })
        .catch(() => {
          throw new Error(`nothing is ${selector}`)
        }),
    text: () =>
      roots(root)
        .map((place) => [...place.childNodes].map((node) => (node instanceof HTMLStyleElement ? '' : node.textContent)).join(' '))
        .join(' '),
    [Symbol.dispose]: () => {
      root.remove()
      history.replaceState(null, '')
    },
  }
}

/** The page with its first conversation open. */
export const showFirst = async (world: World): Promise<Shown> => {
  const shown = show(world)
  ;(await shown.one('.entry')).click()
  await until(() => shown.all('textarea').length === 1)
  return shown
}

/** Opens the menu of a message by keyboard: what it offers, from above. */
export const menuOf = async (shown: Shown, article: HTMLElement | undefined): Promise<readonly string[]> => {
  article?.focus()
  await userEvent.keyboard('{Shift>}{F10}{/Shift}')
  await until(() => shown.all('[role="menuitem"]').length > 0)
  return shown.all('[role="menuitem"]').map((item) => item.textContent.trim())
}

/** Waits for a condition, with a deadline. */
export const until = <T>(condition: () => T): Promise<T> => vi.waitUntil(condition, deadline) as Promise<T>

/** What was given to a command of this name, call by call. */
export const given = (world: World, command: string): unknown[][] =>
  world.calls.filter(([name]) => name === command).map(([, ...rest]) => rest)

/** The element with the focus, through shadow roots. */
export const focused = (): Element | null => {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return active
}
