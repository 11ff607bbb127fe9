// The sheet from which a picture is picked, for whatever asked for one.
import { html } from 'lit'
import type { SheetPlan } from '../elements/sheet-desk.ts'
import '../locales/later.ts'

export const emojiSheets = {
  emoji: {
    code: () => import('./emoji-sheet.ts'),
    open: (desk, { heading, chosen }) => {
      desk.on('pick-emoji', (emoji) => {
        desk.ask('close-sheet')
        chosen(emoji)
      })
      return () => html`<parley-emoji-sheet .heading=${heading} .choices=${desk.page.choices}></parley-emoji-sheet>`
    },
  } satisfies SheetPlan<'emoji'>,
}
