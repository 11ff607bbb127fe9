// <parley-sheets>: the sheet that lies over the page. Looks up the plan of the wish and opens a desk for it. Plans and elements come with
// their room, when one of them is wanted: a file for each sheet would be a hundred files, and a wait before each.
import { ContextConsumer } from '@lit/context'
import { LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import { bring } from './bring.ts'
import { depsContext } from './context.ts'
import { createDesk, type OpenDesk, type PageView, type SheetPlan } from './elements/sheet-desk.ts'
import { ask, type SheetRequest } from './events.ts'

const beginning = async () => (await import('./conversation-list/sheets.ts')).beginningSheets
const contact = async () => (await import('./contact/sheets.ts')).contactSheets
const emoji = async () => (await import('./emoji/sheets.ts')).emojiSheets
const finding = async () => (await import('./search/sheets.ts')).findingSheets
const joining = async () => (await import('./onboarding/sheets.ts')).joinSheets
const message = async () => (await import('./conversation/sheets.ts')).messageSheets
const people = async () => (await import('./people/sheets.ts')).peopleSheets
const settings = async () => (await import('./settings/sheets.ts')).settingsSheets

/** The room of the page that keeps the plan of each kind. */
const rooms: { readonly [Kind in SheetRequest['kind']]: () => Promise<{ readonly [K in Kind]: SheetPlan<K> }> } = {
  new: beginning,
  group: beginning,
  invite: beginning,
  join: joining,
  contact: contact,
  requests: contact,
  ask: contact,
  people: people,
  person: people,
  safety: people,
  comparison: people,
  rename: people,
  policy: people,
  applicants: people,
  'stop-joining': people,
  timer: people,
  slow: people,
  details: message,
  delete: message,
  later: message,
  poll: message,
  'close-poll': message,
  place: message,
  card: message,
  templates: message,
  connection: settings,
  hand: settings,
  nodes: settings,
  emoji: emoji,
  switcher: finding,
  forward: finding,
  share: finding,
  starred: finding,
  day: finding,
  settings: settings,
  folders: settings,
  notifications: settings,
  status: settings,
  looks: settings,
  privacy: settings,
  storage: settings,
  diagnostics: settings,
  shortcuts: settings,
}

const planOf = async <Kind extends SheetRequest['kind']>(kind: Kind): Promise<SheetPlan<Kind>> => (await rooms[kind]())[kind]

export class ParleySheets extends LitElement {
  static override properties = { sheet: { attribute: false }, page: { attribute: false } }
  declare sheet: SheetRequest | undefined
  declare page: PageView
  #deps = new ContextConsumer(this, { context: depsContext })
  #desk: OpenDesk | undefined
  #draw: (() => TemplateResult) | undefined

  // Each wish has a sheet of its own: the end of the one before, which is told late, must not end the next.
  override render() {
    return keyed(this.sheet, this.#draw?.() ?? nothing)
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('sheet')) return
    this.#desk?.close()
    this.#desk = this.#draw = undefined
    const { sheet } = this
    const deps = this.#deps.value
    if (!sheet || !deps) return
    this.#desk = createDesk(this, deps, () => this.page)
    // Nothing lies over the page then, and the next tap asks anew.
    this.#lay(this.#desk, sheet).catch(() => undefined)
  }

  async #lay(desk: OpenDesk, sheet: SheetRequest): Promise<void> {
    const isOpen = (): boolean => desk.isOpen
    const { open } = await bring(() => planOf(sheet.kind), isOpen)
    // Another wish may have come meanwhile.
    if (!desk.isOpen) return
    this.#draw = open(desk, sheet)
    this.requestUpdate()
  }

  // Whoever presses Escape while a sheet is still on its way does not want it any more; one that is there closes by itself. Before anything
  // else hears of the key: it is answered.
  #giveUp = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || !this.sheet || this.#isThere) return
    event.preventDefault()
    event.stopPropagation()
    ask(this, 'close-sheet')
  }

  get #isThere(): boolean {
    return this.renderRoot.firstElementChild?.shadowRoot?.querySelector('dialog')?.open === true
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('keydown', this.#giveUp, { capture: true })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('keydown', this.#giveUp, { capture: true })
    this.#desk?.close()
  }
}

customElements.define('parley-sheets', ParleySheets)
