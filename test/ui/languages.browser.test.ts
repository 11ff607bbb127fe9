// Other languages on the screen: mirrored where they read from right to left, with nothing cut off, and no word of English left over.
import axe from 'axe-core'
import { afterEach, describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { speak } from '../../src/ui/locales/index.ts'
import { pseudoOf } from '../../src/ui/locales/pseudo.ts'
import { scenes } from './playground/scenes.ts'
import { show, until, type Shown } from './mount.ts'

let shown: Shown
afterEach(async () => {
  shown[Symbol.dispose]()
  await speak('en')
})

const conversation = async (): Promise<void> => {
  ;(await until(() => shown.all('.entry')[1]))?.click()
  await until(() => shown.all('article').length > 3)
}

/** Presses one button after the other, by what English calls them. */
const press =
  (...names: readonly string[]) =>
  async (): Promise<void> => {
    for (const name of names) {
      const called = pseudoOf(name)
      const isIt = (button: HTMLElement): boolean => (button.getAttribute('aria-label') ?? button.textContent.trim()).startsWith(called)
      const button = await until(() => shown.all('button').findLast(isIt))
      button?.click()
    }
    await until(() => shown.all('dialog[open]').length === 1 && shown.all('dialog button').length > 1)
  }

describe('in Arabic', () => {
  test.each([360, 1280])('the page is mirrored on a screen of %i pixels, and nothing stands outside of it', async (width) => {
    await page.viewport(width, 760)
    await speak('ar')
    shown = show(scenes.lively())
    await conversation()
    expect(document.documentElement.dir).toBe('rtl')
    const mine = shown.all('.row.mine article')[0]?.getBoundingClientRect()
    const theirs = shown.all('.row:not(.mine) article')[0]?.getBoundingClientRect()
    // One's own stand at the end of a line, which is on the left.
    expect(mine && theirs && mine.left < theirs.left).toBe(true)
    const outside: string[] = []
    for (const element of shown.all('button, article, input, h1, h2, p')) {
      const box = element.getBoundingClientRect()
      const isOutside = Math.round(box.right) > width || Math.round(box.left) < 0
      if (box.width > 1 && element.checkVisibility() && isOutside)
        outside.push(`${element.localName} ${element.textContent.trim()} ${box.left} ${box.right}`)
    }
    expect(outside).toEqual([])
  })

  test('axe finds nothing in a conversation and in the settings', async () => {
    await page.viewport(1280, 800)
    await speak('ar')
    shown = show(scenes.lively(), 'dark')
    await conversation()
    const look = async (): Promise<readonly string[]> =>
      (await axe.run(shown.root, { resultTypes: ['violations'], rules: { region: { enabled: false } } })).violations.map(({ id }) => id)
    expect(await look()).toEqual([])
    await page.getByRole('button', { name: 'الإعدادات' }).click()
    await until(() => shown.all('dialog[open]').length > 0)
    expect(await look()).toEqual([])
  })
})

describe('in a language that is a third longer', () => {
  test.each([
    ['a conversation', conversation],
    ['the settings', press('Settings')],
    ['the ways to begin', press('New conversation')],
    ['an invite', press('New conversation', 'Invite someone')],
    ['the people of a group', async () => conversation().then(press('Conversation details'))],
    ['the looks', press('Settings', 'Looks and language')],
    ['the notifications', press('Settings', 'Notifications')],
    ['the privacy', press('Settings', 'Privacy')],
  ] as const)('no button of %s is cut off, and no English is left', async (_name, open) => {
    await page.viewport(360, 760)
    await speak('en-xa')
    shown = show(scenes.lively())
    await shown.one('.entry')
    await open()
    await until(() => shown.all('article, dialog[open]').length > 0)
    const clipped = shown
      .all('button, label, h2')
      .filter(
        (element) =>
          element.checkVisibility() &&
          !element.closest('.entry, .pill') &&
          element.scrollWidth > element.clientWidth + 2 &&
          element.clientWidth > 1,
      )
    expect(clipped.map((element) => element.textContent.trim())).toEqual([])
    const named = shown.all('button[aria-label]').map((button) => button.getAttribute('aria-label') ?? '')
    expect(named.filter((name) => /^[A-Za-z ]{4,}$/.test(name))).toEqual([])
  })
})
