// Sending later, and taking back what has not gone out.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createWorld, person, type World } from './playground/world.ts'
import { focused, given, show, until, type Shown } from './mount.ts'

const bob = person('Bob')
let world: World
let shown: Shown
const field = (): HTMLTextAreaElement => shown.all('textarea')[0] as HTMLTextAreaElement

beforeEach(async () => {
  await page.viewport(1280, 800)
  world = createWorld()
  world.addRoom('direct', 'Bob', [bob])
})
afterEach(() => shown[Symbol.dispose]())

const open = async (chosen: Record<string, string> = {}): Promise<void> => {
  shown = show(world, 'system', {}, chosen)
  ;(await shown.one('.entry')).click()
  await until(() => field() !== undefined && focused() === field())
}

describe('sending later', () => {
  test('at a usual time: the field is empty, the message says when, and can be sent at once', async () => {
    await open()
    expect(shown.all('[aria-label="Send later"]')).toHaveLength(0)
    await userEvent.keyboard('Happy birthday')
    await page.getByRole('button', { name: 'Send later' }).click()
    await page.getByRole('button', { name: 'Tomorrow morning', exact: false }).click()
    await until(() => shown.all('dialog').length === 0 && field().value === '')
    const [, text, when] = given(world, 'sendLater')[0] as [unknown, string, { kind: string; at: number }]
    expect([text, when.kind, new Date(when.at).getHours()]).toEqual(['Happy birthday', 'at', 8])
    const article = await until(() => shown.all('article')[0])
    expect(article?.getAttribute('aria-label')).toMatch(/Goes out: /)
    article?.focus()
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await until(() => shown.all('[role="menuitem"]').length > 0)
    expect(shown.all('[role="menuitem"]').map((item) => item.textContent.trim())).toEqual(['Take back', 'Send now'])
    await page.getByRole('menuitem', { name: 'Send now' }).click()
    await until(() => !/Goes out/.test(shown.all('article')[0]?.getAttribute('aria-label') ?? 'Goes out'))
  })

  test('when Bob is online', async () => {
    await open()
    await userEvent.keyboard('You there?')
    await page.getByRole('button', { name: 'Send later' }).click()
    await page.getByRole('button', { name: 'When Bob is online' }).click()
    await until(() => given(world, 'sendLater').length === 1)
    expect(given(world, 'sendLater')[0]?.[2]).toEqual({ kind: 'here' })
    await until(() => /Goes out when somebody is here/.test(shown.text()))
  })

  test('a time that is over is no time to send', async () => {
    await open()
    await userEvent.keyboard('Too late')
    await page.getByRole('button', { name: 'Send later' }).click()
    await page.getByLabelText('At another time').fill('2020-01-01T10:00')
    await page.getByRole('button', { name: 'Send then' }).click()
    await until(() => shown.all('[role="alert"]').some((line) => /still to come/.test(line.textContent)))
    expect(given(world, 'sendLater')).toEqual([])
    expect(field().value).toBe('Too late')
  })
})

describe('taking back', () => {
  test('with time to take back, Enter sends in a moment, and the text comes back to the field', async () => {
    await open({ undo: '10' })
    await userEvent.keyboard('A mistaek{Enter}')
    await until(() => shown.all('.take-back').length === 1)
    expect(given(world, 'sendMessage')).toEqual([])
    const [, , when] = given(world, 'sendLater')[0] as [unknown, unknown, { at: number }]
    expect(when.at).toBeLessThanOrEqual(Date.now() + 10_000)
    await page.getByRole('button', { name: 'Take back' }).click()
    await until(() => field().value === 'A mistaek' && focused() === field())
    expect(shown.all('article')).toHaveLength(0)
  })

  test('without, nothing waits; the setting turns it on', async () => {
    await open()
    await userEvent.keyboard('at once{Enter}')
    await until(() => given(world, 'sendMessage').length === 1)
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('radio', { name: '5 seconds' }).click()
    await userEvent.keyboard('{Escape}')
    await until(() => shown.all('dialog').length === 0)
    field().focus()
    await userEvent.keyboard('in a moment{Enter}')
    await until(() => given(world, 'sendLater').length === 1)
  })
})
