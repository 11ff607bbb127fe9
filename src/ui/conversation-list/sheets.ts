// The sheets for a new conversation: the ways to begin, a new group, an invite.
import { html } from 'lit'
import type { ConversationId } from '../../core/ids.ts'
import type { InviteWish } from '../../ports/commands.ts'
import type { ConversationView, InviteView } from '../../ports/queries.ts'
import type { SheetPlan } from '../elements/sheet-desk.ts'
import './group-sheet.ts'
import './invite-sheet.ts'
import './new-sheet.ts'

export const beginningSheets = {
  new: {
    open: () => () => html`<parley-new-sheet></parley-new-sheet>`,
  } satisfies SheetPlan<'new'>,

  group: {
    open: (desk) => {
      desk.on('create-group', async (name) => {
        const made = await desk.run(desk.commands.createGroup(name))
        if (made) desk.ask('open-conversation', made.value)
      })
      return () => html`<parley-group-sheet .problem=${desk.problem} .busy=${desk.busy}></parley-group-sheet>`
    },
  } satisfies SheetPlan<'group'>,

  invite: {
    open: (desk, { conversation }) => {
      let link: string | undefined
      let view: { readonly value: ConversationView | undefined } | undefined
      let invites: { readonly value: readonly InviteView[] | undefined } | undefined
      const look = (id: ConversationId): void => {
        view = desk.follow(desk.queries.conversation(id))
        invites = desk.follow(desk.queries.invites(id))
      }
      const make = async (wish?: InviteWish): Promise<void> => {
        const made = await desk.run(desk.commands.createInvite(conversation, wish))
        if (!made) return
        link = made.value.link
        if (conversation === undefined) look(made.value.conversation)
        desk.changed()
      }
      if (conversation !== undefined) look(conversation)
      desk.on('make-invite', make)
      desk.on('withdraw-invite', async ({ conversation: id, invite, link: withdrawn }) => {
        if ((await desk.run(desk.commands.withdrawInvite(id, invite))) && withdrawn === link) {
          link = undefined
          await make()
        }
      })
      void make()
      return () =>
        html`<parley-invite-sheet
          .link=${link}
          .conversation=${view?.value}
          .invite=${invites?.value?.find((invite) => invite.link === link)}
          .invites=${invites?.value ?? []}
          .problem=${desk.problem}
          .busy=${desk.busy}
        ></parley-invite-sheet>`
    },
  } satisfies SheetPlan<'invite'>,
}
