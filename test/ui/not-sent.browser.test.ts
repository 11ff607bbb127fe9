// A message that nobody takes says so, and what one can do about it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { given, menuOf, show, type Shown, until } from './mount.ts'
import { createWorld, deviceOf, person, type Room, type World } from './playground/world.ts'

const bob = person('Bob')
const minute = 60_000
let world: World
let room: Room
let shown: Shown
const article = (): HTMLElement | undefined => shown.all('article')[0]
const isNotSent = (): boolean => article()?.getAttribute('aria-label')?.endsWith('Not sent.') === true

const open = async (): Promise<void> => {
  shown = show(world)
  ;(await shown.one('.entry')).click()
  await until(() => shown.all('article').length === 1)
}
const linkedSince = (ago: number) => ({
  state: 'direct' as const,
  nodes: [],
  links: [{ device: deviceOf(bob), person: 'Bob', identity: bob.identity, path: 'direct' as const, since: Date.now() - ago }],
})

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
  room = world.addRoom('direct', 'Bob', [bob])
  room.members = room.members.map((member) => ({ ...member, online: true }))
})
afterEach(() => shown[Symbol.dispose]())

describe('a message that nobody takes', () => {
  const alice = person('Alice', true)

  test('waits as usual until somebody is connected, says then that it is not sent, and is tried again and deleted', async () => {
    world.say(room, alice, 'Hello?', { at: Date.now() - 5 * minute })
    await open()
    expect(article()?.getAttribute('aria-label')).toMatch(/Waiting$/)
    world.connection = linkedSince(3 * minute)
    world.changed()
    await until(isNotSent)
    await expect.element(page.getByText('Nobody who is connected has taken it yet. It is tried again by itself.')).toBeVisible()
    await page.getByRole('button', { name: 'Retry' }).click()
    expect(given(world, 'retry')).toEqual([[room.id]])
    await expect.element(page.getByText('Trying again.')).toBeVisible()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect
      .element(page.getByText('As far as is known nobody has it yet. The others will see that a message was deleted.'))
      .toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await until(() => given(world, 'deleteMessage').length === 1)
    await until(() => !isNotSent())
  })

  test('is shown by itself when its time has come, and offers the same by keyboard', async () => {
    world.connection = linkedSince(3 * minute)
    world.say(room, alice, 'Hello?', { at: Date.now() - minute + 1_500 })
    await open()
    await until(isNotSent)
    expect(await menuOf(shown, article())).toContain('Retry')
    await page.getByRole('menuitem', { name: 'Retry' }).click()
    await until(() => given(world, 'retry').length === 1)
  })

  test('a text whose time is over is said now, or goes without a trace', async () => {
    const { delivery: _, thread: __, ...said } = world.say(room, alice, 'Good morning')
    room.items = [{ ...said, later: { n: 7, when: { kind: 'at', at: Date.now() - minute } } }]
    await open()
    await until(isNotSent)
    await expect.element(page.getByText('This device could not send it yet. It is tried again by itself.')).toBeVisible()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect.element(page.getByText('Nobody else has it. It is removed from this device.')).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await until(() => shown.all('dialog').length === 0)
    expect(given(world, 'takeBack')).toEqual([])
    await page.getByRole('button', { name: 'Retry' }).click()
    await until(() => given(world, 'sendNow').length === 1)
    expect(given(world, 'sendNow')).toEqual([[room.id, 7]])
  })
})
