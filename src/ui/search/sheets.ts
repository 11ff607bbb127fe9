// The sheets for finding: another conversation, a starred message, a day.
import { html } from 'lit'
import type { ConversationView } from '../../ports/queries.ts'
import { t } from '../locales/index.ts'
import type { SheetPlan } from '../elements/sheet-desk.ts'
import '../locales/later.ts'
import './date-sheet.ts'
import './starred-sheet.ts'
import './switcher-sheet.ts'

export const findingSheets = {
  switcher: {
    open: (desk, { ahead }) => {
      const all = desk.follow(desk.queries.conversations())
      desk.on('pick-conversation', (id) => desk.ask('open-conversation', id))
      return () => html`<parley-switcher-sheet .heading=${t.switchTo} .conversations=${all.value} .ahead=${ahead}></parley-switcher-sheet>`
    },
  } satisfies SheetPlan<'switcher'>,

  forward: {
    open: (desk, { texts }) => {
      const all = desk.follow(desk.queries.conversations())
      // What was said is said again in one's own name: who said it first stays where it was said.
      desk.on('pick-conversation', async (id) => {
        for (const text of texts) if (!(await desk.run(desk.commands.sendMessage(id, text)))) return
        desk.ask('open-conversation', id)
      })
      return () =>
        html`<parley-switcher-sheet .heading=${t.forwardTo} .conversations=${all.value?.filter(({ standing }) => standing !== 'left')} .problem=${desk.problem}></parley-switcher-sheet>`
    },
  } satisfies SheetPlan<'forward'>,

  share: {
    open: (desk, { text }) => {
      const all = desk.follow(desk.queries.conversations())
      // It is not sent: it lies in the field, to be looked at, behind what was being written there.
      desk.on('pick-conversation', (id) => {
        let isTaken = false
        const take = async ({ draft, draftReply }: Partial<ConversationView>): Promise<void> => {
          if (isTaken) return
          isTaken = true
          const taken = desk.commands.saveDraft(id, draft ? `${draft}\n${text}` : text, draftReply?.id)
          if (await desk.run(taken)) desk.ask('open-conversation', id)
        }
        const view = desk.follow(desk.queries.conversation(id), () => void take(view.value ?? {}))
      })
      return () =>
        html`<parley-switcher-sheet .heading=${t.shareWith} .conversations=${all.value?.filter(({ standing }) => standing !== 'left')} .problem=${desk.problem}></parley-switcher-sheet>`
    },
  } satisfies SheetPlan<'share'>,

  starred: {
    open: (desk) => {
      const starred = desk.follow(desk.queries.starred())
      return () => html`<parley-starred-sheet .starred=${starred.value}></parley-starred-sheet>`
    },
  } satisfies SheetPlan<'starred'>,

  day: {
    open: (desk, { conversation }) => {
      desk.on('go-to-day', (day) => desk.ask('open-conversation', { id: conversation, at: day }))
      return () => html`<parley-date-sheet></parley-date-sheet>`
    },
  } satisfies SheetPlan<'day'>,
}
