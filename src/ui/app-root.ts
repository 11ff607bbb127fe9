// <parley-app>: the page. Decides between first run, home and a conversation, holds what is open, and answers what concerns the whole
// page. It speaks to the two ports and to nothing else. Which conversation is open is kept in the history's state, never in an address.
import { ContextProvider } from '@lit/context'
import { html, LitElement, nothing } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { ConversationId } from '../core/ids.ts'
import type { Failure, Result } from '../core/result.ts'
import type { InvitePreview } from '../ports/commands.ts'
import type {
  ComparisonView,
  ConnectionView,
  ConversationSummary,
  FolderView,
  PictureView,
  RequestsView,
  SessionView,
} from '../ports/queries.ts'
import { appStyles } from './app-styles.ts'
import { createPassingPreferences, flag, readChoices, type ChoiceName, type Choices } from './choices.ts'
import { createRequestTeller } from './contact/requests-row.ts'
import { depsContext, type UiDeps } from './context.ts'
import { emptyHome, emptyHomeStyles } from './conversation-list/empty-home.ts'
import type { Offer } from './conversation-list/offer.ts'
import type { ParleyAnnouncer } from './elements/announcer.ts'
import { showPictures } from './elements/portrait.ts'
import { deepActiveElement } from './elements/sheet.ts'
import type { PageView } from './elements/sheet-desk.ts'
import { holdKeys } from './elements/type-ahead.ts'
import { ask, type Ask, type Questions, type SheetRequest } from './events.ts'
import { createLeavingWarning } from './leaving-warning.ts'
import { LiveQuery } from './live-query.ts'
import { t } from './locales/index.ts'
import { NewerVersion } from './newer-version.ts'
import { begunIn, type Begun } from './onboarding/begun.ts'
import { mark } from './onboarding/mark.ts'
import { restTemplate } from './onboarding/rest.ts'
import { Opened } from './opened.ts'
import { previewInvite } from './preview-invite.ts'
import { quietly, settle } from './settle.ts'
import { sayPresent } from './present.ts'
import { base, buttons } from './styles/shared.ts'
import { createTeller } from './telling/teller.ts'
import { applyLooks } from './theme.ts'
import { followKeyboard } from './viewport.ts'
import './conversation-list/conversation-list.ts'
import './conversation/conversation-screen.ts'
import './elements/announcer.ts'
import './onboarding/welcome.ts'
import './sheets.ts'

/** Below this width there is one pane at a time. */
const narrowQuery = '(max-width: 47.99rem)'

