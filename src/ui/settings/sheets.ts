// The sheets about the page itself: settings, connection, shortcuts.
import { html } from 'lit'
import type { SheetPlan } from '../elements/sheet-desk.ts'

export const settingsSheets = {
  settings: {
    code: () => import('./settings-sheet.ts'),
    open: (desk) => {
      const blocked = desk.follow(desk.queries.blocked())
      let saved = false
      desk.on('rename-profile', async (name) => {
        saved = false
        if (!(await desk.run(desk.commands.renameProfile(name)))) return
        saved = true
        desk.changed()
      })
      desk.on('set-hidden', ({ hidden }) => desk.run(desk.commands.setHidden(hidden)))
      desk.on('set-blocked', ({ person, blocked }) => desk.run(desk.commands.setBlocked(person, blocked)))
      return () =>
        html`<parley-settings-sheet
          .me=${desk.page.me}
          .connection=${desk.page.connection}
          .choices=${desk.page.choices}
          .version=${desk.version}
          .blocked=${blocked.value ?? []}
          .problem=${desk.problem}
          .saved=${saved}
        ></parley-settings-sheet>`
    },
  } satisfies SheetPlan<'settings'>,

  notifications: {
    code: () => import('./notifications-sheet.ts'),
    open: (desk) => () =>
      html`<parley-notifications-sheet .choices=${desk.page.choices} .notifying=${desk.page.notifying}></parley-notifications-sheet>`,
  } satisfies SheetPlan<'notifications'>,

  connection: {
    code: () => import('./connection-sheet.ts'),
    open: (desk) => () => html`<parley-connection-sheet .connection=${desk.page.connection}></parley-connection-sheet>`,
  } satisfies SheetPlan<'connection'>,

  nodes: {
    code: () => import('./nodes-sheet.ts'),
    open: (desk, request) => {
      let { typed } = request
      desk.on('add-node', async (text) => {
        typed = text
        if (!(await desk.run(desk.commands.addNode(text)))) return
        typed = ''
        desk.changed()
      })
      desk.on('remove-node', (address) => desk.run(desk.commands.removeNode(address)))
      return () =>
        html`<parley-nodes-sheet
          .connection=${desk.page.connection}
          .typed=${typed}
          .problem=${desk.problem}
          .busy=${desk.busy}
        ></parley-nodes-sheet>`
    },
  } satisfies SheetPlan<'nodes'>,

  shortcuts: {
    code: () => import('./shortcuts-sheet.ts'),
    open: () => () => html`<parley-shortcuts-sheet></parley-shortcuts-sheet>`,
  } satisfies SheetPlan<'shortcuts'>,
}
