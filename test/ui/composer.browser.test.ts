// Writing: the keyboard, input methods, failure, editing, drafts.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createWorld, person, type Room, type World } from './playground/world.ts'
import { menuOf, focused, given, show, until, type Shown } from './mount.ts'

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

  test('a draft comes back with what it answers; what is given up is not answered any more', async () => {
    world.say(room, bob, 'the early train?')
    await open()
    await userEvent.keyboard('yes')
    await menuOf(shown, shown.all('article')[0])
    await page.getByRole('menuitem', { name: 'Reply', exact: true }).click()
    await until(() => room.draft === 'yes' && room.draftReplyTo !== undefined)
    shown[Symbol.dispose]()
    await open()
    await expect.element(page.getByText('Replying to Bob')).toBeVisible()
    await until(() => field().value === 'yes')
    await userEvent.keyboard('{Escape}')
    await until(() => room.draft === 'yes' && room.draftReplyTo === undefined)
    shown[Symbol.dispose]()
    await open()
    await until(() => field().value === 'yes')
    expect(shown.all('.context')).toEqual([])
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

describe('marks and words of the composer', () => {
  test('Ctrl and a letter mark what is selected, and take the mark away again', async () => {
    await open()
    await userEvent.keyboard('a bold word')
    field().setSelectionRange(2, 6)
    await userEvent.keyboard('{Control>}b{/Control}')
    expect(field().value).toBe('a **bold** word')
    expect(field().value.slice(field().selectionStart, field().selectionEnd)).toBe('bold')
    await userEvent.keyboard('{Control>}b{/Control}{Control>}{Shift>}h{/Shift}{/Control}')
    expect(field().value).toBe('a ||bold|| word')
  })

  test('what is pasted is plain text, whatever else it was', async () => {
    await open()
    const source = document.createElement('div')
    source.contentEditable = 'true'
    source.innerText = 'from elsewhere'
    source.style.fontWeight = 'bold'
    document.body.append(source)
    source.focus()
    await userEvent.keyboard('{Control>}a{/Control}{Control>}c{/Control}')
    field().focus()
    await userEvent.keyboard('{Control>}{Shift>}v{/Shift}{/Control}')
    source.remove()
    await until(() => field().value === 'from elsewhere' || field().value === '')
    expect(shown.all('textarea [style], textarea b')).toEqual([])
  })

  test('a slash offers commands and own texts; one opens what it stands for, and nothing is said', async () => {
    await world.commands.saveTemplate('I am on my way')
    await open()
    await userEvent.keyboard('/')
    await until(() => shown.all('[role="option"]').length === 7)
    await userEvent.keyboard('po')
    await until(() => shown.all('[role="option"]').length === 1)
    await userEvent.keyboard('{Enter}')
    await until(() => shown.all('dialog[open]').length === 1)
    expect(field().value).toBe('')
    expect(given(world, 'sendMessage')).toEqual([])
    await userEvent.keyboard('{Escape}')
    await until(() => shown.all('dialog').length === 0 && focused() === field())
    await userEvent.keyboard('/way')
    await until(() => shown.all('[role="option"]').length === 1)
    await userEvent.keyboard('{Enter}')
    expect(field().value).toBe('I am on my way')
    await userEvent.keyboard('{Control>}a{/Control}/me waves{Enter}')
    await until(() => given(world, 'sendMessage').length === 1)
    expect(given(world, 'sendMessage')[0]?.[1]).toBe('*Alice waves*')
  })

  test('all of a group are called by those who look after it', async () => {
    room.kind = 'group'
    await open()
    await userEvent.keyboard('@ro')
    await until(() => shown.all('[role="option"]').length === 1)
    expect(shown.all('[role="option"]')[0]?.textContent).toContain('everybody here is told')
    await userEvent.keyboard('{Enter}')
    expect(field().value).toBe('@room ')
    await userEvent.keyboard('{Control>}a{/Control}{Backspace}')
    room.members = room.members.map((member) => (member.isMe ? { ...member, role: 'member' } : member))
    world.changed()
    await userEvent.keyboard('@ro')
    await new Promise(requestAnimationFrame)
    await until(() => shown.all('[role="option"]').length === 0)
  })

  test('covered words are neither shown nor told before somebody uncovers them', async () => {
    world.say(room, bob, 'It was ||the cat|| again')
    await open()
    const article = shown.all('article')[0]
    expect(article?.getAttribute('aria-label')).toContain('It was covered words again')
    const cover = await shown.one('.cover[role="button"]')
    expect(getComputedStyle(cover.querySelector('.words') as Element).visibility).toBe('hidden')
    cover.focus()
    await userEvent.keyboard('{Enter}')
    await until(() => shown.all('.cover[role="button"]').length === 0)
    expect(getComputedStyle(cover.querySelector('.words') as Element).visibility).toBe('visible')
  })

  test('a message that calls somebody is marked, also on the way down and in the list', async () => {
    for (let i = 1; i <= 60; i++) world.say(room, bob, `Line ${i}`)
    room.readUpTo = room.items.length
    await open()
    const scroller = await shown.one('.scroller')
    scroller.scrollTop = 0
    await until(() => shown.all('.down').length === 1)
    world.say(room, bob, 'Where are you, @Alice?', { callsMe: true })
    world.changed()
    await until(() => shown.all('.down')[0]?.getAttribute('aria-label')?.includes('calls you'))
    expect(shown.all('.entry .count')[0]?.textContent).toContain('@')
    shown.all('.down')[0]?.click()
    await until(() => shown.all('.calls article').length === 1)
    expect(shown.all('.calls article')[0]?.getAttribute('aria-label')).toContain('calls you')
  })
})