export class ParleyApp extends LitElement {
  static override properties = {
    deps: { attribute: false },
    invite: { attribute: false },
    sheet: { state: true },
    narrow: { state: true },
    choices: { state: true },
    preview: { state: true },
    inviteProblem: { state: true },
    problem: { state: true },
    busy: { state: true },
  }
  declare deps: UiDeps
  /** An invite link that the page was opened with. */
  declare invite: string | undefined
  declare sheet: SheetRequest | undefined
  declare narrow: boolean
  declare choices: Choices
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
  #requests = new LiveQuery<RequestsView>(
    this,
    () => this.deps,
    () => this.deps.queries.requests(),
  )
  #folders = new LiveQuery<readonly FolderView[]>(
    this,
    () => this.deps,
    () => this.deps.queries.folders(),
  )
  #tellRequests = createRequestTeller((text) => ask(this, 'announce', text))
  #connection = new LiveQuery<ConnectionView>(
    this,
    () => this.deps,
    () => this.deps.queries.connection(),
  )
  #pictures = new LiveQuery<readonly PictureView[]>(
    this,
    () => this.deps,
    () => this.deps.queries.pictures(),
  )
  #shownPictures: readonly PictureView[] | undefined
  #comparison = new LiveQuery<ComparisonView | undefined>(
    this,
    () => this.deps,
    () => this.deps.queries.comparison(),
  )
  #media = matchMedia(narrowQuery)
  #looked: string | undefined
  #unfiltered: readonly ConversationSummary[] | undefined
  #filtered: readonly ConversationSummary[] | undefined
  #unfollow: (() => void) | undefined
  #opened = new Opened(this)
  #focusDue = false
  #begun: Begun | undefined
  #preferences = createPassingPreferences()
  #leaving = createLeavingWarning(globalThis.window)
  #newer = new NewerVersion(
    this,
    () => this.deps.updates,
    () => this.#reload(),
  )
  #tell: ReturnType<typeof createTeller> | undefined
  #unchosen: (() => void) | undefined
  #absent: (() => void) | undefined

  constructor() {
    super()
    this.narrow = this.#media.matches
    this.choices = readChoices(this.#preferences)
    this.busy = false
    const on = <K extends keyof Questions>(type: K, answer: (detail: Questions[K]) => unknown): void =>
      this.addEventListener(type, (event) => void answer((event as Ask<K>).detail))
    on('open-conversation', (to) => this.#open(to))
    on('close-conversation', () => history.back())
    on('open-sheet', (sheet) => (this.sheet = sheet))
    on('close-sheet', () => (this.sheet = undefined))
    on('create-profile', (wish) => this.#createProfile(wish))
    on('erase-device', () => this.#erase())
    on('announce', (text) => this.renderRoot.querySelector<ParleyAnnouncer>('parley-announcer')?.say(text))
    on('preference', ({ name, value }) => this.#prefer(name, value))
    on('ask-notifications', () => this.#askNotifications())
    on('answer-offer', ({ offer, yes }) => this.#answerOffer(offer, yes))
    on('decline-emojis', () => quietly(this.deps.commands.stopEmojis()))
    on('arrange', ({ conversation, change }) => quietly(this.deps.commands.arrange(conversation, change)))
  }

  static override styles = [base, buttons, emptyHomeStyles, appStyles]

  override render() {
    const session = this.#session.value
    return html`${this.#screen(session)}
      <parley-sheets
        .sheet=${session?.kind === 'ready' ? this.sheet : undefined}
        .page=${this.#pageView(session)}
      ></parley-sheets>
      ${this.#askedToCompare()}
      <parley-announcer></parley-announcer>`
  }

  #askedToCompare() {
    const comparison = this.#comparison.value
    if (comparison?.stage !== 'asked' || this.sheet?.kind === 'comparison') return nothing
    void import('./people/asked-to-compare.ts')
    return html`<parley-asked-to-compare .comparison=${comparison}></parley-asked-to-compare>`
  }

  #pageView(session: SessionView | undefined): PageView {
    return {
      me: session?.kind === 'ready' ? session.me : undefined,
      connection: this.#connection.value,
      privacy: session?.kind === 'ready' ? session.privacy : undefined,
      status: session?.kind === 'ready' ? session.status : undefined,
      choices: this.choices,
      notifying: this.deps.notifier?.permission() ?? 'never',
    }
  }

  #screen(session: SessionView | undefined) {
    switch (session?.kind) {
      case undefined:
      case 'loading':
        // What was drawn before the program had come, if anything was, is shown for as long.
        return html`<slot>${restTemplate()}</slot>`
      case 'broken':
        return html`<main class="rest">
          ${mark}
          <h2 class="display">${t.broken}</h2>
          <p class="soft">${t.brokenBy[session.reason]}</p>
          <p><button class="button primary" type="button" @click=${() => location.reload()}>${t.reload}</button></p>
        </main>`
      case 'new':
        return html`<parley-welcome
          .invite=${this.invite}
          .preview=${this.preview}
          .inviteProblem=${this.inviteProblem}
          .problem=${this.problem}
          .busy=${this.busy}
          .begun=${this.#begun}
        ></parley-welcome>`
      case 'ready':
        return this.#home(session)
    }
  }

  #home(session: SessionView & { readonly kind: 'ready' }) {
    const all = this.#listed
    const hasList = !this.narrow || this.#opened.id === undefined
    const hasDetail = !this.narrow || this.#opened.id !== undefined
    return html`<div class="panes ${this.narrow ? 'narrow' : ''}" role=${hasDetail ? nothing : 'main'}>
      ${
        hasList
          ? html`<nav aria-label=${t.conversations}>
            <parley-conversation-list
              .conversations=${all}
              .connection=${this.#connection.value}
              .me=${session.me}
              .selected=${this.#opened.id}
              .requests=${this.#requests.value}
              .folders=${this.#folders.value}
              .offer=${this.#offer(all)}
              .covered=${this.sheet !== undefined}
              .welcomes=${this.narrow}
            ></parley-conversation-list>
          </nav>`
          : nothing
      }
      ${
        !hasDetail
          ? nothing
          : html`<main class="detail">
            ${
              this.#opened.id === undefined
                ? this.#rest(all)
                : keyed(
                    this.#opened.id,
                    html`<parley-conversation .conversation=${this.#opened.id} .connection=${this.#connection.value} .at=${this.#opened.at} .narrow=${this.narrow} .choices=${this.choices}></parley-conversation>`,
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
    addEventListener('keydown', this.#key)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#media.removeEventListener('change', this.#resized)
    this.#unfollow?.()
    this.#absent?.()
    this.#absent = undefined
    removeEventListener('keydown', this.#key)
    this.#leaving.off()
    this.#unchosen?.()
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (this.firstElementChild && this.#session.value && this.#session.value.kind !== 'loading') {
      this.#begun = begunIn(this)
      this.replaceChildren()
    }
    if (!changed.has('deps')) return
    this.#provider.setValue(this.deps)
    this.#preferences = this.deps.preferences ?? this.#preferences
    this.#choose()
    const { notifier } = this.deps
    this.#tell = createTeller({ notifier, say: (text) => ask(this, 'announce', text) })
    this.#unchosen = notifier?.onChosen((id) => this.#open(id))
  }

  override updated(): void {
    this.#focusConversation()
    const session = this.#session.value?.kind
    if (this.invite !== undefined && this.#looked !== this.invite) {
      if (session === 'ready') {
        this.sheet = { kind: 'join', link: this.invite }
        this.invite = undefined
      } else if (session === 'new') void this.#look(this.invite)
    }
    const pictures = this.#pictures.value
    if (pictures && pictures !== this.#shownPictures) showPictures((this.#shownPictures = pictures))
    this.#tellRequests(this.#requests.value)
    if (session === 'ready') this.#absent ??= sayPresent(document, () => quietly(this.deps.commands.present()))
    const listed = this.#listed
    const { value } = this.#session
    if (listed)
      this.#tell?.({ all: listed, opened: this.#opened.id, choices: this.choices, leads: value?.kind === 'ready' && value.isLeader })
    const { waiting = 0, soon = 0 } = this.#connection.value ?? {}
    this.#leaving.waiting = waiting + soon
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

  #open(to: Questions['open-conversation']): void {
    const { id, at } = typeof to === 'string' ? { id: to } : to
    this.sheet = undefined
    // Who goes to a message looks at it; who opens a conversation writes.
    if (this.#opened.open(id, at)) this.#focusDue = at === undefined && !matchMedia('(pointer: coarse)').matches
  }

  /** As soon as the conversation is there: right after a first join the page may not have heard yet that there is anybody to show it to. */
  #focusConversation(): void {
    const screen = this.renderRoot.querySelector<HTMLElement>('parley-conversation')
    if (!this.#focusDue || screen === null) return
    this.#focusDue = false
    // A sheet that is on its way out gives the focus back to where it came from; this comes after it.
    void this.updateComplete.then(() => screen.focus())
  }

  #resized = (): void => {
    this.narrow = this.#media.matches
  }

  #key = (event: KeyboardEvent): void => {
    if (event.key === '/' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      this.sheet = { kind: 'shortcuts' }
    } else if (
      event.key.toLowerCase() === 'k' &&
      (event.ctrlKey || event.metaKey) &&
      !event.altKey &&
      this.#session.value?.kind === 'ready'
    ) {
      event.preventDefault()
      this.sheet = { kind: 'switcher', ahead: holdKeys() }
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
    this.#reload()
  }

  #reload(): void {
    this.#leaving.off()
    location.reload()
  }

  #prefer(name: ChoiceName, value: string): void {
    this.#preferences.write(name, value)
    // Every word of the page changes: it is drawn anew, where one is.
    if (name === 'language') this.#reload()
    this.#choose()
  }

  #choose(): void {
    this.choices = readChoices(this.#preferences)
    applyLooks(this.choices, this.choices.ownAccent)
  }

  // One is asked once there is something to be told of.
  #offer(all: readonly ConversationSummary[] | undefined): Offer | undefined {
    if (this.#newer.state === 'ready') return 'newer-version'
    const isUndecided = (): boolean => this.choices.notify === undefined && this.deps.notifier?.permission() === 'ask'
    return all?.some(({ lastText, standing }) => lastText && standing === 'member') && isUndecided() ? 'notifications' : undefined
  }

  #answerOffer(offer: Offer, yes: boolean): void {
    if (offer === 'newer-version') this.#newer.apply()
    else if (yes) void this.#askNotifications()
    else this.#prefer('notify', flag(false))
  }

  async #askNotifications(): Promise<void> {
    const permission = await this.deps.notifier?.ask()
    this.#prefer('notify', flag(permission === 'granted'))
  }

  async #look(link: string): Promise<void> {
    this.#looked = link
    this.preview = this.inviteProblem = undefined
    const problem = await previewInvite(this.deps.commands, link, (preview) => {
      if (this.invite === link) this.preview = preview
    })
    if (this.invite === link) this.inviteProblem = problem
  }

  async #createProfile({ name, invite, text }: Questions['create-profile']): Promise<void> {
    const { commands } = this.deps
    this.busy = true
    this.problem = undefined
    // Kept until it is used: a link that cannot be joined is shown again in the sheet, with the reason.
    const created = await settle(commands.createProfile(name))
    if (!created.ok) this.problem = created.error.here
    else if (invite !== undefined) {
      // The same link may be opened again later.
      this.invite = this.#looked = undefined
      const entered: Promise<Result<ConversationId, Failure>> =
        text === undefined ? commands.joinInvite(invite) : commands.askContact(invite, text)
      const joined = await settle(entered)
      if (joined.ok) this.#open(joined.value)
      else this.sheet = { kind: 'join', link: invite }
    }
    this.busy = false
  }
}

customElements.define('parley-app', ParleyApp)
