// The first minutes: a name, an invite, a link opened, a group.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { ok } from '../../src/core/result.ts'
import { scenes } from './playground/scenes.ts'
import type { World } from './playground/world.ts'
import { focused, given, show, until, type Shown } from './mount.ts'

let shown: Shown
let world: World
const link = 'https://parley.example/#/j/AWf3kq0hTnC2s8mR'

beforeEach(() => page.viewport(1280, 800))
afterEach(() => {
  shown[Symbol.dispose]()
  history.replaceState(null, '', location.pathname + location.search)
})

describe('the first run', () => {
  test('a name, one click, and one more to a link and a QR code', async () => {
    world = scenes.first()
    shown = show(world)
    await page.getByRole('textbox', { name: 'Your name' }).fill('Alice')
    await page.getByRole('button', { name: 'Get started' }).click()
    expect(given(world, 'createProfile')).toEqual([['Alice']])
    await page.getByRole('button', { name: 'Invite someone' }).click()
    const field = page.getByRole('textbox', { name: 'Invite link' })
    await expect.element(field).toHaveValue('http://localhost:8080/#/j/AWf3kq0hTnC2s8mRzv1yPzJx4bQ0mJ7uKcVdE5oXaLw9GhTzNqBs')
    await expect.element(field).toHaveAttribute('readonly')
    await expect.element(page.getByRole('img', { name: 'Invite QR code' })).toBeVisible()
    await expect.element(page.getByRole('button', { name: 'Copy link' })).toBeVisible()
  })

  test('no name, no profile, one sentence', async () => {
    world = scenes.first()
    shown = show(world)
    await page.getByRole('button', { name: 'Get started' }).click()
    await expect.element(page.getByRole('alert')).toBeVisible()
    expect(given(world, 'createProfile')).toEqual([])
  })

  test('an invite in the address is taken out of it, shown before joining, and joined with one click', async () => {
    world = scenes.first()
    const before = history.length
    history.replaceState(null, '', '#/j/AWf3kq0hTnC2s8mR')
    const address = location.href
    shown = show(world)
    expect(location.hash).toBe('')
    expect(history.length).toBe(before)
    await expect.element(page.getByRole('heading', { name: 'Carol the Librarian invites you to Saturday hike' })).toBeVisible()
    await expect.element(page.getByRole('textbox', { name: 'Your name' })).not.toHaveValue('')
    await page.getByRole('button', { name: 'Join' }).click()
    await until(() => given(world, 'joinInvite').length === 1)
    expect(given(world, 'joinInvite')).toEqual([[address]])
    await expect.element(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
  })

  test('whoever has joined can write at once, also when the page hears of the new profile last', async () => {
    world = scenes.first()
    const { commands } = world
    const { joinInvite } = commands
    Object.assign(commands, {
      createProfile: () => Promise.resolve(ok(undefined)),
      joinInvite: async (invite: string) => {
        const joined = await joinInvite(invite)
        // After all that follows from the answer.
        setTimeout(() => {
          world.session = scenes.quiet().session
          world.changed()
        })
        return joined
      },
    })
    history.replaceState(null, '', '#/j/AWf3kq0hTnC2s8mR')
    shown = show(world)
    await page.getByRole('textbox', { name: 'Your name' }).fill('Alice')
    await page.getByRole('button', { name: 'Join' }).click()
    await until(() => focused()?.getAttribute('aria-label') === 'Message')
  })

  test('a broken invite gives its sentence, and one can still begin', async () => {
    world = scenes.first()
    const { commands } = world
    const sentence = 'This invite has expired. Ask for a new one.'
    Object.assign(commands, { previewInvite: async () => ({ ok: false, error: { kind: 'expired', here: sentence, there: '' } }) })
    history.replaceState(null, '', '#/j/old')
    shown = show(world)
    await expect.element(page.getByText(sentence)).toBeVisible()
    await expect.element(page.getByRole('button', { name: 'Get started' })).toBeVisible()
  })

  test('storage that cannot be used gives one sentence and one action', async () => {
    shown = show(scenes.broken())
    await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  })
})

describe('later', () => {
  test('a pasted link is shown before it is joined; one that is none gets a sentence', async () => {
    world = scenes.quiet()
    world.preview = { kind: 'group', title: 'Saturday hike', inviter: 'Carol the Librarian', confirmed: false }
    shown = show(world)
    await page.getByRole('button', { name: 'New conversation' }).click()
    await page.getByRole('button', { name: 'Join with a link' }).click()
    await page.getByRole('textbox', { name: 'Invite link' }).fill('hello?')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect.element(page.getByRole('alert')).toBeVisible()
    await page.getByRole('textbox', { name: 'Invite link' }).fill(link)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect.element(page.getByText('Saturday hike')).toBeVisible()
    await expect.element(page.getByText(/Carol the Librarian invites you to/)).toBeVisible()
    // Enter goes on from here: what had the focus is gone.
    expect(focused()?.textContent?.trim()).toBe('Join')
    await page.getByRole('button', { name: 'Join', exact: true }).click()
    await expect.element(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
  })

  test('a link that is opened while a sheet closes is shown', async () => {
    world = scenes.quiet()
    shown = show(world)
    const app = (await shown.one('parley-app')) as HTMLElement & { invite: string | undefined }
    app.invite = link
    const dialog = (await shown.one('dialog[open]')) as HTMLDialogElement
    dialog.close()
    app.invite = `${link}x`
    await until(() => given(world, 'previewInvite').some(([looked]) => looked === `${link}x`))
    await until(() => shown.all('dialog[open]').length === 1 && !dialog.isConnected)
    // Nothing comes later and closes it.
    await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    expect(shown.all('dialog[open]').length).toBe(1)
  })

  test('the same field does not link twice: an invite that was used before opens its conversation', async () => {
    world = scenes.lively()
    const known = world.rooms[0]?.id
    if (known === undefined) throw new Error('no room')
    world.preview = { kind: 'group', title: 'Saturday hike', inviter: 'Bob', confirmed: true, already: known }
    history.replaceState(null, '', '#/j/again')
    shown = show(world)
    await page.getByRole('button', { name: 'Open it' }).click()
    await expect.element(page.getByRole('heading', { name: 'Saturday hike' })).toBeVisible()
    expect(given(world, 'joinInvite')).toEqual([])
  })

  test('the invite sheet counts who joins while it is open', async () => {
    world = scenes.quiet()
    shown = show(world)
    await page.getByRole('button', { name: 'Invite someone' }).click()
    await expect.element(page.getByText('Keep this open until someone joins.')).toBeVisible()
    await expect.element(page.getByText('Nobody has joined yet')).toBeVisible()
    const room = world.rooms[0]
    if (!room) throw new Error('no room')
    room.invites = room.invites.map((invite) => ({ ...invite, joined: 1 }))
    world.changed()
    await expect.element(page.getByText('1 person has joined')).toBeVisible()
    await expect.element(page.getByRole('button', { name: 'Open conversation' })).toBeVisible()
  })

  test('a group gets its name and opens', async () => {
    world = scenes.quiet()
    shown = show(world)
    await page.getByRole('button', { name: 'New conversation' }).click()
    await page.getByRole('button', { name: 'New group' }).click()
    await page.getByRole('textbox', { name: 'Group name' }).fill('Choir')
    await page.getByRole('button', { name: 'Create group' }).click()
    await expect.element(page.getByRole('heading', { name: 'Choir' })).toBeVisible()
    await page.getByRole('button', { name: 'Conversation details' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Invite people' }).click()
    await expect.element(page.getByRole('dialog', { name: 'Invite to Choir' })).toBeVisible()
  })

  test('search finds by name and by last words, and says when it finds nothing', async () => {
    shown = show(scenes.lively())
    const search = page.getByRole('searchbox', { name: 'Search' })
    await search.fill('choir')
    await until(() => shown.all('.entry').length === 1)
    await search.fill('coffee')
    await until(() => shown.all('.entry').length === 0)
    await userEvent.keyboard('{Escape}')
    await until(() => shown.all('.entry').length === 5)
  })

  test('the theme can be chosen and is kept', async () => {
    shown = show(scenes.quiet())
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Looks and language' }).click()
    await page.getByRole('radio', { name: 'Dark' }).click({ force: true })
    await until(() => document.documentElement.dataset['theme'] === 'dark')
    await page.getByRole('radio', { name: 'Like the device' }).click({ force: true })
    await until(() => document.documentElement.dataset['theme'] === undefined)
  })

  test('erasing asks first', async () => {
    world = scenes.quiet()
    shown = show(world)
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Erase this device' }).click()
    expect(given(world, 'eraseDevice')).toEqual([])
    await page.getByRole('button', { name: 'Keep everything' }).click()
    await expect.element(page.getByRole('button', { name: 'Erase this device' })).toBeVisible()
    await expect.element(page.getByText('Version 1.2.3 (abc)')).toBeVisible()
    await userEvent.keyboard('{Escape}')
    expect(given(world, 'eraseDevice')).toEqual([])
  })
})
