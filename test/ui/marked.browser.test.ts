// Messages in front for everybody, and those that one finds again.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { defaultPolicy } from '../../src/core/members/role.ts'
import { createWorld, person, type Room, type World } from './playground/world.ts'
import { focused, given, show, until, type Shown } from './mount.ts'

const bob = person('Bob')
let world: World
let room: Room
let shown: Shown

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
  room = world.addRoom('group', 'Choir', [bob])
  for (let i = 1; i <= 60; i++) world.say(room, bob, `Line ${i}`)
  room.readUpTo = room.items.length
})
afterEach(() => shown[Symbol.dispose]())

const open = async (): Promise<void> => {
  shown = show(world)
  ;(await shown.one('.entry')).click()
  await until(() => shown.all('article').length > 0)
}
const choose = async (text: string, action: string): Promise<void> => {
  const article = await until(() => shown.all('article').find((found) => found.getAttribute('aria-label')?.includes(`, ${text},`)))
  article?.focus()
  await userEvent.keyboard('{Shift>}{F10}{/Shift}')
  await page.getByRole('menuitem', { name: action, exact: true }).click()
  await until(() => shown.all('[role="menu"]').length === 0)
}
const bar = (): HTMLElement | undefined => shown.all('.jump')[0]

describe('the bar of messages in front', () => {
  test('goes to them one after the other, the newest first, round and round', async () => {
    room.items = room.items.map((item, i) => (item.kind === 'message' && (i === 2 || i === 57) ? { ...item, pinned: true } : item))
    await open()
    await until(() => bar()?.getAttribute('aria-label') === 'Pinned, 2 of 2, Bob, Line 58')
    bar()?.click()
    await until(() => focused()?.getAttribute('aria-label')?.includes('Line 58'))
    expect(bar()?.getAttribute('aria-label')).toBe('Pinned, 1 of 2, Bob, Line 3')
    bar()?.click()
    await until(() => focused()?.getAttribute('aria-label')?.includes('Line 3,'))
    expect(bar()?.getAttribute('aria-label')).toBe('Pinned, 2 of 2, Bob, Line 58')
  })

  test('comes and goes with what is pinned, and the message says that it is', async () => {
    await open()
    expect(bar()).toBeUndefined()
    await choose('Line 60', 'Pin')
    await until(() => bar()?.textContent.includes('Line 60'))
    expect(given(world, 'setPinned').at(-1)?.slice(2)).toEqual([true])
    expect(focused()?.getAttribute('aria-label')).toContain('pinned')
    await choose('Line 60', 'Unpin')
    await until(() => bar() === undefined)
    expect(focused()?.getAttribute('aria-label')).not.toContain('pinned')
  })

  test('is not offered to those who may not', async () => {
    room.policy = { ...defaultPolicy, pin: 'moderator' }
    room.members = room.members.map((member) => (member.isMe ? { ...member, role: 'member' } : member))
    await open()
    shown.all('article').at(-1)?.focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await until(() => shown.all('[role="menuitem"]').length > 0)
    expect(shown.all('[role="menuitem"]').map((item) => item.textContent.trim())).not.toContain('Pin')
  })
})

describe('stars', () => {
  test('a starred message is found again from the settings, and leads to its place', async () => {
    await open()
    await choose('Line 60', 'Star')
    expect(focused()?.getAttribute('aria-label')).toContain('starred')
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Starred messages' }).click()
    await until(() => shown.all('.hit').length === 1)
    shown.all('.hit')[0]?.click()
    await until(() => shown.all('dialog').length === 0 && focused()?.getAttribute('aria-label')?.includes('Line 60'))
    await choose('Line 60', 'Remove star')
    expect(given(world, 'setStarred').map(([, , starred]) => starred)).toEqual([true, false])
  })

  test('where nothing is starred, it says how', async () => {
    await open()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Starred messages' }).click()
    await until(() => /Nothing is starred yet/.test(shown.text()))
  })
})
