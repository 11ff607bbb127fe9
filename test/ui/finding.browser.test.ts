// Finding: messages by what they say, conversations by the keyboard, a day in a long story.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createWorld, person, type Room, type World } from './playground/world.ts'
import { focused, given, show, until, type Shown } from './mount.ts'

const bob = person('Bob')
const carol = person('Carol')
const day = 86_400_000
let world: World
let direct: Room
let choir: Room
let shown: Shown

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
  direct = world.addRoom('direct', 'Bob', [bob])
  choir = world.addRoom('group', 'Choir', [bob, carol])
  for (let i = 0; i < 900; i++)
    world.say(direct, bob, i === 60 ? 'The pearl is in the drawer' : `Message ${i}`, { at: Date.now() - (900 - i) * 3_600_000 })
  world.say(choir, carol, 'A pearl of a song', { at: Date.now() - 40 * day })
  world.say(choir, bob, 'See https://example.org/pearls')
  direct.readUpTo = direct.items.length
  choir.readUpTo = choir.items.length
})
afterEach(() => shown[Symbol.dispose]())

const hits = (): string[] => shown.all('.hit').map((hit) => hit.textContent.replace(/\s+/g, ' '))
const search = async (typed: string): Promise<void> => {
  await page.getByRole('searchbox', { name: 'Search' }).fill(typed)
}

const titles = (): string[] => shown.all('.entry .title').map((title) => title.textContent.trim())
const openDetails = async (title: string): Promise<void> => {
  await until(() => titles().includes(title))
  shown.all('.entry')[titles().indexOf(title)]?.click()
  await page.getByRole('button', { name: 'Conversation details' }).click()
}

describe('sorting conversations', () => {
  test('a folder is made for one, is a tab with what is unread, is renamed, put in front, and removed', async () => {
    direct.readUpTo = direct.items.length - 2
    shown = show(world)
    await page.getByRole('button', { name: /^People/ }).click()
    await until(() => titles().join() === 'Bob')
    await page.getByRole('list', { name: 'Conversations' }).getByText('Bob', { exact: true }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Put into folders' }).click()
    await page.getByRole('textbox', { name: 'New folder' }).fill('Close ones')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect.element(page.getByRole('checkbox', { name: 'Close ones' })).toBeChecked()
    await page.getByRole('textbox', { name: 'New folder' }).fill('Songs')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('checkbox', { name: 'Songs' }).click()
    await until(() => world.folders[1]?.conversations.length === 0)
    await userEvent.keyboard('{Escape}')
    const close = page.getByRole('button', { name: /^Close ones.*2 unread/ })
    await close.click()
    await until(() => titles().join() === 'Bob')
    await userEvent.keyboard('{ArrowRight}')
    expect(focused()?.textContent).toContain('Songs')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByText('Nothing here.')).toBeVisible()

    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Folders' }).click()
    await page.getByRole('button', { name: 'Move “Songs” up' }).click()
    await until(() => world.folders[0]?.name === 'Songs')
    await page.getByRole('dialog').getByRole('button', { name: 'Songs', exact: true }).click()
    await page.getByRole('textbox', { name: 'Name of the folder' }).fill('Choirs')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('checkbox', { name: 'Choir', exact: true }).click()
    await until(() => world.folders[0]?.name === 'Choirs' && world.folders[0]?.conversations.length === 1)
    await page.getByRole('button', { name: 'Remove the folder “Choirs”' }).click()
    await until(() => world.folders.length === 1)
    await userEvent.keyboard('{Escape}')
    await until(() => titles().length === 2)
  })

  test('somebody who is given a nickname goes by it, says what they call themselves, and is found in common groups', async () => {
    shown = show(world)
    await openDetails('Bob')
    await page.getByRole('dialog').getByRole('button', { name: 'Bob', exact: true }).click()
    await page.getByRole('textbox', { name: 'Nickname' }).fill('Bobby')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect.element(page.getByText('Calls themselves Bob')).toBeVisible()
    await expect.element(page.getByRole('heading', { name: 'About Bobby' })).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Choir', exact: true }).click()
    await expect.element(page.getByRole('heading', { name: 'Choir', level: 1 })).toBeVisible()
    await page.getByRole('textbox', { name: 'Message' }).fill('Hello @bobb')
    await page.getByRole('option', { name: 'Bobby' }).click()
    await expect.element(page.getByRole('textbox', { name: 'Message' })).toHaveValue('Hello @Bob ')
  })
})

