// What is sent beside texts: a place, which is asked for only after it was explained, one's own card, and texts that are used again.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createWorld, person, type Room, type World } from './playground/world.ts'
import { focused, given, showFirst, until, type Shown } from './mount.ts'

const bob = person('Bob')
let world: World
let room: Room
let shown: Shown

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
  room = world.addRoom('group', 'Choir', [bob])
})
afterEach(() => {
  vi.restoreAllMocks()
  shown[Symbol.dispose]()
})
const attach = async (what: string): Promise<void> => {
  shown = await showFirst(world)
  await page.getByRole('button', { name: 'Attach', exact: true }).click()
  await page.getByRole('menuitem', { name: what, exact: true }).click()
  await until(() => shown.all('dialog[open]').length === 1)
}
const atThe = (latitude: number, longitude: number, accuracy: number) =>
  ({ coords: { latitude, longitude, accuracy } }) as GeolocationPosition

describe('a location', () => {
  test('is looked for after a click that explains it, shown, and sent in whole numbers', async () => {
    const ask = vi
      .spyOn(navigator.geolocation, 'getCurrentPosition')
      .mockImplementation((found) => found(atThe(48.8583701, -2.29448, 11.2)))
    await attach('Location')
    expect(ask).not.toHaveBeenCalled()
    expect(shown.text()).toContain('no server is asked')
    await page.getByRole('button', { name: 'Find where I am' }).click()
    await until(() => shown.text().includes('48.85837, -2.29448'))
    expect(given(world, 'sendPlace')).toEqual([])
    await page.getByRole('button', { name: 'Send this location' }).click()
    await until(() => shown.all('dialog').length === 0 && shown.all('parley-place').length === 1)
    expect(given(world, 'sendPlace')).toEqual([[room.id, { latitude: 48_858_370, longitude: -2_294_480, accuracy: 12 }]])
    await until(() => shown.text().includes('To within 12 m'))
    expect(shown.all('article')[0]?.getAttribute('aria-label')).toContain('Location')
    expect(shown.all('parley-place a')).toHaveLength(0)
  })

  test('that the browser may not tell says so, and what to do', async () => {
    const denied = { code: 1, PERMISSION_DENIED: 1 } as GeolocationPositionError
    vi.spyOn(navigator.geolocation, 'getCurrentPosition').mockImplementation((_, failed) => failed?.(denied))
    await attach('Location')
    await page.getByRole('button', { name: 'Find where I am' }).click()
    await until(() => shown.all('[role="alert"]').some((line) => line.textContent.includes('may not say where it is')))
    expect(given(world, 'sendPlace')).toEqual([])
  })
})

describe('a card', () => {
  test('is given after it was said what it lets others do', async () => {
    await attach('My contact card')
    expect(shown.text()).toContain('can send you one message')
    await page.getByRole('button', { name: 'Send my card' }).click()
    await until(() => shown.all('parley-contact-card').length === 1)
    expect(given(world, 'sendCard')).toEqual([[room.id]])
  })

  test('of somebody else leads to them', async () => {
    world.say(room, bob, '👤 Bob', { card: '#/j/Er9kq0hTnC2s8mRzv1yPzJx4bQ0mJ7uKcVdE5oXaLw9GhTzNqBsBob' })
    world.preview = { kind: 'contact', title: '', inviter: 'Bob', confirmed: false }
    shown = await showFirst(world)
    await page.getByRole('button', { name: 'Ask Bob to talk' }).click()
    await until(() => given(world, 'previewInvite').length > 0)
    expect(given(world, 'previewInvite')[0]?.[0]).toContain('NqBsBob')
  })
})

describe('templates', () => {
  test('are kept from what was typed, put into the composer, and let go of', async () => {
    await attach('Templates')
    await page.getByRole('textbox', { name: 'New template' }).fill('I am on my way.')
    await page.getByRole('button', { name: 'Keep this text' }).click()
    await until(() => shown.all('li .text').length === 1)
    shown.all('li .text')[0]?.click()
    await until(() => shown.all('dialog').length === 0)
    const field = shown.all('textarea')[0] as HTMLTextAreaElement
    expect(field.value).toBe('I am on my way.')
    await until(() => focused() === field)
    await userEvent.keyboard('{Control>}a{/Control}{Backspace}')
    await page.getByRole('button', { name: 'Attach', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Templates' }).click()
    await page.getByRole('button', { name: 'Remove “I am on my way.”' }).click()
    await until(() => shown.all('li .text').length === 0)
  })
})
