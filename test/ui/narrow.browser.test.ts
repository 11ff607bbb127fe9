// On 320 pixels (which is also 1280 at 400 %): nothing reaches over the edge, nothing that can be pressed is smaller than 24 pixels.
import { afterEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { scenes, type SceneName } from './playground/scenes.ts'
import { show, until, type Shown } from './mount.ts'

let shown: Shown
afterEach(() => shown[Symbol.dispose]())

const widthPx = 320
const targetPx = 24
/** Half a pixel is rounding. */
const slackPx = 0.5

const open = (title: string) => async (): Promise<void> => {
  const entry = await until(() => shown.all('.entry').find((found) => found.querySelector('.title bdi')?.textContent === title))
  entry?.click()
  await until(() => shown.all('article, .blank').length > 0)
}
const button = (name: string) => async (): Promise<void> => {
  await page.getByRole('button', { name, exact: true }).first().click()
  await until(() => shown.all('dialog[open]').length > 0)
}
const attach = (what: string) => async (): Promise<void> => {
  await page.getByRole('button', { name: 'Attach', exact: true }).click()
  await page.getByRole('menuitem', { name: what, exact: true }).click()
  await until(() => shown.all('dialog[open]').length > 0)
}
const write = (words: string) => (): Promise<void> => page.getByRole('textbox', { name: 'Message' }).fill(words)
const menu = async (): Promise<void> => {
  shown.all('article').at(-1)?.focus()
  await userEvent.keyboard('{Shift>}{F10}{/Shift}')
  await until(() => shown.all('[role="menuitem"]').length > 0)
}
const item = (name: string) => (): Promise<void> => page.getByRole('menuitem', { name, exact: true }).click()
const drawn = (selector: string) => async (): Promise<void> => void (await until(() => shown.all(selector).length > 0))

const places: readonly (readonly [string, SceneName, readonly (() => Promise<void>)[]])[] = [
  ['home', 'lively', []],
  ['a group, and somebody writes', 'lively', [open('Saturday hike'), write('On my way')]],
  ['suggestions', 'lively', [open('Saturday hike'), write(':mount'), drawn('[role="listbox"] [role="option"]')]],
  ['every emoji', 'lively', [open('Saturday hike'), button('Emoji'), drawn('.picture')]],
  ['the actions of a message', 'lively', [open('Saturday hike'), menu]],
  ['quick reactions', 'lively', [open('Saturday hike'), menu, item('React')]],
  ['a message in front', 'lively', [open('Saturday hike'), menu, item('Pin'), drawn('.jump')]],
  ['several messages', 'lively', [open('Saturday hike'), menu, item('Select'), drawn('.bar')]],
  ['when to send', 'lively', [open('Saturday hike'), write('See you'), button('Send later')]],
  ['a new poll', 'lively', [open('Saturday hike'), attach('New poll')]],
  ['a location', 'lively', [open('Saturday hike'), attach('Location')]],
  ['templates', 'lively', [open('Saturday hike'), attach('Templates')]],
  [
    'after which time messages disappear',
    'lively',
    [open('Bob'), button('Conversation details'), button('Change the time'), drawn('.choice')],
  ],
  ['settings', 'lively', [button('Settings')]],
]

/** What can be seen and pressed. */
const pressable = (): readonly HTMLElement[] =>
  shown.all('button, input, select, textarea, [role="option"]').filter((element) => element.checkVisibility({ visibilityProperty: true }))

describe('on 320 pixels', () => {
  test.each(places)('%s fits, and can be pressed', async (_name, scene, steps) => {
    await page.viewport(widthPx, 640)
    shown = show(scenes[scene]())
    await shown.one('parley-conversation-list')
    for (const step of steps) await step()
    await until(() => shown.all('dialog, .menu').every((element) => element.getAnimations().length === 0))
    const over = pressable().flatMap((element) => {
      const { left, right } = element.getBoundingClientRect()
      return left < -slackPx || right > widthPx + slackPx ? [`${nameOf(element)}: ${left} to ${right}`] : []
    })
    expect(over).toEqual([])
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(widthPx)
    const small = pressable().flatMap((element) => {
      // What is pressed is the label that a field lies under, or the row that a button stretches over.
      const { width, height } = (element.closest('label, .page') ?? element).getBoundingClientRect()
      return width < targetPx - slackPx || height < targetPx - slackPx ? [`${nameOf(element)}: ${width} x ${height}`] : []
    })
    expect(small).toEqual([])
  })
})

const nameOf = (element: HTMLElement): string => element.getAttribute('aria-label') ?? (element.textContent.trim() || element.tagName)
