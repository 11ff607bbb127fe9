// The sheets about the page itself: settings, connection, shortcuts.
import { html } from 'lit'
import { t } from '../locales/index.ts'
import type { HandState } from './hand-sheet.ts'
import type { FreedPlace } from './storage-sheet.ts'
import type { PictureView } from '../../ports/queries.ts'
import { statusSeconds } from './status-span.ts'
import type { SheetPlan } from '../elements/sheet-desk.ts'
import '../locales/later.ts'
import '../conversation-list/folders-sheet.ts'
import './connection-sheet.ts'
import './diagnostics-sheet.ts'
import './hand-sheet.ts'
import './looks-sheet.ts'
import './nodes-sheet.ts'
import './notifications-sheet.ts'
import './privacy-sheet.ts'
import './settings-sheet.ts'
import './shortcuts-sheet.ts'
import './status-sheet.ts'
import './storage-sheet.ts'

const hasPicture = (pictures: readonly PictureView[] | undefined, of: string | undefined): boolean =>
  pictures?.some((picture) => picture.of === of) === true

export const settingsSheets = {
  settings: {
    open: (desk) => {
      const blocked = desk.follow(desk.queries.blocked())
      const pictures = desk.follow(desk.queries.pictures())
      let saved = false
      desk.on('set-picture', (picture) => desk.run(desk.commands.setPicture(picture)))
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
          .status=${desk.page.status}
          .connection=${desk.page.connection}
          .choices=${desk.page.choices}
          .version=${desk.version}
          .blocked=${blocked.value ?? []}
          .problem=${desk.problem}
          .saved=${saved}
          .pictured=${hasPicture(pictures.value, desk.page.me?.identity)}
        ></parley-settings-sheet>`
    },
  } satisfies SheetPlan<'settings'>,

  status: {
    open: (desk, { draft }) => {
      desk.on('set-status', async ({ words, span }) => {
        if (await desk.run(desk.commands.setStatus(words, statusSeconds(span, Date.now())))) desk.ask('open-sheet', { kind: 'settings' })
      })
      desk.on('pick-status', (typed) => {
        // The sheet of emojis takes the place of this one, also when nothing is picked there.
        const chosen = (emoji: string): void => desk.ask('open-sheet', { kind: 'status', draft: { ...typed, emoji } })
        desk.ask('open-sheet', { kind: 'emoji', heading: t.pickEmoji, chosen })
      })
      return () => html`<parley-status-sheet
        .status=${desk.page.status}
        .given=${draft}
        .problem=${desk.problem}
        .busy=${desk.busy}
      ></parley-status-sheet>`
    },
  } satisfies SheetPlan<'status'>,

  folders: {
    open: (desk, { conversation }) => {
      const folders = desk.follow(desk.queries.folders())
      const conversations = desk.follow(desk.queries.conversations())
      desk.on('save-folder', (folder) => desk.run(desk.commands.saveFolder(folder)))
      desk.on('remove-folder', (id) => desk.run(desk.commands.removeFolder(id)))
      desk.on('order-folders', (ids) => desk.run(desk.commands.orderFolders(ids)))
      return () => html`<parley-folders-sheet
        .folders=${folders.value}
        .conversations=${conversations.value?.filter(({ blocked }) => !blocked)}
        .conversation=${conversation}
        .problem=${desk.problem}
        .busy=${desk.busy}
      ></parley-folders-sheet>`
    },
  } satisfies SheetPlan<'folders'>,

  notifications: {
    open: (desk) => () =>
      html`<parley-notifications-sheet .choices=${desk.page.choices} .notifying=${desk.page.notifying}></parley-notifications-sheet>`,
  } satisfies SheetPlan<'notifications'>,

  looks: {
    open: (desk) => () => html`<parley-looks-sheet .choices=${desk.page.choices}></parley-looks-sheet>`,
  } satisfies SheetPlan<'looks'>,

  privacy: {
    open: (desk) => {
      desk.on('set-privacy', (change) => desk.run(desk.commands.setPrivacy(change)))
      return () => html`<parley-privacy-sheet .privacy=${desk.page.privacy} .problem=${desk.problem}></parley-privacy-sheet>`
    },
  } satisfies SheetPlan<'privacy'>,

  storage: {
    open: (desk) => {
      const places = desk.follow(desk.queries.storage())
      let outcome: FreedPlace | undefined
      desk.on('forget', async (id) => {
        await desk.run(desk.commands.forget(id))
      })
      desk.on('free-up', async ({ conversation, before }) => {
        outcome = undefined
        const done = await desk.run(desk.commands.freeUp(conversation, before))
        if (done !== undefined) outcome = { conversation, ...done.value }
        desk.changed()
      })
      return () =>
        html`<parley-storage-sheet
          .places=${places.value}
          .outcome=${outcome}
          ?busy=${desk.busy}
          .problem=${desk.problem}
        ></parley-storage-sheet>`
    },
  } satisfies SheetPlan<'storage'>,

  diagnostics: {
    open: (desk) => {
      const places = desk.follow(desk.queries.storage())
      return () =>
        html`<parley-diagnostics-sheet
          .version=${desk.version}
          .connection=${desk.page.connection}
          .places=${places.value}
          .notifying=${desk.page.notifying}
        ></parley-diagnostics-sheet>`
    },
  } satisfies SheetPlan<'diagnostics'>,

  connection: {
    open: (desk) => () => html`<parley-connection-sheet .connection=${desk.page.connection}></parley-connection-sheet>`,
  } satisfies SheetPlan<'connection'>,

  hand: {
    open: (desk, { text }) => {
      let state: HandState = { kind: 'start' }
      const become = (next: HandState): void => {
        state = next
        desk.changed()
      }
      const take = async (given: string): Promise<void> => {
        const taken = await desk.run(desk.commands.takeByHand(given))
        if (taken) become(taken.value.kind === 'taken' ? taken.value : { kind: 'answer', link: taken.value.text })
      }
      desk.on('offer-hand', async () => {
        const offered = await desk.run(desk.commands.offerByHand())
        if (offered) become({ kind: 'offer', link: offered.value })
      })
      desk.on('take-hand', take)
      if (text !== undefined) void take(text)
      return () => html`<parley-hand-sheet .state=${state} .problem=${desk.problem} .busy=${desk.busy}></parley-hand-sheet>`
    },
  } satisfies SheetPlan<'hand'>,

  nodes: {
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
    open: () => () => html`<parley-shortcuts-sheet></parley-shortcuts-sheet>`,
  } satisfies SheetPlan<'shortcuts'>,
}
