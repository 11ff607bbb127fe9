// Being told: the offer, the notification, the icon, and how a conversation is kept.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { ConversationId } from '../../src/core/ids.ts'
import type { Notifier, NotifyPermission, Telling } from '../../src/ports/notifier.ts'
import type { PageUpdates, UpdateState } from '../../src/ports/page-updates.ts'
import { createWorld, person, type Room, type World } from './playground/world.ts'
import { given, show, until, type Shown } from './mount.ts'

const bob = person('Bob')
let world: World
let room: Room
let shown: Shown

const recorder = (permission: NotifyPermission = 'granted') => {
  const state = {
    permission,
    lookedAt: false,
    told: [] as Telling[],
    cleared: [] as ConversationId[],
    badge: 0,
    choose: undefined as ((conversation: ConversationId) => void) | undefined,
  }
  const notifier: Notifier = {
    permission: () => state.permission,
    ask: async () => (state.permission = 'granted'),
    show: async (telling) => void state.told.push(telling),
    clear: async (id) => void state.cleared.push(id),
    badge: (count) => (state.badge = count),
    isLookedAt: async () => state.lookedAt,
    onChosen: (listener) => {
      state.choose = listener
      return () => undefined
    },
  }
  return { state, notifier }
}

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
  room = world.addRoom('direct', 'Bob', [bob])
  world.say(room, bob, 'Good morning')
  room.readUpTo = 1
})
afterEach(() => shown[Symbol.dispose]())

describe('being told', () => {
  test('one is asked once, in the page first, and by the browser only after a click', async () => {
    const { state, notifier } = recorder('ask')
    shown = show(world, 'system', { notifier })
    await page.getByRole('button', { name: 'Tell me' }).click()
    await until(() => state.permission === 'granted')
    await until(() => shown.all('.offer').length === 0)
    world.say(room, bob, 'Are you there?')
    world.changed()
    await until(() => state.told.length === 1)
    expect(state.told[0]).toMatchObject({ title: 'Bob', text: 'Are you there?' })
  })

  test('who says no is left alone, and finds it in the settings', async () => {
    const { state, notifier } = recorder('ask')
    shown = show(world, 'system', { notifier })
    await page.getByRole('button', { name: 'Not now' }).click()
    await until(() => shown.all('.offer').length === 0)
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Notifications', exact: true }).click()
    const whole = page.getByRole('switch', { name: 'Tell me of new messages' })
    await expect.element(whole).not.toBeChecked()
    shown.all('input[role="switch"]')[0]?.click()
    await expect.element(whole).toBeChecked()
    expect(state.permission).toBe('granted')
  })

  test('nothing is shown while somebody looks, and a notification goes when its conversation was read', async () => {
    const { state, notifier } = recorder()
    shown = show(world, 'system', { notifier }, { notify: 'yes' })
    await shown.one('.entry')
    state.lookedAt = true
    world.say(room, bob, 'one')
    world.changed()
    await until(() => state.badge === 1)
    state.lookedAt = false
    world.say(room, bob, 'two')
    world.changed()
    await until(() => state.told.length === 1)
    expect(state.told[0]?.text).toBe('two\n2 new messages')
    expect(document.title).toBe('(2) Parley')
    state.choose?.(room.id)
    await until(() => shown.all('article').length === 3)
    await until(() => state.cleared.includes(room.id))
    expect(state.badge).toBe(0)
  })

  test('a notification goes when one of its messages has disappeared', async () => {
    const { state, notifier } = recorder()
    shown = show(world, 'system', { notifier }, { notify: 'yes' })
    await shown.one('.entry')
    world.say(room, bob, 'one')
    world.say(room, bob, 'two')
    world.changed()
    await until(() => state.told.length === 1 && state.badge === 2)
    room.items = room.items.slice(0, -1)
    world.changed()
    await until(() => state.cleared.includes(room.id))
    expect(state.badge).toBe(1)
  })

  test('a newer version is offered, and taken into use by a click', async () => {
    let tell: (state: UpdateState) => void = () => undefined
    const applied: string[] = []
    const updates: PageUpdates = {
      state: () => ({
        subscribe: (next) => {
          tell = next
          return () => undefined
        },
      }),
      apply: (how) => void applied.push(how),
    }
    shown = show(world, 'system', { updates })
    await shown.one('.entry')
    tell('ready')
    await page.getByRole('button', { name: 'Use it now' }).click()
    expect(applied).toEqual(['at-once'])
  })
})

describe('keeping a conversation', () => {
  const choose = async (title: string, ...items: string[]): Promise<void> => {
    const entry = await until(() => shown.all('.entry').find((found) => found.textContent.includes(title)))
    entry?.focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    for (const item of items) await page.getByRole('menuitem', { name: item, exact: true }).click()
  }
  const titles = (): (string | undefined)[] => shown.all('.entry').map((entry) => entry.querySelector('.title')?.textContent.trim())

  test('one is muted for an hour, and counts in the title no more', async () => {
    world.say(room, bob, 'Ping')
    shown = show(world)
    await until(() => document.title === '(1) Parley')
    await choose('Bob', 'Mute', 'For 1 hour')
    await until(() => document.title === 'Parley')
    const [[, change] = []] = given(world, 'arrange')
    expect((change as { mutedUntil: number }).mutedUntil).toBeGreaterThan(Date.now() + 3_590_000)
    await choose('Bob', 'Unmute')
    await until(() => document.title === '(1) Parley')
  })

  test('one stands at the top, another goes to the archive and comes back with a new message', async () => {
    const carol = world.addRoom('direct', 'Carol', [person('Carol')])
    shown = show(world)
    await until(() => shown.all('.entry').length === 2)
    await choose('Carol', 'Keep at the top')
    await until(() => titles()[0] === 'Carol')
    await choose('Bob', 'Archive')
    await until(() => titles().join(' ') === 'Carol')
    await page.getByRole('button', { name: 'Archived' }).click()
    await until(() => titles().join(' ') === 'Bob')
    await page.getByRole('button', { name: 'All', exact: true }).click()
    world.say(room, bob, 'Hello again')
    world.changed()
    await until(() => titles().join(' ') === 'Carol Bob')
    expect(carol.pinned).toBe(true)
  })

  test('the focus is back on the conversation when its menu closes', async () => {
    shown = show(world)
    await choose('Bob')
    await until(() => shown.all('[role="menuitem"]').length > 0)
    await userEvent.keyboard('{Escape}')
    await until(() => shown.all('[role="menuitem"]').length === 0)
    expect(shown.all('.entry:focus')).toHaveLength(1)
  })
})
