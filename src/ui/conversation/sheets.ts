// The sheets about messages: what became of one, and whether to take some back.
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

  poll: {
    code: () => import('./poll-sheet.ts'),
    open: (desk, { conversation }) => {
      desk.on('ask-everybody', async ({ question, options, multiple }) => {
        if (await desk.run(desk.commands.sendPoll(conversation, question, options, multiple))) desk.ask('close-sheet')
      })
      return () => html`<parley-poll-sheet .problem=${desk.problem}></parley-poll-sheet>`
    },
  } satisfies SheetPlan<'poll'>,

  later: {
    code: () => import('./later-sheet.ts'),
    open: (desk, { conversation, text, replyTo, thread, sent }) => {
      const view = desk.follow(desk.queries.conversation(conversation))
      desk.on('send-when', async (when) => {
        if (!(await desk.run(desk.commands.sendLater(conversation, text, when, replyTo, thread)))) return
        sent()
        desk.ask('close-sheet')
      })
      return () => html`<parley-later-sheet .conversation=${view.value} .problem=${desk.problem}></parley-later-sheet>`
    },
  } satisfies SheetPlan<'later'>,

  delete: {
    code: () => import('../elements/confirm-sheet.ts'),
    open: (desk, { conversation, messages }) => {
      const confirmed = async (): Promise<void> => {
        for (const message of messages) if (!(await desk.run(desk.commands.deleteMessage(conversation, message)))) return
        desk.ask('close-sheet')
      }
      return () =>
        html`<parley-confirm
          .heading=${t.deleteTitle(messages.length)}
          .text=${t.deleteText}
          .yes=${t.actions.delete}
          .no=${t.cancel}
          .problem=${desk.problem}
          @confirm=${confirmed}
        ></parley-confirm>`
    },
  } satisfies SheetPlan<'delete'>,
}
