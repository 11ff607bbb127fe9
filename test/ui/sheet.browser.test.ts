// A sheet comes and goes at any moment, also between being put into the page and being drawn for the first time.
import { expect, test } from 'vitest'
import '../../src/ui/locales/later.ts'
import '../../src/ui/settings/shortcuts-sheet.ts'
import type { SheetElement } from '../../src/ui/elements/sheet.ts'

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
