// <parley-app>: the page. Decides between first run, home and a conversation, holds what is open, and answers what concerns the whole
// page. It speaks to the two ports and to nothing else. Which conversation is open is kept in the history's state, never in an address.
import { ContextProvider } from '@lit/context'
import { html, LitElement, nothing } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { ConversationId } from '../core/ids.ts'
import type { InvitePreview } from '../ports/commands.ts'
import type { ConnectionView, ConversationSummary, SessionView } from '../ports/queries.ts'
import { appStyles } from './app-styles.ts'
import { depsContext, type UiDeps } from './context.ts'
import { emptyHome, emptyHomeStyles } from './conversation-list/empty-home.ts'
import type { ParleyAnnouncer } from './elements/announcer.ts'
import { deepActiveElement } from './elements/sheet.ts'
import type { PageView } from './elements/sheet-desk.ts'
import { ask, type Ask, type Questions, type SheetRequest } from './events.ts'
import { LiveQuery } from './live-query.ts'
import { t } from './locales/index.ts'
import { mark } from './onboarding/mark.ts'
import { previewInvite } from './preview-invite.ts'
import { settle } from './settle.ts'
import { base, buttons } from './styles/shared.ts'
import { applyTheme, themeOf, type Theme } from './theme.ts'
import { createUnreadTitle } from './unread-title.ts'
import { followKeyboard } from './viewport.ts'
import './conversation-list/conversation-list.ts'
import './conversation/conversation-screen.ts'
import './elements/announcer.ts'
import './onboarding/welcome.ts'
import './sheets.ts'

const enterSendsOf = (value: string | undefined): boolean | undefined => (value === undefined ? undefined : value === 'yes')

/** Below this width there is one pane at a time. */
const narrowQuery = '(max-width: 47.99rem)'

