// The sheets about one message: what became of it, and whether to take it back.
import { html } from 'lit'
import type { SheetPlan } from '../elements/sheet-desk.ts'
import { t } from '../locales/index.ts'
import '../locales/later.ts'

export const messageSheets = {
  details: {
    code: () => import('./details-sheet.ts'),
    open: (desk, { conversation, message }) => {
      const details = desk.follow(desk.queries.messageDetails(conversation, message))
      return () => html`<parley-details-sheet .details=${details.value}></parley-details-sheet>`
    },
  } satisfies SheetPlan<'details'>,

  delete: {
    code: () => import('../elements/confirm-sheet.ts'),
    open: (desk, { conversation, message }) => {
      const confirmed = async (): Promise<void> => {
        if (await desk.run(desk.commands.deleteMessage(conversation, message))) desk.ask('close-sheet')
      }
      return () =>
        html`<parley-confirm
          .heading=${t.deleteTitle}
          .text=${t.deleteText}
          .yes=${t.actions.delete}
          .no=${t.cancel}
          .problem=${desk.problem}
          @confirm=${confirmed}
        ></parley-confirm>`
    },
  } satisfies SheetPlan<'delete'>,
}
