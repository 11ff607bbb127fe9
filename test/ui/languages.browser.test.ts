// Other languages on the screen: mirrored where they read from right to left, with nothing cut off, and no word of English left over.
import axe from 'axe-core'
import { afterEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { speak } from '../../src/ui/locales/index.ts'
import { pseudoOf } from '../../src/ui/locales/pseudo.ts'
import { scenes } from './playground/scenes.ts'
import { focused, show, until, type Shown } from './mount.ts'

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

  test('what the page says is read from the right, also where it begins with a name that is not', async () => {
    await page.viewport(1280, 800)
    await speak('ar')
    const world = scenes.trust()
    const choir = world.rooms[0]
    if (choir) choir.typing = ['Carol the Librarian']
    shown = show(world)
    ;(await until(() => shown.all('.entry')[0]))?.click()
    const directions = (selector: string): string[] => [
      ...new Set(shown.all(selector).map((element) => getComputedStyle(element).direction)),
    ]
    await until(() => shown.all('.typing').some((line) => line.textContent.includes('Carol')) && shown.all('.notice').length > 1)
    expect(['.typing', '.notice'].map(directions)).toEqual([['rtl'], ['rtl']])
    shown[Symbol.dispose]()
    history.replaceState(null, '', `${location.pathname}${location.search}#/j/AWf3kq0h`)
    shown = show(scenes.first())
    const invited = await until(() => shown.all('.preview .by')[0])
    // The name is the first of the line, and it stands on the right.
    expect(invited && [getComputedStyle(invited).direction, invited.querySelector('bdi')]).toEqual(['rtl', null])
  })

  test('a menu opens from where it was asked for towards the end of the line, which is on the left', async () => {
    await page.viewport(1280, 800)
    await speak('ar')
    shown = show(scenes.lively())
    await conversation()
    const article = shown.all('.row:not(.mine) article').at(-1)
    article?.focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await until(() => focused()?.matches('[role="menuitem"]'))
    const menu = shown.all('.menu')[0]
    const left = Number.parseFloat(menu?.style.left ?? '')
    expect(left + (menu?.offsetWidth ?? 0)).toBeCloseTo((article?.getBoundingClientRect().right ?? 0) - 16, 0)
  })

  test('a long name that reads from the left keeps its beginning, in the list and over the conversation', async () => {
    await page.viewport(360, 760)
    await speak('ar')
    const world = scenes.quiet()
    const title = 'Weekend at the lake with everybody who has a boat, and with all who can row'
    world.addRoom('group', title, [])
    shown = show(world)
    const isWhole = (name: HTMLElement | undefined): boolean => {
      const text = [...(name?.childNodes ?? [])].find((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.includes(title))
      if (!name || !text) return false
      const at = text.textContent?.indexOf(title) ?? 0
      const first = new Range()
      first.setStart(text, at)
      first.setEnd(text, at + 1)
      const [letter, box] = [first.getBoundingClientRect(), name.getBoundingClientRect()]
      return name.scrollWidth > name.clientWidth && letter.left >= box.left - 1 && letter.right <= box.right + 1
    }
    await until(() => isWhole(shown.all('.title bdi')[0]))
    shown.all('.entry')[0]?.click()
    await until(() => isWhole(shown.all('.head h1 bdi')[0]))
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
