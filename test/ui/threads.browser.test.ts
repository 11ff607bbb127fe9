// A thread beside its conversation, or over it on a phone: its own timeline, its own composer and draft, and the way back.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { answering, createWorld, person, type Room, type World } from './playground/world.ts'
import { focused, given, showFirst, until, type Shown } from './mount.ts'
import type { MessageView } from '../../src/ports/queries.ts'

const [bob, carol] = [person('Bob'), person('Carol')]
let world: World
let room: Room
let plan: MessageView
let shown: Shown

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
  room = world.addRoom('group', 'Choir', [bob, carol])
  for (let i = 1; i <= 40; i++) world.say(room, bob, `Line ${i}`)
  plan = world.say(room, bob, 'Shall we sing on Sunday?')
  for (let i = 41; i <= 50; i++) world.say(room, bob, `Line ${i}`)
  room.readUpTo = room.items.length
})
afterEach(() => shown[Symbol.dispose]())

const pane = (): HTMLElement | undefined => shown.all('parley-thread')[0]
const within = <E extends HTMLElement>(selector: string): E[] => {
  const roots = (from: Element): Element[] => [from, ...[...(from.shadowRoot?.querySelectorAll('*') ?? [])].flatMap(roots)]
  const open = pane()
  return open === undefined ? [] : roots(open).filter((element): element is E => element.matches(selector))
}
const articles = (): string[] => within('article').map((article) => article.getAttribute('aria-label') ?? '')
const articleOf = (text: string): Promise<HTMLElement> =>
  until(() => shown.all('article').find((found) => found.getAttribute('aria-label')?.includes(`, ${text},`))) as Promise<HTMLElement>
const openThread = async (): Promise<void> => {
  ;(await articleOf('Shall we sing on Sunday?')).focus()
  await userEvent.keyboard('{Shift>}{F10}{/Shift}')
  await page.getByRole('menuitem', { name: 'Reply in thread', exact: true }).click()
  await until(() => within('textarea').includes(focused() as HTMLElement))
}

describe('a thread', () => {
  test('is begun from the actions of a message; what is written there stands under it and in the conversation', async () => {
    shown = await showFirst(world)
    await openThread()
    expect(articles()).toHaveLength(1)
    await userEvent.keyboard('With pleasure{Enter}')
    await until(() => articles().length === 2)
    expect(given(world, 'sendMessage')).toEqual([[room.id, 'With pleasure', undefined, plan.id]])
    expect(shown.all('article').filter((found) => found.getAttribute('aria-label')?.includes('With pleasure'))).toHaveLength(2)
    expect((await articleOf('Shall we sing on Sunday?')).getAttribute('aria-label')).toContain('1 reply')
    // A reply leads to the same thread.
    await userEvent.keyboard('{Escape}')
    await until(() => pane() === undefined)
    expect(focused()?.getAttribute('aria-label')).toContain('Shall we sing on Sunday?')
    ;(await articleOf('With pleasure')).focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await page.getByRole('menuitem', { name: 'Reply in thread', exact: true }).click()
    await until(() => articles().length === 2)
  })

  test('is opened by the line under its message; a quote within it, an own draft, the name of the pane', async () => {
    const first = world.say(room, carol, 'Only with cake', answering(plan))
    room.readUpTo = room.items.length
    shown = await showFirst(world)
    await articleOf('Only with cake')
    ;(await shown.one('.line')).click()
    await until(() => articles().length === 2)
    expect(pane()?.getAttribute('aria-label')).toBe('Thread')
    expect(within('.quote')).toHaveLength(0)
    within('article').at(-1)?.focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await until(() => within('[role="menuitem"]').length > 0)
    expect(within('[role="menuitem"]').map((item) => item.textContent.trim())).not.toContain('Select')
    await userEvent.keyboard('{Enter}')
    await until(() => within('.context').length === 1)
    await userEvent.keyboard('I bake')
    await until(() => given(world, 'saveDraft').some(([, text, , thread]) => text === 'I bake' && thread === plan.id))
    expect(shown.all('textarea').map((field) => (field as HTMLTextAreaElement).value)).toEqual(['', 'I bake'])
    await userEvent.keyboard('{Enter}')
    await until(() => articles().length === 3)
    expect(given(world, 'sendMessage')).toEqual([[room.id, 'I bake', first.id, plan.id]])
    expect(within('.quote')).toHaveLength(1)
  })

  test('F6 leads through the conversation and the thread', async () => {
    shown = await showFirst(world)
    await openThread()
    await userEvent.keyboard('{F6}')
    expect(focused()?.classList.contains('entry')).toBe(true)
    await userEvent.keyboard('{F6}{F6}')
    expect(focused()?.tagName).toBe('TEXTAREA')
    expect(within('textarea')).not.toContain(focused())
    await userEvent.keyboard('{F6}')
    expect(within('article')).toContain(focused())
  })

  test('lies over the conversation on a phone, where a step back closes it and nothing beneath counts as read', async () => {
    await page.viewport(390, 844)
    world.say(room, carol, 'Only with cake', answering(plan))
    room.readUpTo = room.items.length
    shown = await showFirst(world)
    await openThread()
    const readBefore = given(world, 'markRead').length
    world.say(room, carol, 'And now something else')
    world.changed()
    await until(() => shown.all('article').some((found) => found.getAttribute('aria-label')?.includes('something else')))
    expect(shown.all('parley-composer').map((found) => getComputedStyle(found).visibility)).toEqual(['hidden', 'visible'])
    expect(given(world, 'markRead')).toHaveLength(readBefore)
    history.back()
    await until(() => pane() === undefined)
    expect(shown.all('parley-conversation')).toHaveLength(1)
    await until(() => given(world, 'markRead').length > readBefore)
  })

  test('whose beginning is not here says so, and takes nothing', async () => {
    world.say(room, carol, 'What about Monday?', {
      thread: { id: 'x' as MessageView['id'], hlc: 1 },
      replyTo: { id: plan.id, author: 'Bob', text: '' },
    })
    room.readUpTo = room.items.length
    shown = await showFirst(world)
    ;(await articleOf('What about Monday?')).focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await page.getByRole('menuitem', { name: 'Reply in thread', exact: true }).click()
    await until(() => articles().length === 1)
    expect(within('textarea')).toHaveLength(0)
    expect(shown.text()).toContain('has not come to this device')
  })
})
