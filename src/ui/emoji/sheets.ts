// The sheet from which a picture is picked, for whatever asked for one.
import { html } from 'lit'
import type { SheetPlan } from '../elements/sheet-desk.ts'
import '../locales/later.ts'
import './emoji-sheet.ts'

export const emojiSheets = {
  emoji: {
    open: (desk, { heading, chosen }) => {
      desk.on('pick-emoji', (emoji) => {
        desk.ask('close-sheet')
        chosen(emoji)
      })
      return () => html`<parley-emoji-sheet .heading=${heading} .choices=${desk.page.choices}></parley-emoji-sheet>`
    },
  } satisfies SheetPlan<'emoji'>,
}
