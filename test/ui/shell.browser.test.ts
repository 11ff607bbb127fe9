// What is drawn before the program has come: the same pixels as the program draws, in the language of the browser, and nothing done there is
// lost. The script that draws it is the one that the page loads.

import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import shell from 'virtual:shell'
import { speak } from '../../src/ui/locales/index.ts'
import { mountApp } from '../../src/ui/index.ts'
import { memoryPreferences, scenes } from './playground/scenes.ts'
import { focused, given, roots, until } from './mount.ts'
import type { World } from './playground/world.ts'

const sheet = new CSSStyleSheet()
sheet.replaceSync(shell.css)
const firstLook = await (await fetch('/first-look.js')).text()
/** What the page holds once it was parsed. */
const hold = (markup: string): void =>
  document.body.replaceChildren(...new DOMParser().parseFromString(`<body>${markup}`, 'text/html').body.childNodes)

beforeEach(async () => {
  await page.viewport(390, 844)
  document.adoptedStyleSheets = [sheet]
})
afterEach(async () => {
  document.body.replaceChildren()
  document.adoptedStyleSheets = []
  localStorage.clear()
  delete document.documentElement.dataset['theme']
  history.replaceState(null, '', location.pathname + location.search)
  await speak('en')
})

/** Draws as the page does while it is loaded. */
const draw = (remembered: Readonly<Record<string, string>> = {}): HTMLElement => {
  for (const [name, value] of Object.entries(remembered)) localStorage.setItem(`parley.screen.${name}`, value)
  hold(shell.templates)
  const script = document.createElement('script')
  script.textContent = firstLook
  document.body.append(script)
  return document.querySelector<HTMLElement>('.shell')!
}

const takeOver = (world: World): void => {
  mountApp(document.body, { commands: world.commands, queries: world.queries, version: '1', preferences: memoryPreferences() })
}
const inPage = (selector: string): HTMLElement | undefined =>
  roots(document.body)
    .flatMap((place) => [...place.querySelectorAll<HTMLElement>(selector)])
    .find((element) => element.checkVisibility())

const places = (): readonly (readonly [name: string, ...box: number[]])[] =>
  ['.wall', '.brand', 'h1', '.lead .soft', 'input', 'button'].map((name) => {
    const { x, y, width, height } = inPage(name)?.getBoundingClientRect() ?? new DOMRect()
    return [name, x, y, width, height]
  })

describe('what is drawn first', () => {
  test.each([
    ['en', 390],
    ['ar', 390],
    ['de', 1280],
  ])('stands where the program puts it, in %s on %i pixels', async (language, width) => {
    await page.viewport(width, 844)
    const drawn = draw({ language })
    expect(document.documentElement.lang).toBe(language)
    const before = places()
    const words = drawn.querySelector('main')?.innerText
    await speak(language)
    takeOver(scenes.first())
    await until(() => inPage('parley-welcome') !== undefined)
    await until(() => inPage('h1') !== undefined)
    expect(places()).toEqual(before)
    expect(inPage('main')?.innerText).toBe(words)
    expect(document.querySelector('.shell')).toBeNull()
  })

  test('a name that is being typed goes on in the program', async () => {
    draw()
    await page.getByRole('textbox', { name: 'Your name' }).click()
    await userEvent.keyboard('Ali')
    takeOver(scenes.first())
    await until(() => inPage('parley-welcome') !== undefined)
    await until(() => focused() === inPage('input'))
    await userEvent.keyboard('ce')
    expect((inPage('input') as HTMLInputElement).value).toBe('Alice')
  })

  test('a name that is being typed goes on while the program is there and the database is not', async () => {
    const world = scenes.first()
    world.session = { kind: 'loading' }
    draw()
    await page.getByRole('textbox', { name: 'Your name' }).click()
    await userEvent.keyboard('Al')
    takeOver(world)
    await until(() => inPage('parley-app') !== undefined && inPage('input') !== undefined)
    await userEvent.keyboard('ic')
    world.session = { kind: 'new' }
    world.changed()
    await until(() => inPage('parley-welcome') !== undefined && focused() === inPage('input'))
    await userEvent.keyboard('e')
    expect((inPage('input') as HTMLInputElement).value).toBe('Alice')
  })

  test('Enter that was pressed before the program came counts', async () => {
    const world = scenes.first()
    draw()
    await page.getByRole('textbox', { name: 'Your name' }).fill('Bob')
    await userEvent.keyboard('{Enter}')
    takeOver(world)
    await until(() => given(world, 'createProfile').length > 0)
    expect(given(world, 'createProfile')).toEqual([['Bob']])
  })

  test('a page that is loaded again before the program came keeps the name, and that Enter was pressed', async () => {
    const world = scenes.first()
    draw()
    await page.getByRole('textbox', { name: 'Your name' }).fill('Bob')
    await userEvent.keyboard('{Enter}')
    dispatchEvent(new Event('pagehide'))
    expect(draw().querySelector('input')?.value).toBe('Bob')
    takeOver(world)
    await until(() => given(world, 'createProfile').length > 0)
    dispatchEvent(new Event('pagehide'))
    expect(draw().querySelector('input')?.value).toBe('')
  })

  test('whoever lives here sees that conversations are opened, in the theme that they chose', () => {
    const drawn = draw({ 'lives-here': 'yes', theme: 'dark' })
    expect(drawn.innerText.trim()).toBe('Opening your conversations')
    expect(document.documentElement.dataset['theme']).toBe('dark')
  })

  test('an invite is met with "Join"', () => {
    history.replaceState(null, '', '#/j/AWf3kq0h')
    draw()
    expect(inPage('button')?.innerText).toBe('Join')
  })

  test('is no harder to reach than the program', async () => {
    draw()
    expect((await axe.run(document.body)).violations.map(({ id }) => id)).toEqual([])
  })

  test('without scripts it says why nothing happens, in every language', () => {
    hold(shell.withoutScripts)
    expect(document.querySelectorAll('p[lang][dir]')).toHaveLength(8)
    expect(document.querySelector('p[lang="de"]')?.textContent).toContain('JavaScript')
  })
})
