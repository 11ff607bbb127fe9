// A sheet comes and goes at any moment, also between being put into the page and being drawn for the first time.
import { html } from 'lit'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import '../../src/ui/locales/later.ts'
import '../../src/ui/settings/shortcuts-sheet.ts'
import { bringMenu } from '../../src/ui/elements/bring-menu.ts'
import { SheetElement } from '../../src/ui/elements/sheet.ts'
import { focused, show, until } from './mount.ts'
import { createWorld, person, type World } from './playground/world.ts'

test('a sheet that is taken away before it is first drawn throws nothing', async () => {
  const sheet = document.createElement('parley-shortcuts-sheet') as SheetElement
  document.body.append(sheet)
  sheet.remove()
  await expect(sheet.updateComplete).resolves.toBe(true)
  expect(sheet.renderRoot.querySelector('dialog')?.open).toBe(false)
})

test('a sheet that was closed does not open again when what it shows changes before it is told', async () => {
  const sheet = document.createElement('parley-shortcuts-sheet') as SheetElement
  document.body.append(sheet)
  await sheet.updateComplete
  const dialog = sheet.renderRoot.querySelector('dialog')
  expect(dialog?.open).toBe(true)
  sheet.close()
  sheet.requestUpdate()
  await sheet.updateComplete
  expect(dialog?.open).toBe(false)
  sheet.remove()
})

test('who goes on to something else right after closing a sheet stays there', async () => {
  const [opener, next] = [document.createElement('button'), document.createElement('input')]
  document.body.append(opener, next)
  opener.focus()
  const sheet = document.createElement('parley-shortcuts-sheet') as SheetElement
  document.body.append(sheet)
  await sheet.updateComplete
  const told = new Promise((resolve) => sheet.addEventListener('close-sheet', resolve, { once: true }))
  sheet.close()
  // The sheet itself is told that it is closed only in a later task.
  next.focus()
  await told
  expect(focused()).toBe(next)
  for (const element of [sheet, opener, next]) element.remove()
})

class Asking extends SheetElement {
  static override properties = { stage: { state: true } }
  declare stage: 'asking' | 'busy' | 'answered'
  constructor() {
    super()
    this.stage = 'asking'
  }
  get heading(): string {
    return 'Asking'
  }
  body() {
    if (this.stage === 'answered') return html`<p>Thank you.</p>`
    return html`<p>Well?</p><button type="button" ?disabled=${this.stage === 'busy'}>Answer</button>`
  }
}
customElements.define('test-asking', Asking)

test('a sheet keeps the focus where it was while a button could not be pressed, and at its heading when the button goes', async () => {
  const sheet = new Asking()
  document.body.append(sheet)
  await page.getByRole('button', { name: 'Answer' }).click()
  sheet.stage = 'busy'
  await until(() => focused() === document.body)
  sheet.stage = 'asking'
  await until(() => focused()?.textContent === 'Answer')
  sheet.stage = 'answered'
  await until(() => focused()?.textContent === 'Asking')
  sheet.remove()
})

test('who lets go of the focus in a sheet is not given it again when the sheet changes', async () => {
  const sheet = new Asking()
  document.body.append(sheet)
  await page.getByRole('button', { name: 'Answer' }).click()
  await page.getByText('Well?').click()
  const free = await until(() => (focused()?.textContent === 'Answer' ? undefined : focused()))
  sheet.stage = 'answered'
  await sheet.updateComplete
  expect(focused()).toBe(free)
  sheet.remove()
})

test('a menu that is given up by Escape while it is on its way is not opened when it comes; one that is there hears its own keys', async () => {
  const heard: string[] = []
  const listen = (event: KeyboardEvent) => void heard.push(event.key)
  document.body.addEventListener('keydown', listen)
  const { promise, resolve } = Promise.withResolvers<void>()
  let givenUp = 0
  bringMenu(
    () => promise,
    () => (givenUp += 1),
  )
  await userEvent.keyboard('{Escape}')
  expect([givenUp, heard]).toEqual([1, []])
  await userEvent.keyboard('{Escape}')
  expect([givenUp, heard]).toEqual([1, ['Escape']])
  resolve()
  bringMenu(
    () => promise,
    () => (givenUp += 1),
  )
  // It has come as soon as everything that was promised before has.
  await new Promise((done) => setTimeout(done))
  await userEvent.keyboard('{Escape}')
  expect([givenUp, heard]).toEqual([1, ['Escape', 'Escape']])
  document.body.removeEventListener('keydown', listen)
})

test('a sheet that is given up by Escape while it is on its way does not open when all of it has come', async () => {
  await page.viewport(1280, 800)
  const world = createWorld()
  world.addRoom('group', 'Choir', [person('Bob')])
  const { conversation } = world.queries
  // What a sheet shows comes when it is let go.
  let letGo: (() => void) | undefined
  let isHeld = false
  const queries: World['queries'] = {
    ...world.queries,
    conversation: (id) => {
      if (!isHeld) return conversation(id)
      return {
        subscribe: (next) => {
          letGo = () => void conversation(id).subscribe(next)
          return () => undefined
        },
      }
    },
  }
  using shown = show({ ...world, queries })
  ;(await shown.one('.entry')).click()
  await until(() => focused()?.tagName === 'TEXTAREA')
  const details = page.getByRole('button', { name: 'Conversation details' })
  isHeld = true
  await details.click()
  await until(() => letGo !== undefined && shown.all('parley-people-sheet').length === 1)
  await userEvent.keyboard('{Escape}')
  letGo?.()
  await until(() => shown.all('parley-people-sheet').length === 0)
  expect(shown.all('dialog')).toHaveLength(0)
  // It was this one that was given up: the next is another wish.
  isHeld = false
  await details.click()
  await until(() => shown.all('dialog').some((dialog) => (dialog as HTMLDialogElement).open))
  await userEvent.keyboard('{Escape}')
  await until(() => shown.all('dialog').length === 0)
})
