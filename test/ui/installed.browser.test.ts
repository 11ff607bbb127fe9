// Ways into the page from outside: something that another program shares, links of our own scheme, shortcuts of the installed page.
import { afterEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { given, show, until, type Shown } from './mount.ts'
import { scenes } from './playground/scenes.ts'

const here = location.pathname + location.search
let shown: Shown
afterEach(() => {
  shown[Symbol.dispose]()
  history.replaceState(null, '', here)
})
const openAt = (address: string, scene: 'lively' | 'quiet' | 'first' = 'lively') => {
  history.replaceState(null, '', location.pathname + address)
  const world = scenes[scene]()
  shown = show(world)
  return world
}

describe('what another program shares', () => {
  test('lands in the field of whom one picks, behind what was being written there, and is not sent', async () => {
    const world = openAt(`?title=${encodeURIComponent('A path')}&text=&url=${encodeURIComponent('https://example.org/a?b=1')}`)
    const dave = world.rooms.find(({ title }) => title === 'Dave')
    if (dave) dave.draft = 'Look:'
    expect(location.search).toBe('')
    await page.getByRole('combobox', { name: 'Share with' }).fill('Dave')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('textbox', { name: 'Message' })).toHaveValue('Look:\nA path\nhttps://example.org/a?b=1')
    expect(given(world, 'sendMessage')).toEqual([])
  })

  test('leaves what the draft there answers', async () => {
    const world = openAt('?text=A%20path')
    const bob = world.rooms.find(({ title }) => title === 'Bob')
    const asked = bob?.items.find((item) => item.kind === 'message')
    if (bob && asked) Object.assign(bob, { draft: 'Yes:', draftReplyTo: asked.id })
    await page.getByRole('combobox', { name: 'Share with' }).fill('Bob')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('textbox', { name: 'Message' })).toHaveValue('Yes:\nA path')
    await expect.element(page.getByText('Did the parcel come?').nth(1)).toBeVisible()
    expect(given(world, 'saveDraft')).toEqual([[bob?.id, 'Yes:\nA path', asked?.id]])
  })

  test('waits until there is somebody to share it', async () => {
    openAt('?text=hello', 'first')
    await shown.one('parley-welcome')
    expect(shown.all('dialog')).toEqual([])
  })
})

test.each(['web+parley:AWf3kq0h', 'web+parley://AWf3kq0h', 'web+parley:j/AWf3kq0h'])('a link %s is an invite', async (link) => {
  const world = openAt(`#/p/${encodeURIComponent(link)}`, 'quiet')
  expect(location.hash).toBe('')
  await until(() => given(world, 'previewInvite').length > 0)
  expect(given(world, 'previewInvite')[0]).toEqual([`${location.origin}${location.pathname}#/j/AWf3kq0h`])
})

test('a link of our scheme that cannot be read is said to be none', async () => {
  openAt('#/p/%E0%A4%A', 'quiet')
  await until(() => shown.all('dialog[open]').length === 1)
})

test.each([
  ['#/new', 'New conversation'],
  ['#/invite', 'Invite someone'],
])('the shortcut %s opens the sheet "%s"', async (address, heading) => {
  openAt(address, 'quiet')
  await expect.element(page.getByRole('dialog', { name: heading })).toBeVisible()
  expect(location.hash).toBe('')
})
