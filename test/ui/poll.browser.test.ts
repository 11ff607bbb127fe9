// Asking everybody, and choosing.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { PollView } from '../../src/ports/queries.ts'
import { createWorld, person, type Room, type World } from './playground/world.ts'
import { focused, given, show, showFirst, until, type Shown } from './mount.ts'

const bob = person('Bob')
let world: World
let room: Room
let shown: Shown

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
  room = world.addRoom('group', 'Choir', [bob])
})
afterEach(() => shown[Symbol.dispose]())

const open = async (): Promise<void> => {
  shown = await showFirst(world)
}
const poll = (multiple: boolean): void => {
  const options = ['Tuesday', 'Friday'].map((text) => ({ text, by: text === 'Friday' ? ['Bob'] : [], mine: false }))
  world.say(room, bob, 'When do we sing?', { poll: { multiple, options, voters: 1, closed: false, tooLate: 0 } })
}
const answers = (): HTMLElement[] => shown.all('.answer')
const pressed = (): readonly (string | null)[] => answers().map((answer) => answer.getAttribute('aria-pressed'))

describe('asking', () => {
  test('by keyboard alone: another field comes with the last that is filled in, and empty ones are left out', async () => {
    await open()
    await page.getByRole('button', { name: 'Attach' }).click()
    await page.getByRole('menuitem', { name: 'New poll' }).click()
    await until(() => (focused() as HTMLInputElement).name === 'question')
    await userEvent.keyboard('When?{Tab}Tuesday{Tab}Friday{Tab}Sunday{Enter}')
    await until(() => given(world, 'sendPoll').length === 1)
    expect(given(world, 'sendPoll')[0]).toEqual([room.id, 'When?', ['Tuesday', 'Friday', 'Sunday'], false])
    await until(() => shown.all('dialog').length === 0 && answers().length === 3)
    expect(shown.all('article')[0]?.getAttribute('aria-label')).toContain('Poll: When?')
  })

  test('needs a question and two answers', async () => {
    await open()
    await page.getByRole('button', { name: 'Attach' }).click()
    await page.getByRole('menuitem', { name: 'New poll' }).click()
    await userEvent.keyboard('When?{Tab}Tuesday{Enter}')
    await until(() => shown.all('[role="alert"]').some((line) => /at least two answers/.test(line.textContent)))
    expect(given(world, 'sendPoll')).toEqual([])
  })
})

describe('choosing', () => {
  test('one answer: another takes its place, the same again takes it back; who chose what is said', async () => {
    poll(false)
    await open()
    await until(() => answers().length === 2)
    expect(answers()[1]?.textContent).toContain('Bob')
    answers()[0]?.click()
    await until(() => pressed().join() === 'true,false')
    answers()[1]?.click()
    await until(() => pressed().join() === 'false,true')
    answers()[1]?.click()
    await until(() => pressed().join() === 'false,false')
    expect(given(world, 'vote').map(([, , choices]) => choices)).toEqual([[0], [1], []])
  })

  test('several answers, one after the other', async () => {
    poll(true)
    await open()
    await until(() => answers().length === 2)
    answers()[1]?.click()
    await until(() => pressed().join() === 'false,true')
    answers()[0]?.click()
    await until(() => pressed().join() === 'true,true')
    expect(given(world, 'vote').at(-1)?.[2]).toEqual([0, 1])
  })

  test('is not possible any more once one has left, and a poll is neither edited nor forwarded', async () => {
    poll(false)
    room.standing = 'left'
    shown = show(world)
    ;(await shown.one('.entry')).click()
    await until(() => answers().length === 2)
    expect(answers().every((answer) => (answer as HTMLButtonElement).disabled)).toBe(true)
    shown.all('article')[0]?.focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await until(() => shown.all('[role="menuitem"]').length > 0)
    const items = shown.all('[role="menuitem"]').map((item) => item.textContent.trim())
    expect(items).not.toContain('Edit')
    expect(items).not.toContain('Forward')
  })
})

describe('closing', () => {
  const ownPoll = (extra: Partial<PollView> = {}): void => {
    const options = ['Tuesday', 'Friday'].map((text) => ({ text, by: text === 'Friday' ? ['Bob'] : [], mine: false }))
    const poll = { multiple: false, options, voters: 1, closed: false, tooLate: 0, ...extra }
    world.say(room, world.session.kind === 'ready' ? world.session.me : bob, 'When do we sing?', { poll })
  }

  test('is for whoever asked, asks first, and shows the result', async () => {
    ownPoll({ tooLate: 1 })
    await open()
    await until(() => answers().length === 2)
    shown.all('article')[0]?.focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await page.getByRole('menuitem', { name: 'Close poll' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Close poll' }).click()
    await until(() => shown.text().includes('Closed.'))
    expect(given(world, 'closePoll')).toHaveLength(1)
    expect(answers().every((answer) => (answer as HTMLButtonElement).disabled)).toBe(true)
    expect(answers().map((answer) => answer.classList.contains('most'))).toEqual([false, true])
    expect(shown.text()).toContain('The last vote of one person came too late.')
    await until(() => shown.all('dialog').length === 0)
    shown.all('article')[0]?.focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await until(() => shown.all('[role="menuitem"]').length > 0)
    expect(shown.all('[role="menuitem"]').map((item) => item.textContent.trim())).not.toContain('Close poll')
  })

  test('happens by itself at the time that was set, while somebody looks at it', async () => {
    ownPoll({ closesAt: Date.now() + 1_500 })
    await open()
    await until(() => answers().length === 2)
    expect(answers().every((answer) => (answer as HTMLButtonElement).disabled)).toBe(false)
    expect(shown.text()).toContain('by the clock of each device')
    await until(() => answers().every((answer) => (answer as HTMLButtonElement).disabled))
    expect(shown.text()).toContain('Closed.')
  })

  test('can be set when one asks', async () => {
    await open()
    await page.getByRole('button', { name: 'Attach' }).click()
    await page.getByRole('menuitem', { name: 'New poll' }).click()
    await userEvent.keyboard('When?{Tab}Tuesday{Tab}Friday')
    await page.getByRole('combobox', { name: 'Closes' }).selectOptions('After a day')
    const before = Date.now()
    await page.getByRole('button', { name: 'Ask everybody' }).click()
    await until(() => given(world, 'sendPoll').length === 1)
    const closesAt = given(world, 'sendPoll')[0]?.[4] as number
    expect(closesAt).toBeGreaterThanOrEqual(before + 86_400_000)
    expect(closesAt).toBeLessThanOrEqual(Date.now() + 86_400_000)
  })
})
