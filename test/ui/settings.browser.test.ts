// The pages of the settings: looks, privacy, storage, diagnostics.
import { afterEach, describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { scenes } from './playground/scenes.ts'
import type { World } from './playground/world.ts'
import { given, show, until, type Shown } from './mount.ts'

let world: World
let shown: Shown
afterEach(() => shown[Symbol.dispose]())

const open = async (name: string, scene: 'lively' | 'trust' = 'lively'): Promise<void> => {
  await page.viewport(1280, 800)
  world = scenes[scene]()
  shown = show(world)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name, exact: true }).click()
  await until(() => shown.all('dialog[open]').length === 1 && shown.all('.page').length === 0)
}
const { dataset } = document.documentElement

describe('the settings', () => {
  test('change contrast, accent, size of text and density at once, and back', async () => {
    await open('Looks and language')
    const before = getComputedStyle(shown.all('.choice')[0] ?? document.body).fontSize
    const accent = (): string => getComputedStyle(document.documentElement).getPropertyValue('--accent')
    const ember = accent()
    for (const [name, choice, value] of [
      ['accent', 'Teal', 'teal'],
      ['text', 'Largest', 'largest'],
      ['density', 'Compact', 'compact'],
      ['contrast', 'More', 'more'],
    ] as const) {
      await page.getByRole('radio', { name: choice, exact: true }).click({ force: true })
      await until(() => dataset[name] === value)
    }
    expect(accent()).not.toBe(ember)
    expect(Number.parseFloat(getComputedStyle(shown.all('.choice')[0] ?? document.body).fontSize)).toBeGreaterThan(
      Number.parseFloat(before),
    )
    for (const group of ['Accent', 'Size of text', 'Density', 'Contrast'])
      await page.getByRole('radiogroup', { name: group }).getByRole('radio').first().click({ force: true })
    await until(() => dataset['accent'] === undefined && dataset['contrast'] === undefined && dataset['density'] === undefined)
  })

  test('switch off what others learn, and say that it works both ways', async () => {
    await open('Privacy')
    const receipts = page.getByRole('switch', { name: 'Say what I have read' })
    await expect.element(receipts).toBeChecked()
    shown.all('input[role="switch"]')[0]?.click()
    await expect.element(receipts).not.toBeChecked()
    expect(given(world, 'setPrivacy')).toEqual([[{ receipts: false }]])
    await expect.element(page.getByText('Works both ways: without it', { exact: false })).toBeVisible()
  })

  test('show what is kept, and remove a conversation that was left, after asking', async () => {
    await open('Storage', 'trust')
    await expect.element(page.getByText(/ of .* used\./)).toBeVisible()
    await page.getByRole('button', { name: 'Remove Old book club from this device' }).click()
    expect(given(world, 'forget')).toEqual([])
    await page.getByRole('button', { name: 'Remove it' }).click()
    await until(() => given(world, 'forget').length === 1)
    await until(() => !shown.all('dialog').some((dialog) => dialog.textContent.includes('Old book club')))
  })

  test('show what would be copied for whoever looks for a fault, without a name or a word of anybody', async () => {
    await open('Diagnostics')
    const text = (await shown.one('pre')).textContent
    expect(text).toContain('version: 1.2.3 (abc)')
    expect(text).toContain('links: 1 direct, 1 relayed')
    for (const secret of ['Bob', 'Carol', 'hike', 'parcel', '192.0.2.7']) expect(text).not.toContain(secret)
  })
})
