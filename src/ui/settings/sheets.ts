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

  shortcuts: {
    code: () => import('./shortcuts-sheet.ts'),
    open: () => () => html`<parley-shortcuts-sheet></parley-shortcuts-sheet>`,
  } satisfies SheetPlan<'shortcuts'>,
}