export class ParleyApp extends LitElement {
  static override properties = {
    deps: { attribute: false },
    invite: { attribute: false },
    opened: { state: true },
    sheet: { state: true },
    narrow: { state: true },
    theme: { state: true },
    enterSends: { state: true },
    preview: { state: true },
    inviteProblem: { state: true },
    problem: { state: true },
    busy: { state: true },
  }
  declare deps: UiDeps
  /** An invite link that the page was opened with. */
  declare invite: string | undefined
  declare opened: ConversationId | undefined
  declare sheet: SheetRequest | undefined
  declare narrow: boolean
  declare theme: Theme
  declare enterSends: boolean | undefined
  declare preview: InvitePreview | undefined
  declare inviteProblem: string | undefined
  declare problem: string | undefined
  declare busy: boolean
  #provider = new ContextProvider(this, { context: depsContext })
  #session = new LiveQuery<SessionView>(
    this,
    () => this.deps,
    () => this.deps.queries.session(),
  )
  #conversations = new LiveQuery<readonly ConversationSummary[]>(
    this,
    () => this.deps,
    () => this.deps.queries.conversations(),
  )
  #connection = new LiveQuery<ConnectionView>(
    this,
    () => this.deps,
    () => this.deps.queries.connection(),
  )
  #media = matchMedia(narrowQuery)
  #looked: string | undefined
  #unfiltered: readonly ConversationSummary[] | undefined
  #filtered: readonly ConversationSummary[] | undefined
  #unfollow: (() => void) | undefined
  #tellUnread = createUnreadTitle((text) => ask(this, 'announce', text))

  constructor() {
    super()
    this.narrow = this.#media.matches
    this.theme = 'system'
    this.busy = false
    const on = <K extends keyof Questions>(type: K, answer: (detail: Questions[K]) => unknown): void =>
      this.addEventListener(type, (event) => void answer((event as Ask<K>).detail))
    on('open-conversation', (id) => this.#open(id))
    on('close-conversation', () => history.back())
    on('open-sheet', (sheet) => (this.sheet = sheet))
    on('close-sheet', () => (this.sheet = undefined))
    on('create-profile', (wish) => this.#createProfile(wish))
    on('erase-device', () => this.#erase())
    on('announce', (text) => this.renderRoot.querySelector<ParleyAnnouncer>('parley-announcer')?.say(text))
    on('preference', ({ name, value }) => this.#prefer(name, value))
  }

  static override styles = [base, buttons, emptyHomeStyles, appStyles]

  override render() {
    const session = this.#session.value
    return html`${this.#screen(session)}
      <parley-sheets
        .sheet=${session?.kind === 'ready' ? this.sheet : undefined}
        .page=${this.#pageView(session)}
      ></parley-sheets>
      <parley-announcer></parley-announcer>`
  }

  #pageView(session: SessionView | undefined): PageView {
    return {
      me: session?.kind === 'ready' ? session.me : undefined,
      connection: this.#connection.value,
      theme: this.theme,
      enterSends: this.enterSends ?? !matchMedia('(pointer: coarse)').matches,
    }
  }

  #screen(session: SessionView | undefined) {
    switch (session?.kind) {
      case undefined:
      case 'loading':
        return html`<div class="rest" aria-busy="true">${mark}<p class="soft">${t.loading}</p></div>`
      case 'broken':
        return html`<main class="rest">
          ${mark}
          <h2 class="display">${t.broken}</h2>
          <p class="soft">${session.reason}</p>
          <p><button class="button primary" type="button" @click=${() => location.reload()}>${t.reload}</button></p>
        </main>`
      case 'new':
        return html`<parley-welcome
          .invite=${this.invite}
          .preview=${this.preview}
          .inviteProblem=${this.inviteProblem}
          .problem=${this.problem}
          .busy=${this.busy}
        ></parley-welcome>`
      case 'ready':
        return this.#home(session)
    }
  }

  #home(session: SessionView & { readonly kind: 'ready' }) {
    const all = this.#listed
    const hasList = !this.narrow || this.opened === undefined
    return html`<div class="panes ${this.narrow ? 'narrow' : ''}">
      ${
        hasList
          ? html`<nav aria-label=${t.conversations}>
            <parley-conversation-list
              .conversations=${all}
              .connection=${this.#connection.value}
              .me=${session.me}
              .selected=${this.opened}
              .covered=${this.sheet !== undefined}
              .welcomes=${this.narrow}
            ></parley-conversation-list>
          </nav>`
          : nothing
      }
      ${
        this.opened === undefined && this.narrow
          ? nothing
          : html`<main class="detail">
            ${
              this.opened === undefined
                ? this.#rest(all)
                : keyed(
                    this.opened,
                    html`<parley-conversation .conversation=${this.opened} .connection=${this.#connection.value} .narrow=${this.narrow} .enterSends=${this.enterSends}></parley-conversation>`,
                  )
            }
          </main>`
      }
    </div>`
  }

  #rest(all: readonly ConversationSummary[] | undefined) {
    if (!all) return nothing
    if (all.length === 0)
      return html`<div class="rest">${mark}${this.sheet ? nothing : emptyHome((sheet) => ask(this, 'open-sheet', sheet))}</div>`
    return html`<div class="rest">
      ${mark}
      <h2 class="display">${t.pickTitle}</h2>
      <p class="soft">${t.pickText}</p>
    </div>`
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#media.addEventListener('change', this.#resized)
    this.#unfollow = followKeyboard(this)
    addEventListener('popstate', this.#popped)
    addEventListener('keydown', this.#key)
    this.#popped()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#media.removeEventListener('change', this.#resized)
    this.#unfollow?.()
    removeEventListener('popstate', this.#popped)
    removeEventListener('keydown', this.#key)
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('deps')) return
    this.#provider.setValue(this.deps)
    this.theme = themeOf(this.deps.preferences?.read('theme'))
    applyTheme(this.theme)
    this.enterSends = enterSendsOf(this.deps.preferences?.read('enter-sends'))
  }

  override updated(): void {
    const session = this.#session.value?.kind
    if (this.invite !== undefined && this.#looked !== this.invite) {
      if (session === 'ready') {
        this.sheet = { kind: 'join', link: this.invite }
        this.invite = undefined
      } else if (session === 'new') void this.#look(this.invite)
    }
    const listed = this.#listed
    if (listed) this.#tellUnread(listed, this.opened)
  }

  /** Without what is hidden because somebody is blocked. */
  get #listed(): readonly ConversationSummary[] | undefined {
    const all = this.#conversations.value
    if (all !== this.#unfiltered) {
      this.#unfiltered = all
      this.#filtered = all?.filter((summary) => !summary.blocked)
    }
    return this.#filtered
  }

  #open(id: ConversationId): void {
    this.sheet = undefined
    if (this.opened === id) return
    const state = { ...(history.state as object | null), conversation: id }
    // One step back always leads home, however many conversations were looked at.
    if (this.opened === undefined) history.pushState(state, '')
    else history.replaceState(state, '')
    this.opened = id
    void this.#focusConversation()
  }

  async #focusConversation(): Promise<void> {
    if (matchMedia('(pointer: coarse)').matches) return
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('parley-conversation')?.focus()
  }

  #popped = (): void => {
    this.opened = (history.state as { conversation?: ConversationId } | null)?.conversation
  }

  #resized = (): void => {
    this.narrow = this.#media.matches
  }

  #key = (event: KeyboardEvent): void => {
    if (event.key === '/' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      this.sheet = { kind: 'shortcuts' }
    } else if (event.key === 'F6' && this.sheet === undefined) {
      event.preventDefault()
      this.#nextPane(event.shiftKey ? -1 : 1)
    }
  }

  // The list, the messages, the composer, and round again.
  #nextPane(step: 1 | -1): void {
    const list = this.renderRoot.querySelector('parley-conversation-list')
    const screen = this.renderRoot.querySelector('parley-conversation')
    const panes = [list, ...(screen?.panes ?? [])].filter((pane) => pane instanceof HTMLElement)
    const active = deepActiveElement()
    const at = panes.findIndex((pane) => active !== null && pane.shadowRoot?.contains(active))
    panes[(at + step + panes.length) % panes.length]?.focus()
  }

  async #erase(): Promise<void> {
    await this.deps.commands.eraseDevice()
    history.replaceState(null, '')
    location.reload()
  }

  #prefer(name: string, value: string): void {
    this.deps.preferences?.write(name, value)
    if (name === 'enter-sends') this.enterSends = enterSendsOf(value)
    if (name !== 'theme') return
    this.theme = themeOf(value)
    applyTheme(this.theme)
  }

  async #look(link: string): Promise<void> {
    this.#looked = link
    this.preview = this.inviteProblem = undefined
    const problem = await previewInvite(this.deps.commands, link, (preview) => {
      if (this.invite === link) this.preview = preview
    })
    if (this.invite === link) this.inviteProblem = problem
  }

  async #createProfile({ name, invite }: Questions['create-profile']): Promise<void> {
    const { commands } = this.deps
    this.busy = true
    this.problem = undefined
    // Kept until it is used: a link that cannot be joined is shown again in the sheet, with the reason.
    const created = await settle(commands.createProfile(name))
    if (!created.ok) this.problem = created.error.here
    else if (invite !== undefined) {
      // The same link may be opened again later.
      this.invite = this.#looked = undefined
      const joined = await settle(commands.joinInvite(invite))
      if (joined.ok) this.#open(joined.value)
      else this.sheet = { kind: 'join', link: invite }
    }
    this.busy = false
  }
}

customElements.define('parley-app', ParleyApp)
