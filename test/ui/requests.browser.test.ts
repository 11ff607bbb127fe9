// First contact on screen: a contact link of one's own, asking somebody, and answering strangers.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { scenes } from './playground/scenes.ts'
import type { World } from './playground/world.ts'
import { given, show, until, type Shown } from './mount.ts'

let shown: Shown
let world: World

beforeEach(() => page.viewport(1280, 800))
afterEach(() => {
  shown[Symbol.dispose]()
  history.replaceState(null, '', location.pathname + location.search)
})

const button = (name: string) => page.getByRole('button', { name, exact: true })
const requests = () => page.getByRole('list', { name: 'Requests' })

describe('strangers who ask', () => {
  beforeEach(() => {
    world = scenes.strangers()
    shown = show(world)
  })

  test('are one line in the list, and a name and a plain text each when one looks', async () => {
    await expect.element(button('Requests')).toHaveAccessibleDescription('3 people want to talk with you')
    await button('Requests').click()
    await expect.element(requests().getByRole('listitem').first()).toBeVisible()
    expect(shown.all('.text').map((element) => element.textContent)).toContain('[click](javascript:alert(1)) https://evil.example')
    expect(shown.all('.text a')).toEqual([])
    expect(shown.all('parley-requests-sheet .name bdi').every((name) => !name.textContent.includes('\u202e'))).toBe(true)
    await expect.element(page.getByText(/^976 more came too quickly/)).toBeVisible()
  })

  test('are accepted into a conversation that opens', async () => {
    await button('Requests').click()
    await requests().getByRole('listitem', { name: 'Carol II' }).getByRole('button', { name: 'Accept', exact: true }).click()
    await until(() => given(world, 'acceptRequest').length === 1)
    await expect.element(page.getByRole('heading', { name: 'Carol II' })).toBeVisible()
    await expect.element(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
  })

  test('are blocked or deleted in one click, and gone', async () => {
    await button('Requests').click()
    await requests().getByRole('listitem', { name: 'Bob' }).getByRole('button', { name: 'Block', exact: true }).click()
    await expect.element(requests().getByRole('listitem', { name: 'Bob' })).not.toBeInTheDocument()
    await requests().getByRole('listitem', { name: 'Carol II' }).getByRole('button', { name: 'Delete', exact: true }).click()
    await expect.element(requests().getByRole('listitem', { name: 'Carol II' })).not.toBeInTheDocument()
    expect(given(world, 'setBlocked')).toHaveLength(1)
    expect(given(world, 'dropRequest')).toHaveLength(1)
  })

  test('are announced once, however many come', async () => {
    world.requests = { requests: [], turnedAway: 0 }
    world.changed()
    await until(() => shown.all('.requests').length === 0)
    const before = scenes.strangers().requests
    world.requests = { ...before, requests: before.requests.slice(0, 1) }
    world.changed()
    const announced = (): string => shown.all('parley-announcer')[0]?.shadowRoot?.textContent ?? ''
    await until(() => announced().includes('1 person wants to talk with you'))
    world.requests = before
    world.changed()
    await until(() => shown.all('.requests .count')[0]?.textContent === '3')
    expect(announced()).not.toContain('3 people')
  })
})

describe('a contact link', () => {
  test('is made, copied, replaced and turned off, each with a word of what it means', async () => {
    world = scenes.quiet()
    shown = show(world)
    await button('New conversation').click()
    await button('My contact link').click()
    await button('Make a contact link').click()
    await expect.element(page.getByRole('textbox', { name: 'Contact link' })).toHaveValue(world.contactLink ?? '')
    await expect.element(page.getByRole('img', { name: 'Contact link QR code' })).toBeVisible()
    await button('Make a new link').click()
    await expect.element(page.getByText('The link that you gave out before stops working at once.')).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Make a new link', exact: true }).click()
    await until(() => given(world, 'createContactLink').length === 2)
    await button('Turn the link off').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Turn the link off', exact: true }).click()
    await expect.element(button('Make a contact link')).toBeVisible()
  })

  test('of somebody else asks for a name and a first message, nothing less, and then waits honestly', async () => {
    world = scenes.askedFirst()
    history.replaceState(null, '', '#/j/AWf3kq0hTnC2s8mR')
    const address = location.href
    shown = show(world)
    await expect.element(page.getByRole('heading', { name: 'Write to Carol the Librarian' })).toBeVisible()
    await button('Send request').click()
    await expect.element(page.getByText('Write something first: it is all that they see.')).toBeVisible()
    expect(given(world, 'createProfile')).toEqual([])
    await page.getByRole('textbox', { name: 'Your first message' }).fill('Is the library open on Monday?')
    await button('Send request').click()
    await until(() => given(world, 'askContact').length === 1)
    expect(given(world, 'askContact')).toEqual([[address, 'Is the library open on Monday?']])
    await expect.element(page.getByText(/^Your message goes to Carol the Librarian as a request/)).toBeVisible()
    await expect.element(page.getByText('You can write more when Carol the Librarian has accepted.')).toBeVisible()
    await expect.element(page.getByRole('textbox', { name: 'Message' })).not.toBeInTheDocument()
  })

  test('opened by somebody who is here already asks in a sheet', async () => {
    world = scenes.strangers()
    history.replaceState(null, '', '#/j/AWf3kq0hTnC2s8mR')
    shown = show(world)
    await page.getByRole('dialog').getByRole('textbox', { name: 'Your first message' }).fill('Hello')
    await button('Send request').click()
    await until(() => given(world, 'askContact').length === 1)
  })
})

test('a member of a group is written to from their sheet: first by a request, then in the conversation', async () => {
  world = scenes.trust()
  shown = show(world)
  await page.getByRole('list', { name: 'Conversations' }).getByText('Choir', { exact: true }).click()
  await button('Conversation details').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Carol the Librarian', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Message', exact: true }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Your first message' }).fill('Shall we practise?')
  await button('Send request').click()
  await until(() => given(world, 'askMember').length === 1)
  expect(given(world, 'askMember')[0]?.[2]).toBe('Shall we practise?')
})
