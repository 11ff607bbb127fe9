// Looking after who comes into a group, and how quickly they write.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { createWorld, person, type Room, type World } from './playground/world.ts'
import { given, show, until, type Shown } from './mount.ts'

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
})
