// Pictures: all of them in a sheet, found by a word, in a tone; and by their names while one writes.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createWorld, person, type World } from './playground/world.ts'
import { focused, given, show, until, type Shown } from './mount.ts'

const [bob, carol] = [person('Bob'), person('Carol the Librarian')]
let world: World
let shown: Shown
const field = (): HTMLTextAreaElement => shown.all('textarea')[0] as HTMLTextAreaElement
const plain = (text: string): string => text.replaceAll('\ufe0f', '')

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
  const room = world.addRoom('group', 'Choir', [bob, carol])
  world.say(room, bob, 'First')
  shown = show(world)
  ;(await shown.one('.entry')).click()
  await until(() => shown.all('article').length > 0 && focused() === field())
})
afterEach(() => shown[Symbol.dispose]())

const openPicker = async (): Promise<void> => {
  await page.getByRole('button', { name: 'Emoji', exact: true }).click()
  await until(() => shown.all('.picture').length > 1_000 && (focused() as HTMLInputElement).type === 'search')
}

describe('the picker', () => {
  test('puts the first that is found where the cursor was, by the keyboard alone, and the cursor behind it', async () => {
    await userEvent.keyboard('on  it')
    field().setSelectionRange(3, 3)
    await openPicker()
    await userEvent.keyboard('pizza')
    await until(() => shown.all('#found .picture')[0]?.getAttribute('aria-label') === 'pizza')
    await userEvent.keyboard('{Enter}')
    await until(() => shown.all('dialog').length === 0 && focused() === field())
    expect(field().value).toBe('on 🍕 it')
    expect(field().selectionStart).toBe('on 🍕'.length)
  })

  test('arrows move along and between the lines, and back to the field', async () => {
    await openPicker()
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}')
    const all = shown.all('.picture')
    expect(focused()).toBe(all[2])
    await userEvent.keyboard('{ArrowDown}')
    const below = focused()?.getBoundingClientRect()
    const above = all[2]?.getBoundingClientRect()
    expect(below?.top).toBeGreaterThan(above?.top ?? 0)
    expect(below?.left).toBe(above?.left)
    await userEvent.keyboard('{Home}{ArrowUp}')
    await until(() => (focused() as HTMLInputElement).type === 'search')
  })

  test('a tone stays chosen, and what was picked stands first the next time', async () => {
    await openPicker()
    shown.all('.tones input')[5]?.click()
    await userEvent.keyboard('thumbs up')
    await until(() => plain(shown.all('#found .picture')[0]?.textContent.trim() ?? '') === '👍🏿')
    await userEvent.keyboard('{Enter}')
    await until(() => plain(field().value) === '👍🏿')
    await openPicker()
    expect(plain(shown.all('#recent .picture')[0]?.textContent.trim() ?? '')).toBe('👍🏿')
    expect((shown.all('.tones input')[5] as HTMLInputElement).checked).toBe(true)
  })

  test('a reaction beyond the six, and the focus goes back to the message', async () => {
    const article = shown.all('article')[0]
    article?.focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await until(() => shown.all('[role="menuitem"]').length > 0)
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await page.getByRole('menuitem', { name: 'More reactions' }).click()
    await until(() => shown.all('.picture').length > 1_000)
    await userEvent.keyboard('hiking boot{Enter}')
    await until(() => given(world, 'react').length === 1)
    expect(given(world, 'react')[0]?.[2]).toBe('🥾')
    await until(() => shown.all('dialog').length === 0 && focused() === article)
  })
})

describe('suggestions', () => {
  const options = (): HTMLElement[] => shown.all('[role="listbox"] [role="option"]')

  test('a colon and two letters offer pictures; Enter takes the chosen one and does not send', async () => {
    await userEvent.keyboard('Well :pizz')
    await until(() => options().length > 0)
    expect(field().getAttribute('aria-activedescendant')).toBe('suggestion-0')
    await userEvent.keyboard('{Enter}')
    await until(() => field().value === 'Well 🍕 ')
    expect(options()).toHaveLength(0)
    expect(given(world, 'sendMessage')).toEqual([])
    await userEvent.keyboard('{Enter}')
    await until(() => given(world, 'sendMessage')[0]?.[1] === 'Well 🍕')
  })

  test('an at sign offers the people who are here; arrows choose', async () => {
    await userEvent.keyboard('@')
    // The three who are here, and all of them at once.
    await until(() => options().length === 4)
    await userEvent.keyboard('l')
    await until(() => options().length === 1)
    await userEvent.keyboard('{Tab}')
    await until(() => field().value === '@Carol the Librarian ')
    expect(focused()).toBe(field())
  })

  test('Esc sends them away, and the text stays', async () => {
    await userEvent.keyboard(':smi')
    await until(() => options().length > 0)
    await userEvent.keyboard('{Escape}')
    await until(() => options().length === 0)
    await userEvent.keyboard('{Enter}')
    await until(() => given(world, 'sendMessage')[0]?.[1] === ':smi')
  })
})
