// The whole journey by keyboard; focus goes back to where it came from.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createWorld, person, type Room, type World } from './playground/world.ts'
import { focused, given, menuOf, show, type Shown, until } from './mount.ts'

const bob = person('Bob')
let world: World
let room: Room
let shown: Shown
const name = (): string | null | undefined => focused()?.getAttribute('aria-label') ?? focused()?.textContent.trim()
const menuKey = '{Shift>}{F10}{/Shift}'

const open = async (): Promise<void> => {
  shown = show(world)
  ;(await shown.one('.entry')).click()
  await until(() => shown.all('article').length > 0 && focused()?.tagName === 'TEXTAREA')
}

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
  room = world.addRoom('direct', 'Bob', [bob])
  world.say(room, bob, 'First')
  world.say(room, world.session.kind === 'ready' ? world.session.me : bob, 'Second')
})
afterEach(() => shown[Symbol.dispose]())

describe('the keyboard', () => {
  test('F6 goes round the panes, arrows from message to message', async () => {
    await open()
    await userEvent.keyboard('{F6}')
    expect(focused()?.classList.contains('entry')).toBe(true)
    await userEvent.keyboard('{F6}')
    expect(name()).toContain('Second')
    await userEvent.keyboard('{ArrowUp}')
    expect(name()).toContain('First')
    await userEvent.keyboard('{F6}')
    expect(focused()?.tagName).toBe('TEXTAREA')
  })

  test('Shift and F10 open the menu of an own message, arrows move in it, Esc gives the focus back', async () => {
    await open()
    const article = shown.all('article')[1]
    article?.focus()
    await userEvent.keyboard(menuKey)
    await until(() => shown.all('[role="menuitem"]').length === 11)
    expect(
      shown
        .all('[role="menuitem"]')
        .map((item) => item.textContent.trim())
        .toSorted(),
    ).toEqual(
      ['Copy', 'Delete', 'Edit', 'Forward', 'Message details', 'Pin', 'React', 'Reply', 'Reply in thread', 'Select', 'Star'].toSorted(),
    )
    expect(name()).toBe('Reply')
    await userEvent.keyboard('{ArrowDown}')
    expect(name()).toBe('React')
    await userEvent.keyboard('{ArrowUp}{ArrowUp}')
    expect(name()).toBe('Delete')
    await userEvent.keyboard('{Escape}')
    await until(() => shown.all('[role="menu"]').length === 0)
    expect(focused()).toBe(article)
  })

  test("somebody else's message offers no edit and no delete", async () => {
    await open()
    expect(await menuOf(shown, shown.all('article')[0])).toEqual([
      'Reply',
      'React',
      'Reply in thread',
      'Copy',
      'Forward',
      'Pin',
      'Star',
      'Select',
      'Message details',
    ])
  })

  test('a reaction by keyboard', async () => {
    await open()
    shown.all('article')[0]?.focus()
    await userEvent.keyboard(`${menuKey}{ArrowDown}{Enter}`)
    await until(() => name() === 'React with 👍')
    expect(shown.all('[role="menuitem"]')).toHaveLength(7)
    await userEvent.keyboard('{ArrowRight}{Enter}')
    await until(() => given(world, 'react').length === 1)
    expect(given(world, 'react')[0]?.[2]).toBe('❤️')
  })

  test('right-click opens the same menu', async () => {
    await open()
    await userEvent.click(shown.all('article')[0] as Element, { button: 'right' })
    await until(() => shown.all('[role="menuitem"]').length === 9)
  })

  test('deleting asks first, says the truth, and gives the focus back to the message', async () => {
    await open()
    const article = shown.all('article')[1]
    article?.focus()
    await userEvent.keyboard(`${menuKey}{End}{Enter}`)
    await expect.element(page.getByRole('dialog', { name: 'Delete this message?' })).toBeVisible()
    await userEvent.keyboard('{Enter}')
    await until(() => given(world, 'deleteMessage').length === 1)
    await until(() => shown.all('dialog').length === 0)
    expect(focused()).toBe(article)
  })

  test.each(['Settings', 'New conversation', 'Conversation details'])(
    'after the sheet of "%s" the focus is back on its button',
    async (button) => {
      await open()
      const opener = shown.all('button').find((element) => element.getAttribute('aria-label') === button)
      opener?.focus()
      await userEvent.keyboard('{Enter}')
      await until(() => shown.all('dialog[open]').length === 1)
      expect(focused()).not.toBe(opener)
      await userEvent.keyboard('{Escape}')
      await until(() => shown.all('dialog').length === 0)
      expect(focused()).toBe(opener)
    },
  )

  test('a sheet that leads to another still gives the focus back to where it all began', async () => {
    await open()
    const opener = shown.all('button').find((element) => element.getAttribute('aria-label') === 'New conversation')
    opener?.focus()
    await userEvent.keyboard('{Enter}')
    await until(() => name() === 'Invite someone')
    await userEvent.keyboard('{Tab}{Enter}')
    await until(() => (focused() as HTMLInputElement | null)?.name === 'group')
    await userEvent.keyboard('{Escape}')
    await until(() => shown.all('dialog').length === 0)
    expect(focused()).toBe(opener)
  })

  test('Ctrl and / list the shortcuts', async () => {
    await open()
    await userEvent.keyboard('{Control>}/{/Control}')
    await expect.element(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  })

  test('the focus can be seen wherever it goes', async () => {
    await open()
    for (let i = 0; i < 14; i++) {
      await userEvent.keyboard('{Tab}')
      const element = focused()
      if (!element || element === document.body) continue
      const shows = (candidate: Element | null, pseudo?: string): boolean => {
        if (!candidate) return false
        const style = getComputedStyle(candidate, pseudo)
        return (
          (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2) ||
          (candidate.matches('form') && style.boxShadow !== 'none')
        )
      }
      const seen = shows(element) || shows(element, '::after') || shows(element.closest('form'))
      expect({ element: `${element.tagName} ${name()}`, seen }).toEqual({ element: `${element.tagName} ${name()}`, seen: true })
    }
  })
})
