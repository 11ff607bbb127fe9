// Writing: the keyboard, input methods, failure, editing, drafts.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createWorld, person, type Room, type World } from './playground/world.ts'
import { focused, given, show, until, type Shown } from './mount.ts'

const bob = person('Bob')
let world: World
let room: Room
let shown: Shown
const field = (): HTMLTextAreaElement => shown.all('textarea')[0] as HTMLTextAreaElement

const open = async (): Promise<void> => {
  shown = show(world)
  ;(await shown.one('.entry')).click()
  await until(() => field() !== undefined && focused() === field())
}

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
  room = world.addRoom('direct', 'Bob', [bob])
})
afterEach(() => shown[Symbol.dispose]())

describe('the composer', () => {
  test('Enter sends, and the field is empty at once', async () => {
    await open()
    await userEvent.keyboard('Hello Bob{Enter}')
    expect(field().value).toBe('')
    expect(given(world, 'sendMessage')).toEqual([[room.id, 'Hello Bob', undefined]])
    await until(() => shown.all('[role="log"] article')[0]?.textContent.includes('Hello Bob'))
  })

  test('the button sends too, and the cursor stays', async () => {
    await open()
    await userEvent.keyboard('By button')
    await page.getByRole('button', { name: 'Send message' }).click()
    expect(given(world, 'sendMessage')).toHaveLength(1)
    expect(focused()).toBe(field())
  })

  test('Shift and Enter break the line', async () => {
    await open()
    await userEvent.keyboard('one{Shift>}{Enter}{/Shift}two{Enter}')
    expect(given(world, 'sendMessage')).toEqual([[room.id, 'one\ntwo', undefined]])
  })

  test('nothing but blanks is not sent', async () => {
    await open()
    await userEvent.keyboard('   {Enter}')
    expect(given(world, 'sendMessage')).toEqual([])
  })

  test.each([
    ['while composing', { isComposing: true }],
    ['as key 229', { keyCode: 229 }],
  ])('Enter of an input method (%s) does not send', async (_name, extra) => {
    await open()
    field().value = 'にほん'
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true, ...extra }))
    expect(given(world, 'sendMessage')).toEqual([])
    expect(field().value).toBe('にほん')
  })

  test.each(['disk-full', 'throws'] as const)('a text that could not be sent (%s) comes back with a sentence', async (trouble) => {
    world.trouble = trouble
    await open()
    await userEvent.keyboard('Precious{Enter}')
    await until(() => field().value === 'Precious')
    await until(() => /Not sent\.\s+\S/.test(shown.all('[role="alert"]')[0]?.textContent ?? ''))
  })

  test('Up in an empty field edits the last own message, Esc gives it up, Enter saves it', async () => {
    world.say(room, world.session.kind === 'ready' ? world.session.me : bob, 'teh plan')
    world.say(room, bob, 'hm')
    await open()
    await userEvent.keyboard('{ArrowUp}')
    await until(() => field().value === 'teh plan')
    await userEvent.keyboard('{Escape}')
    await until(() => field().value === '')
    await userEvent.keyboard('{ArrowUp}')
    await until(() => field().value === 'teh plan')
    await userEvent.fill(field(), 'the plan')
    await userEvent.keyboard('{Enter}')
    expect(given(world, 'editMessage').map(([, , text]) => text)).toEqual(['the plan'])
    await until(() => /the plan.*edited/s.test(shown.all('article')[0]?.textContent ?? ''))
  })

  test('an edit does not lose the draft it interrupts', async () => {
    world.say(room, world.session.kind === 'ready' ? world.session.me : bob, 'old')
    await open()
    await userEvent.keyboard('unfinished')
    const article = shown.all('article')[0]
    article?.focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    await until(() => field().value === 'old')
    await userEvent.keyboard('{Escape}')
    await until(() => field().value === 'unfinished')
  })

  test('a draft is saved while one rests, stands in the list, and comes back', async () => {
    await open()
    await userEvent.keyboard('half a thou')
    await until(() => given(world, 'saveDraft').at(-1)?.[1] === 'half a thou')
    await until(() => shown.all('.entry')[0]?.textContent.includes('Draft: half a thou'))
    shown[Symbol.dispose]()
    await open()
    await until(() => field().value === 'half a thou')
  })

  test('a draft survives when the conversation is left before it was saved', async () => {
    world.addRoom('direct', 'Carol', [person('Carol')])
    world.say(room, bob, 'first')
    await open()
    await userEvent.keyboard('quick')
    shown.all('.entry')[1]?.click()
    await until(() => room.draft === 'quick')
  })

  test('sending empties the saved draft', async () => {
    room.draft = 'soon'
    await open()
    await until(() => field().value === 'soon')
    await userEvent.keyboard('{Enter}')
    await until(() => room.draft === '')
  })

  test('typing is told, but not with every key', async () => {
    await open()
    await userEvent.keyboard('many keys in a row')
    expect(given(world, 'typing')).toHaveLength(1)
  })

  test('Enter can be made to break the line; then Ctrl and Enter send', async () => {
    await open()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('switch', { name: 'Enter sends the message' }).click()
    await userEvent.keyboard('{Escape}')
    field().focus()
    await userEvent.keyboard('one{Enter}two')
    expect(field().value).toBe('one\ntwo')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    expect(given(world, 'sendMessage')).toEqual([[room.id, 'one\ntwo', undefined]])
  })

  test('a reply carries what it answers', async () => {
    const asked = world.say(room, bob, 'Tea or coffee?')
    await open()
    const article = await shown.one('article')
    article.focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await page.getByRole('menuitem', { name: 'Reply' }).click()
    await expect.element(page.getByText('Replying to Bob')).toBeVisible()
    await userEvent.keyboard('Tea{Enter}')
    expect(given(world, 'sendMessage')).toEqual([[room.id, 'Tea', asked.id]])
    await expect.element(page.getByRole('button', { name: 'In reply to Bob: Tea or coffee?' })).toBeVisible()
  })
})