describe('labels', () => {
  test('are given to a person, narrow the list to them, and find what they said', async () => {
    const dave = person('Dave')
    world.say(world.addRoom('direct', 'Dave', [dave]), dave, 'A pearl for nobody')
    shown = show(world)
    await openDetails('Bob')
    await page.getByRole('dialog').getByRole('button', { name: 'Bob', exact: true }).click()
    await page.getByRole('textbox', { name: 'Labels' }).fill('Work, choir')
    await page.getByRole('button', { name: 'Save labels' }).click()
    await until(() => shown.all('.entry .label').length === 2)
    await userEvent.keyboard('{Escape}')
    await page.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'choir' }).click()
    await until(() => shown.all('.entry').length === 1 && shown.all('.entry')[0]?.textContent.includes('Bob') === true)
    await search('pearl label:wor')
    await until(() => hits().length === 2 && hits().every((hit) => hit.includes('Bob')))
    await userEvent.keyboard('{Escape}')

    await page.getByRole('button', { name: 'Conversation details' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Bob', exact: true }).click()
    await page.getByRole('textbox', { name: 'Labels' }).fill('')
    await page.getByRole('button', { name: 'Save labels' }).click()
    await until(() => shown.all('.label').length === 0 && shown.all('.entry').length === 3)
  })
})

describe('searching', () => {
  test('finds messages everywhere, newest first, marks the words, and leads to one that is not loaded', async () => {
    shown = show(world)
    await search('pea')
    await until(() => hits().length === 3)
    expect(hits()[0]).toContain('example.org/pearls')
    expect(shown.all('.hit mark').map((mark) => mark.textContent)).toContain('pearl')
    await page.getByRole('button', { name: /The pearl is in the drawer/ }).click()
    await until(() => focused()?.textContent.includes('The pearl is in the drawer'))
    expect(shown.all('.jumped')).toHaveLength(1)
  })

  test('means whom it names also when it was typed at once, before anybody was known', async () => {
    const { people } = world.queries
    const known = Promise.withResolvers<void>()
    vi.spyOn(world.queries, 'people').mockImplementation(() => ({
      subscribe: (next) => {
        const stopped = known.promise.then(() => people().subscribe(next))
        return () => void stopped.then((stop) => stop())
      },
    }))
    shown = show(world)
    await search('pearl from:carol')
    await until(() => /No message on this device says that/.test(shown.text()))
    known.resolve()
    await until(() => hits().length === 1 && hits()[0]?.includes('song') === true)
  })

  test('is narrowed down by whom, where and when, by choice or by typing', async () => {
    shown = show(world)
    await search('pearl')
    await until(() => hits().length === 3)
    await page.getByRole('combobox', { name: 'From whom' }).selectOptions('Carol')
    await until(() => hits().length === 1 && hits()[0]?.includes('song') === true)
    await page.getByRole('combobox', { name: 'From whom' }).selectOptions('Anyone')
    await page.getByRole('combobox', { name: 'In which conversation' }).selectOptions('Choir')
    await until(() => hits().length === 2)
    await page.getByRole('combobox', { name: 'When' }).selectOptions('Last 7 days')
    await until(() => hits().length === 1)
    await page.getByRole('combobox', { name: 'When' }).selectOptions('Any time')
    await page.getByRole('combobox', { name: 'In which conversation' }).selectOptions('Anywhere')
    await search('pearl from:carol')
    await until(() => hits().length === 1)
    await search('pearl in:bob')
    await until(() => hits().length === 1 && hits()[0]?.includes('drawer') === true)
    await search('pearl before:2001-01-01')
    await expect.element(page.getByText('No message on this device says that.')).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await until(() => shown.all('.hit').length === 0 && shown.all('.entry').length === 2)
  })

  test('also finds conversations by name', async () => {
    shown = show(world)
    await search('cho')
    await until(() => shown.all('.entry').length === 1)
    expect(shown.all('.entry')[0]?.textContent).toContain('Choir')
  })
})

