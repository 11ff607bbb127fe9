// Story 2 once more, by keyboard alone: every control is reached with Tab, and used with Enter and Escape.
import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { story } from './world/story.ts'
import { until } from './world/until.ts'

/** More stops than any screen has. */
const maxStops = 40

/** The role and name of what has the focus, as assistive technology is told. */
const focused = async (page: Page): Promise<string> =>
  page.evaluate(() => {
    let active = document.activeElement
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
    if (active === null || active === document.body) return ''
    const labels = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement ? [...(active.labels ?? [])] : []
    const name = active.getAttribute('aria-label') ?? labels[0]?.textContent ?? active.textContent ?? ''
    return name.replace(/\s+/g, ' ').trim()
  })

/** Presses Tab until `name` has the focus. */
const tabTo = async (page: Page, name: string | RegExp): Promise<void> => {
  const passed: string[] = []
  for (let stop = 0; stop < maxStops; stop++) {
    const here = await focused(page)
    if (typeof name === 'string' ? here === name : name.test(here)) return
    passed.push(here)
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${name}; it leads to ${passed.join(' | ')}`)
}

story('Alice and Bob meet and talk without touching a mouse', async (world) => {
  const alice = await world.person('Alice')
  await alice.visit(world.url)
  const hers = alice.page()
  // The first field has the focus by itself.
  await until('the name can be typed', async () => (await focused(hers)) === 'Your name')
  await hers.keyboard.type('Alice')
  await hers.keyboard.press('Enter')
  await hers.getByRole('button', { name: 'New conversation', exact: true }).first().waitFor()
  await tabTo(hers, 'New conversation')
  await hers.keyboard.press('Enter')
  await hers.getByRole('dialog').waitFor()
  await tabTo(hers, 'Invite someone')
  await hers.keyboard.press('Enter')
  await hers.getByRole('textbox', { name: 'Invite link', exact: true }).waitFor()
  await tabTo(hers, 'Copy link')
  await hers.keyboard.press('Enter')
  await hers.getByRole('button', { name: 'Copied' }).waitFor()
  const link = await hers.evaluate(() => navigator.clipboard.readText())
  expect(link).toMatch(/#\/j\//)

  const bob = await world.person('Bob')
  await bob.visit(link)
  const his = bob.page()
  await his.getByRole('heading', { name: 'Alice invites you to talk' }).waitFor()
  await until('the name can be typed', async () => (await focused(his)) === 'Your name')
  await his.keyboard.press('Control+A')
  await his.keyboard.type('Bob')
  await his.keyboard.press('Enter')
  // One can write at once.
  await until('Bob can write', async () => (await focused(his)) === 'Message')
  await his.keyboard.type('Hello Alice')
  await his.keyboard.press('Shift+Enter')
  await his.keyboard.type('this is Bob')
  await his.keyboard.press('Enter')

  await hers.getByText('1 person has joined').waitFor()
  await hers.keyboard.press('Escape')
  await hers.getByRole('dialog').waitFor({ state: 'hidden' })
  // The focus is back where it was before the sheet.
  await until('the focus returns', async () => (await focused(hers)) === 'New conversation')
  await tabTo(hers, /^Bob/)
  await hers.keyboard.press('Enter')
  await alice.sees(['Hello Alice\nthis is Bob'])
  await until('Alice can write', async () => (await focused(hers)) === 'Message')
  await hers.keyboard.type('Hello Bob')
  await hers.keyboard.press('Enter')
  await bob.sees(['Hello Alice\nthis is Bob', 'Hello Bob'])
  await alice.seesState('Hello Bob', 'Read')

  // To the messages and back: F6 goes through the panes, arrows through the messages, Shift+F10 opens what one can do with them.
  for (let pane = 0; pane < 3 && !(await focused(hers)).startsWith('You, Hello Bob'); pane++) await hers.keyboard.press('F6')
  expect(await focused(hers)).toMatch(/^You, Hello Bob/)
  await hers.keyboard.press('ArrowUp')
  expect(await focused(hers)).toMatch(/^Bob, Hello Alice/)
  await hers.keyboard.press('Shift+F10')
  await hers.getByRole('menuitem', { name: 'Reply', exact: true }).waitFor()
  await hers.keyboard.press('Enter')
  await until('the answer can be typed', async () => (await focused(hers)) === 'Message')
  await hers.keyboard.type('nice to meet you')
  await hers.keyboard.press('Enter')
  await bob.sees(['Hello Alice\nthis is Bob', 'Hello Bob', 'nice to meet you'])
  await bob
    .article('nice to meet you')
    .getByRole('button', { name: /In reply to Bob/ })
    .waitFor()

  // The last own message again, with Up in an empty composer.
  await hers.keyboard.press('ArrowUp')
  await until(
    'it can be edited',
    async () => (await hers.getByRole('textbox', { name: 'Message', exact: true }).inputValue()) === 'nice to meet you',
  )
  await hers.keyboard.press('End')
  await hers.keyboard.type('!')
  await hers.keyboard.press('Enter')
  await bob.sees(['Hello Alice\nthis is Bob', 'Hello Bob', 'nice to meet you!'])
})
