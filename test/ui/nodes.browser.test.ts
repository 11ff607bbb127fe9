// The meeting points and the codes from screen to screen, by keyboard and by name.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { given, show, until, type Shown } from './mount.ts'
import { scenes } from './playground/scenes.ts'
import type { World } from './playground/world.ts'

const address = '/dns/meet.example/tcp/443/tls/ws/p2p/12D3KooWJ1E7wBN2FphxG4jW2Djb4qiBS5o5ZjGrLEm7Chd6U1cr'
let world: World
let shown: Shown
const named = (role: 'button' | 'textbox' | 'switch', name: string) => page.getByRole(role, { name, exact: true }).first()
const text = (): string =>
  shown
    .all('dialog[open]')
    .map((dialog) => dialog.innerText)
    .join(' ')

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = scenes.lively()
  shown = show(world)
})
afterEach(() => shown[Symbol.dispose]())

test('a meeting point is added by its address, each step of the trial is shown, and it is removed again', async () => {
  await named('button', 'Settings').click()
  await named('button', 'Manage meeting points').click()
  await named('textbox', 'Meeting point address').fill(address)
  await userEvent.keyboard('{Enter}')
  await until(() => given(world, 'addNode').length === 1)
  expect(given(world, 'addNode')).toEqual([[address]])
  world.connection = {
    ...world.connection,
    trial: {
      address,
      steps: [
        { step: 'address', state: 'done', ms: 1 },
        { step: 'answer', state: 'done', ms: 80 },
        { step: 'slot', state: 'failed', ms: 12, trouble: 'no-place' },
        { step: 'carry', state: 'waiting' },
      ],
    },
  }
  world.changed()
  await until(() => text().includes('no free place'))
  expect(text()).toContain('80 ms')
  expect(text()).toContain('not yet')
  await named('button', 'Remove meet.example:443').click()
  await until(() => given(world, 'removeNode').length === 1)
  expect(given(world, 'removeNode')).toEqual([[address]])
})

test('what is no address is said in the sheet', async () => {
  world.commands.addNode = async () =>
    ({ ok: false, error: { kind: 'no-node', here: 'That is no address of a meeting point.', there: '' } }) as never
  await named('button', 'Settings').click()
  await named('button', 'Manage meeting points').click()
  await named('button', 'Add meeting point').click()
  await until(() => shown.all('[role="alert"]').some((element) => element.innerText.includes('no address')))
})

test('two codes go from screen to screen', async () => {
  await named('button', 'New conversation').click()
  await named('button', 'Connect side by side').click()
  await named('button', 'Show my code').click()
  await until(() => shown.all('parley-qr').length > 0)
  expect((named('textbox', 'Your code').element() as HTMLInputElement).value).toContain('#/h/')
  await named('textbox', 'Their code').fill(`https://parley.example/#/h/${'B'.repeat(120)}`)
  await userEvent.keyboard('{Enter}')
  await until(() => text().includes('That is all.'))
})

test('the address is hidden from everybody in the settings, and from one conversation in its details', async () => {
  await named('button', 'Settings').click()
  await named('switch', 'Hide my IP address').click()
  await until(() => given(world, 'setHidden').length === 1)
  await userEvent.keyboard('{Escape}')
  shown.all('.entry')[0]?.click()
  await named('button', 'Conversation details').click()
  await named('switch', 'Hide my IP address here').click()
  await until(() => given(world, 'setHidden').length === 2)
  expect(world.connection.hidden).toBe(true)
  expect(world.rooms.filter(({ hidden }) => hidden).length).toBe(1)
})