describe('going', () => {
  test('Ctrl+K takes what is typed before the sheet has come', async () => {
    shown = show(world)
    await until(() => shown.all('.entry').length === 2)
    await page.getByRole('searchbox', { name: 'Search' }).click()
    const press = (key: string, ctrlKey = false): void =>
      void focused()?.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, composed: true, cancelable: true }))
    press('k', true)
    for (const key of ['c', 'h', 'x', 'Backspace', 'o', 'Enter']) press(key)
    await expect.element(page.getByRole('heading', { name: 'Choir', exact: true })).toBeVisible()
  })

  test('Ctrl+K goes to another conversation by the keyboard alone', async () => {
    shown = show(world)
    await until(() => shown.all('.entry').length === 2)
    await userEvent.keyboard('{Control>}k{/Control}')
    await until(() => (focused() as HTMLElement | null)?.role === 'combobox')
    await userEvent.keyboard('o')
    await until(() => shown.all('[role="option"]').length === 2)
    await userEvent.keyboard('{ArrowDown}')
    await until(() => shown.all('[role="option"]')[1]?.ariaSelected === 'true')
    await userEvent.keyboard('{ArrowUp}choi{Backspace}{Backspace}{Backspace}{Backspace}{Backspace}choi{Enter}')
    await expect.element(page.getByRole('heading', { name: 'Choir' })).toBeVisible()
    await until(() => shown.all('dialog').length === 0)
  })

  test('a day is gone to', async () => {
    shown = show(world)
    ;(
      await until(() => shown.all('.entry').find((entry) => entry.textContent.includes('Bob') && !entry.textContent.includes('Choir')))
    )?.click()
    await page.getByRole('button', { name: 'Conversation details' }).click()
    await page.getByRole('button', { name: 'Go to a day' }).click()
    const wanted = new Date(Date.now() - 20 * day)
    const iso = `${wanted.getFullYear()}-${String(wanted.getMonth() + 1).padStart(2, '0')}-${String(wanted.getDate()).padStart(2, '0')}`
    await page.getByLabelText('Day').fill(iso)
    await page.getByRole('button', { name: 'Go there' }).click()
    const start = new Date(wanted.getFullYear(), wanted.getMonth(), wanted.getDate()).getTime()
    const first = direct.items.find((item) => item.at >= start)
    await until(() => (focused() as HTMLElement | null)?.dataset?.['id'] === first?.id)
  })

  test('a day that begins with a line between messages is gone to all the same', async () => {
    const evening = world.addRoom('group', 'Evening', [bob])
    world.notice(evening, bob, { kind: 'created', name: 'Evening' })
    world.say(evening, bob, 'The first of today')
    shown = show(world)
    await openDetails('Evening')
    await page.getByRole('button', { name: 'Go to a day' }).click()
    await page.getByLabelText('Day').fill(new Date().toLocaleDateString('sv'))
    await page.getByRole('button', { name: 'Go there' }).click()
    await until(() => (focused() as HTMLElement | null)?.ariaLabel?.includes('The first of today'))
  })

  test('a message is forwarded to another conversation, which opens', async () => {
    shown = show(world)
    ;(await until(() => shown.all('.entry').find((entry) => entry.textContent.includes('Choir'))))?.click()
    const article = await until(() => shown.all('article').find((found) => found.textContent.includes('A pearl of a song')))
    article?.focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await page.getByRole('menuitem', { name: 'Forward' }).click()
    await until(() => (focused() as HTMLElement | null)?.role === 'combobox')
    await userEvent.keyboard('bob{Enter}')
    await expect.element(page.getByRole('heading', { name: 'Bob' })).toBeVisible()
    await until(() => shown.all('article').at(-1)?.textContent.includes('A pearl of a song'))
    expect(given(world, 'sendMessage').at(-1)?.slice(0, 2)).toEqual([direct.id, 'A pearl of a song'])
  })

  test('the details of a message tell who reacted and what it said before', async () => {
    const edited = world.say(choir, bob, 'At six', { edited: true, reactions: [{ emoji: '👍', by: ['Carol', 'Alice'], mine: true }] })
    shown = show(world)
    ;(await until(() => shown.all('.entry').find((entry) => entry.textContent.includes('Choir'))))?.click()
    const article = await until(() => shown.all('article').find((found) => found.dataset['id'] === edited.id))
    article?.focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await page.getByRole('menuitem', { name: 'Message details' }).click()
    await expect.element(page.getByRole('list', { name: 'Reactions' }).getByText('Carol and Alice')).toBeVisible()
    await expect.element(page.getByRole('list', { name: 'What it said before' }).getByText('As it was first written')).toBeVisible()
  })
})
