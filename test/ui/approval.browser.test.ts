// A group that has newcomers approved: who decides, and who waits.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { createWorld, person, type World } from './playground/world.ts'
import { given, show, until, type Shown } from './mount.ts'

let world: World
let shown: Shown

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
})
afterEach(() => shown[Symbol.dispose]())

const open = async (title: string): Promise<void> => {
  shown = show(world)
  await page.getByRole('list', { name: 'Conversations' }).getByText(title, { exact: true }).click()
}

test('who looks after a group sees who asks, in the list and above the messages, and decides', async () => {
  const choir = world.addRoom('group', 'Choir', [person('Bob')])
  choir.applicants = [
    { person: person('Carol'), at: Date.now() - 3_600_000 },
    { person: person('Dave'), at: Date.now() },
  ]
  shown = show(world)
  await page.getByText('2 people ask to join').click()
  await page.getByRole('button', { name: 'Show' }).click()
  const carol = page.getByRole('listitem', { name: 'Carol' })
  await carol.getByRole('button', { name: 'Accept' }).click()
  await until(() => choir.applicants.length === 1)
  await page.getByRole('listitem', { name: 'Dave' }).getByRole('button', { name: 'Decline' }).click()
  await expect.element(page.getByText('Nobody asks to join now.')).toBeVisible()
  expect(given(world, 'answerApplicant').map(([, who, accept]) => [who, accept])).toEqual([
    [person('Carol').identity, true],
    [person('Dave').identity, false],
  ])
  await page.getByRole('button', { name: 'Close' }).click()
  await until(() => !/ask to join/.test(shown.text()))
})

test('owners say that newcomers are approved; then nobody below a moderator makes links', async () => {
  const choir = world.addRoom('group', 'Choir', [person('Bob')])
  await open('Choir')
  await page.getByRole('button', { name: 'Conversation details' }).click()
  await page.getByRole('button', { name: 'Change rules' }).click()
  const inviters = () => shown.all('input[name="invite"]').map((input) => (input as HTMLInputElement).value)
  await until(() => inviters().length === 3)
  await page.getByRole('radio', { name: 'Is approved by those who look after the group' }).click({ force: true })
  await until(() => inviters().join() === 'moderator,owner')
  await page.getByRole('button', { name: 'Save rules' }).click()
  await until(() => choir.approval)
  expect(choir.policy.invite).toBe('moderator')
  await expect.element(page.getByRole('dialog').getByText('Is approved by those who look after the group')).toBeVisible()
})

test('who waits is told for whom, writes already, and may withdraw', async () => {
  world.addRoom('group', 'Choir', [], { standing: 'joining', awaitsApproval: true, members: [] })
  await open('Choir')
  await expect.element(page.getByText('Waiting for approval').first()).toBeVisible()
  await expect.element(page.getByText('Those who look after this group decide whether you come in.', { exact: false })).toBeVisible()
  await expect.element(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
  await page.getByRole('button', { name: 'Withdraw request' }).click()
  await expect.element(page.getByText('Nobody lets you in then', { exact: false })).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw request' }).click()
  await until(() => given(world, 'stopJoining').length === 1)
  await until(() => shown.all('dialog').length === 0)
})
