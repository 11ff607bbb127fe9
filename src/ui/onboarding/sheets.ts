// The sheet that a link opens, or that asks for one.
import { html } from 'lit'
import type { InvitePreview } from '../../ports/commands.ts'
import type { SheetPlan } from '../elements/sheet-desk.ts'
import { previewInvite } from '../preview-invite.ts'
import './join-sheet.ts'

export const joinSheets = {
  join: {
    open: (desk, request) => {
      let { link } = request
      let preview: InvitePreview | undefined
      const look = async (wanted: string): Promise<void> => {
        link = wanted
        preview = desk.problem = undefined
        desk.changed()
        // Another one may have been pasted meanwhile.
        const isCurrent = (): boolean => desk.isOpen && link === wanted
        const problem = await previewInvite(desk.commands, wanted, (found) => {
          if (!isCurrent()) return
          preview = found
          desk.changed()
        })
        if (!isCurrent() || problem === undefined) return
        desk.problem = problem
        desk.changed()
      }
      desk.on('preview-invite', look)
      desk.on('accept-invite', async (wanted) => {
        const joined = await desk.run(desk.commands.joinInvite(wanted))
        if (joined) desk.ask('open-conversation', joined.value)
      })
      desk.on('ask-contact', async ({ link: wanted, text }) => {
        const asked = await desk.run(desk.commands.askContact(wanted, text))
        if (asked) desk.ask('open-conversation', asked.value)
      })
      if (link !== undefined) void look(link)
      return () =>
        html`<parley-join-sheet .link=${link} .preview=${preview} .problem=${desk.problem} .busy=${desk.busy}></parley-join-sheet>`
    },
  } satisfies SheetPlan<'join'>,
}
