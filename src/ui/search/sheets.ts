// The sheets for finding: another conversation, a day.
import { html } from 'lit'
import type { SheetPlan } from '../elements/sheet-desk.ts'

export const findingSheets = {
  switcher: {
    code: () => import('./switcher-sheet.ts'),
    open: (desk) => {
      const all = desk.follow(desk.queries.conversations())
      return () => html`<parley-switcher-sheet .conversations=${all.value}></parley-switcher-sheet>`
    },
  } satisfies SheetPlan<'switcher'>,

  day: {
    code: () => import('./date-sheet.ts'),
    open: (desk, { conversation }) => {
      desk.on('go-to-day', (day) => desk.ask('open-conversation', { id: conversation, at: day }))
      return () => html`<parley-date-sheet></parley-date-sheet>`
    },
  } satisfies SheetPlan<'day'>,
}
