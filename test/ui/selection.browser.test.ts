// Several messages at once: selected by pointer and keyboard, copied, forwarded, deleted.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createWorld, person, type Room, type World } from './playground/world.ts'
import { focused, given, show, until, type Shown } from './mount.ts'

const bob = person('Bob')
let world: World
let room: Room
let shown: Shown
const articles = (): HTMLElement[] => shown.all('article')
const count = (): string | undefined => shown.all('.bar [role="status"]')[0]?.textContent

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
  room = world.addRoom('direct', 'Bob', [bob])
  world.addRoom('direct', 'Carol', [person('Carol')])
  const me = world.session.kind === 'ready' ? world.session.me : bob
  world.say(room, bob, 'one')
  world.say(room, me, 'two')
  world.say(room, me, 'three')
  room.readUpTo = 3
  shown = show(world)
  const entry = await until(() => shown.all('.entry').find((found) => found.textContent.includes('Bob')))
  entry?.click()
  await until(() => articles().length === 3)
})
afterEach(() => shown[Symbol.dispose]())

const begin = async (at: number): Promise<void> => {
  articles()[at]?.focus()
  await userEvent.keyboard('{Shift>}{F10}{/Shift}')
  await page.getByRole('menuitem', { name: 'Select', exact: true }).click()
  await until(() => count() === '1 selected')
}

describe('several messages', () => {
  test('are selected by Space and by a click, say so, and Esc ends it with the focus among the messages', async () => {
    await begin(0)
    expect(shown.all('textarea')).toHaveLength(0)
    expect(focused()).toBe(articles()[0])
    await userEvent.keyboard('{ArrowDown} ')
    await until(() => count() === '2 selected')
    expect(articles()[1]?.getAttribute('aria-label')).toMatch(/selected$/)
    articles()[2]?.click()
    await until(() => count() === '3 selected')
    articles()[2]?.click()
    await until(() => count() === '2 selected')
    await userEvent.keyboard('{Escape}')
    await until(() => shown.all('textarea').length === 1 && shown.all('.bar').length === 0)
    expect(focused()?.tagName).toBe('ARTICLE')
  })

  test('without the last one nothing is selected any more', async () => {
    await begin(1)
    articles()[1]?.click()
    await until(() => shown.all('textarea').length === 1)
  })

  test('are forwarded in their order, whatever the order in which they were chosen', async () => {
    await begin(2)
    articles()[0]?.click()
    await until(() => count() === '2 selected')
    await page.getByRole('button', { name: 'Forward', exact: true }).click()
    await until(() => focused()?.getAttribute('role') === 'combobox')
    await userEvent.keyboard('Carol{Enter}')
    await until(() => given(world, 'sendMessage').length === 2)
    expect(given(world, 'sendMessage').map(([, text]) => text)).toEqual(['one', 'three'])
  })

  test('are deleted after one question, and only when all of them are one’s own', async () => {
    await begin(0)
    articles()[1]?.click()
    await until(() => count() === '2 selected')
    expect(shown.all('.bar [aria-label="Delete"]')).toHaveLength(0)
    articles()[0]?.click()
    articles()[2]?.click()
    await until(() => shown.all('.bar [aria-label="Delete"]').length === 1)
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect.element(page.getByRole('dialog', { name: 'Delete 2 messages?' })).toBeVisible()
    await userEvent.keyboard('{Enter}')
    await until(() => given(world, 'deleteMessage').length === 2)
    await until(() => shown.all('dialog').length === 0 && shown.all('.text.deleted').length === 2)
  })
})
