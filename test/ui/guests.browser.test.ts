// Looking after who comes into a group, who writes there and how quickly, and what is taken away.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createWorld, person, type Room, type World } from './playground/world.ts'
import { given, menuOf, show, type Shown, until } from './mount.ts'

let world: World
let choir: Room
let shown: Shown

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
  choir = world.addRoom('group', 'Choir', [person('Bob')])
  world.say(choir, person('Bob'), 'La')
})
afterEach(() => shown[Symbol.dispose]())

const openDetails = async (): Promise<void> => {
  await page.getByRole('list', { name: 'Conversations' }).getByText('Choir', { exact: true }).click()
  await page.getByRole('button', { name: 'Conversation details' }).click()
}

describe('a group', () => {
  test('has links that hold as long as one likes, are listed, and are withdrawn', async () => {
    shown = show(world)
    await openDetails()
    await page.getByRole('button', { name: 'Invite people' }).click()
    await page.getByText('Make another link').click()
    await page.getByRole('radio', { name: '1 day' }).click({ force: true })
    await page.getByRole('switch', { name: 'For one person only' }).click({ force: true })
    await page.getByRole('button', { name: 'Make a link' }).click()
    await until(() => choir.invites.length === 2)
    expect(given(world, 'createInvite').at(-1)).toEqual([choir.id, { single: true, seconds: 86_400 }])
    await page.getByText('2 links hold').click()
    await expect.element(page.getByText('For one person (above)')).toBeVisible()
    await expect.element(page.getByText('For anyone who has it')).toBeVisible()
    await page.getByRole('button', { name: 'Withdraw' }).last().click()
    await until(() => choir.invites.length === 1)
    expect(choir.invites[0]?.single).toBe(true)
  })

  test('is slowed down by who looks after it; others are told how long they wait', async () => {
    shown = show(world)
    await openDetails()
    await page.getByRole('button', { name: 'Slow mode' }).click()
    await page.getByRole('radio', { name: '30 seconds' }).click({ force: true })
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await until(() => choir.slow === 30)
    await expect.element(page.getByRole('dialog').getByText('30 seconds')).toBeVisible()
    choir.members = choir.members.map((member) => ({ ...member, role: member.isMe ? 'member' : 'owner' }))
    choir.waitUntil = Date.now() + 25_000
    world.changed()
    await page.getByRole('button', { name: 'Close' }).click()
    await expect.element(page.getByText(/^Slow mode: one message every 30 seconds\./)).toBeVisible()
    await expect.element(page.getByText(/You can write again in \d+ seconds/)).toBeVisible()
  })

  test('is made one for announcements with one click, and says so to everybody; others read, react and do not vote', async () => {
    const { items } = choir
    world.say(choir, person('Bob'), 'When?', {
      poll: {
        multiple: false,
        options: ['Tuesday', 'Friday'].map((text) => ({ text, by: [], mine: false })),
        voters: 0,
        closed: false,
        tooLate: 0,
      },
    })
    shown = show(world)
    await openDetails()
    await expect.element(page.getByRole('radio', { name: 'Everybody', exact: true })).toBeChecked()
    await page.getByRole('radio', { name: 'Only those who look after the group' }).click({ force: true })
    await until(() => choir.policy.post === 'moderator')
    await expect.element(page.getByRole('radio', { name: 'Only those who look after the group' })).toBeChecked()
    await page.getByRole('button', { name: 'Close' }).click()
    await expect.element(page.getByText('Announcements · 2 people', { exact: false })).toBeVisible()
    await expect.element(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
    choir.members = choir.members.map((member) => ({ ...member, role: member.isMe ? 'member' : 'owner' }))
    world.changed()
    await expect.element(page.getByText('Only owners and moderators write here. You can read and react.')).toBeVisible()
    await expect.element(page.getByRole('textbox', { name: 'Message' })).not.toBeInTheDocument()
    await expect.element(page.getByText('Those vote here who may write.')).toBeVisible()
    expect(shown.all('.answer').map((answer) => (answer as HTMLButtonElement).disabled)).toEqual([true, true])
    const [first] = items
    expect(await menuOf(shown, shown.all(`article[data-id="${first?.id}"]`)[0])).toEqual([
      'React',
      'Copy',
      'Forward',
      'Star',
      'Select',
      'Message details',
    ])
    await userEvent.keyboard('{Escape}')
    await page.getByRole('button', { name: 'Conversation details' }).click()
    await expect.element(page.getByText('Owners and moderators')).toBeVisible()
    expect(shown.all('input[name="post"]')).toEqual([])
  })

  test('has what somebody said taken away by who looks after it, whoever said it; it says by whom', async () => {
    shown = show(world)
    await page.getByRole('list', { name: 'Conversations' }).getByText('Choir', { exact: true }).click()
    await until(() => shown.all('article').length === 1)
    shown.all('article')[0]?.focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await page.getByRole('menuitem', { name: 'Delete for everybody' }).click()
    await expect.element(page.getByText('Everyone is asked to delete it, and sees that you removed it.', { exact: false })).toBeVisible()
    await page.getByRole('button', { name: 'Delete for everybody' }).click()
    await until(() => given(world, 'deleteMessage').length === 1)
    await until(() => shown.all('article')[0]?.getAttribute('aria-label')?.includes('You removed this.'))
    expect((await shown.one('.entry .last')).textContent).toContain('Deleted.')
    choir.items = choir.items.map((item) => (item.kind === 'message' ? { ...item, deletedBy: person('Carol') } : item))
    world.changed()
    await expect.element(page.getByText('Removed by Carol. People who saw it may have kept a copy.')).toBeVisible()
  })

  test('offers nobody else to take away what others said', async () => {
    choir.members = choir.members.map((member) => ({ ...member, role: member.isMe ? 'member' : 'owner' }))
    shown = show(world)
    await page.getByRole('list', { name: 'Conversations' }).getByText('Choir', { exact: true }).click()
    await until(() => shown.all('article').length === 1)
    expect(await menuOf(shown, shown.all('article')[0])).not.toContain('Delete for everybody')
  })
})
