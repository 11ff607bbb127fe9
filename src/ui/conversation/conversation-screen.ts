// <parley-conversation>: one conversation, app-level. Follows its view and timeline, and turns what its parts ask into commands.
// Everything that it shows is the local database's truth; a text that could not be sent goes back into the composer.
import { ContextConsumer } from '@lit/context'
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { EventRef } from '../../core/event/event.ts'
import type { ConversationId, EventId } from '../../core/ids.ts'
import type { ConnectionView, ConversationView, MessageView, TemplateView, TimelineItem } from '../../ports/queries.ts'
import { bring } from '../bring.ts'
import type { Choices } from '../choices.ts'
import { depsContext } from '../context.ts'
import { avatarStyles } from '../elements/avatar.ts'
import { badgeStyles } from '../elements/badge.ts'
import { bringMenu } from '../elements/bring-menu.ts'
import { listNames, shownName } from '../elements/names.ts'
import { statusPill, statusPillStyles } from '../elements/status-pill.ts'
import { ask, type Ask, type MessageAction, type Questions } from '../events.ts'
import { LiveQuery } from '../live-query.ts'
import { t } from '../locales/index.ts'
import { mayDeleteHere, mayPinHere, mayWrite, nameable } from '../people/rights.ts'
import { quietly } from '../settle.ts'
import { base, buttons } from '../styles/shared.ts'
import { actOn } from './act-on.ts'
import { bannerTemplate } from './banner.ts'
import { blockedTemplate, emptyTemplate, notHereTemplate } from './blank.ts'
import { noticeWords } from './notice-words.ts'
import type { ParleyComposer } from './composer.ts'
import { conversationStyles } from './conversation-styles.ts'
import { headerStyles, headerTemplate } from './header.ts'
import type { ParleyMessageList } from './message-list.ts'
import { createNewcomers, createReadMarks } from './newcomers.ts'
import { reachedSince } from './overdue.ts'
import { withoutSpoilers } from './plain.ts'
import { slowTemplate } from './slow.ts'
import { selectedOf, toggled, type Selection } from './selection.ts'
import type { ParleyThread } from './thread-pane.ts'
import { TimelineWindow, type Goal } from './timeline-window.ts'
import { createWriting } from './writing.ts'
import './composer.ts'
import './message-list.ts'

/** From this width on there is room for the list, the messages and a thread. */
const threePanes = '(min-width: 64rem)'

const isThreadInHistory = (): boolean => (history.state as { readonly thread?: EventId } | null)?.thread !== undefined

export class ParleyConversation extends LitElement {
  static override properties = {
    conversation: {},
    narrow: { type: Boolean },
    connection: { attribute: false },
    choices: { attribute: false },
    at: { attribute: false },
    menu: { state: true },
    selection: { state: true },
    thread: { state: true },
  }
  declare conversation: ConversationId
  declare narrow: boolean
  /** Who is connected; the pill is shown here only when the list, where it lives, is not on screen. */
  declare connection: ConnectionView | undefined
  declare choices: Pick<Choices, 'enterSends' | 'tone' | 'undoSeconds'>
  /** Where it is to be opened; another object for another wish. */
  declare at: { readonly goal: Goal } | undefined
  declare menu: Questions['open-menu'] | undefined
  /** Messages that something is to be done with at once; undefined while one writes. */
  declare selection: Selection | undefined
  /** The message whose thread is open beside the others. */
  declare thread: EventRef | undefined
  #deps = new ContextConsumer(this, { context: depsContext })
  #view = new LiveQuery<ConversationView | undefined>(
    this,
    () => this.conversation,
    () => this.#deps.value?.queries.conversation(this.conversation),
  )
  #window = new TimelineWindow(
    this,
    () => this.conversation,
    () => this.#deps.value?.queries,
  )
  #templates = new LiveQuery<readonly TemplateView[]>(
    this,
    () => this.#deps.value,
    () => this.#deps.value?.queries.templates(),
  )
  #firstUnread: EventId | undefined
  #newcomers = createNewcomers()
  #isOpen = false
  #readMarks = createReadMarks()
  #isSized = false
  #isAway = false
  #wantsFocus = false
  #wide = matchMedia(threePanes)
  #resized = (): void => this.requestUpdate()
  #writing = createWriting(() => ({
    conversation: this.conversation,
    commands: this.#commands,
    composer: this.#composer,
    // Whoever is not in yet has text that waits anyway.
    undoSeconds: this.#view.value?.standing === 'member' ? this.choices.undoSeconds : 0,
    changed: () => this.#redraw(),
  }))

  constructor() {
    super()
    const on = <K extends keyof Questions>(type: K, answer: (detail: Questions[K]) => unknown): void =>
      this.addEventListener(type, (event) => void answer((event as Ask<K>).detail))
    on('send-message', (message) => this.#writing.send(message))
    on('draft-changed', (draft) => this.#save(draft))
    on('typing', () => quietly(this.#commands?.typing(this.conversation)))
    on('edit-last', () => this.#writing.editLast(this.#window.view?.items ?? []))
    on('cancel-context', () => this.#writing.turnTo())
    on('open-menu', (menu) => {
      this.menu = menu
      bringMenu(
        () => import('./message-menu.ts'),
        () => (this.menu = undefined),
      )
    })
    on('close-menu', () => (this.menu = undefined))
    on('message-action', ({ action, message }) => this.#act(action, message))
    on('open-thread', (root) => this.#openThread(root))
    on('close-thread', () => this.#closeThread())
    on('react', ({ message, emoji }) => this.#writing.tell(this.#commands?.react(this.conversation, message, emoji)))
    on('choose-time', (wish) => ask(this, 'open-sheet', { kind: 'later', conversation: this.conversation, ...wish }))
    on('vote', ({ message, choices }) => this.#writing.tell(this.#commands?.vote(this.conversation, message, choices)))
    on('attach', (what) => what !== 'templates' && ask(this, 'open-sheet', { kind: what, conversation: this.conversation }))
    on('select', (id) => this.#select(id))
    on('end-selection', () => this.#endSelection())
    on('jump-to', (id) => {
      if (this.#isCovered) this.#closeThread()
      void this.#jump(id)
    })
    on('load-older', () => this.#window.older())
    on('load-newer', () => this.#window.newer())
    on('to-newest', () => this.#window.newest())
    on('trim-older', () => this.#window.trim())
    on('seen', (id) => this.#markRead(id))
    on('compare', (person) => ask(this, 'open-sheet', { kind: 'safety', conversation: this.conversation, person }))
    on('set-blocked', ({ person, blocked }) => this.#writing.tell(this.#commands?.setBlocked(person, blocked)))
  }

  static override styles = [base, buttons, avatarStyles, badgeStyles, headerStyles, statusPillStyles, conversationStyles]

  override render() {
    const view = this.#view.value
    const timeline = this.#window.view
    if (!view) return this.#view.arrived ? notHereTemplate(() => ask(this, 'close-conversation')) : nothing
    return html`
      ${headerTemplate(view, this.narrow, (type) => (type === 'back' ? ask(this, 'close-conversation') : this.#openPeople()))}
      ${view.pins.length > 0 && !view.blocked ? html`<parley-pinned-bar .pins=${view.pins}></parley-pinned-bar>` : nothing}
      ${bannerTemplate(view, {
        invite: () => ask(this, 'open-sheet', { kind: 'invite', conversation: view.id }),
        compare: ({ identity }) => ask(this, 'open-sheet', { kind: 'safety', conversation: view.id, person: identity }),
        applicants: () => ask(this, 'open-sheet', { kind: 'applicants', conversation: view.id }),
        stopJoining: () => ask(this, 'open-sheet', { kind: 'stop-joining', conversation: view.id }),
      })}
      ${
        view.blocked
          ? blockedTemplate(view, (person) => ask(this, 'set-blocked', { person, blocked: false }))
          : timeline && timeline.items.length > 0 && (this.#isOpen || this.#window.hasFrom(this.#firstUnread))
            ? html`<parley-message-list
            .items=${timeline.items}
            .more=${timeline.more}
            .newer=${timeline.newer}
            .kind=${view.kind}
            .firstUnread=${this.#firstUnread}
            .still=${view.standing === 'left'}
            .mayVote=${mayWrite(view)}
            .selection=${this.selection}
            .reached=${this.#reached}
          ></parley-message-list>`
            : timeline?.items.length === 0
              ? emptyTemplate(view)
              : nothing
      }
      <div class="foot-line">
        <p class="typing">
          ${view.typing.length > 0 && !view.blocked ? t.typing(listNames(view.typing.map((name) => shownName(name, t.someone))), view.typing.length) : nothing}
        </p>
        ${this.narrow ? statusPill(this.connection, () => ask(this, 'open-sheet', { kind: 'connection' })) : nothing}
      </div>
      ${
        view.blocked
          ? nothing
          : this.selection
            ? html`<parley-selection-bar .conversation=${view.id} .messages=${this.#selected} .mayWrite=${mayWrite(view)} .mayDelete=${mayDeleteHere(view)}></parley-selection-bar>`
            : view.standing === 'left'
              ? html`<p class="left soft">${t.leftBanner}</p>`
              : view.standing === 'asking'
                ? html`<p class="left soft">${t.askingFoot(shownName(view.title, t.someone))}</p>`
                : !mayWrite(view)
                  ? html`<p class="left soft">${t.onlyRead(view.policy.post)}</p>`
                  : html`${slowTemplate(view)}<parley-composer
            .context=${this.#writing.context}
            .draft=${view.draft ?? ''}
            .problem=${this.#writing.problem}
            .enterSends=${this.choices.enterSends ?? !matchMedia('(pointer: coarse)').matches}
            .people=${nameable(view)}
            .me=${view.members.find((member) => member.isMe)?.name ?? ''}
            .templates=${this.#templates.value ?? []}
            .tone=${this.choices.tone}
          ></parley-composer>`
      }
      ${
        this.menu
          ? html`<parley-message-menu
            .message=${this.#message(this.menu.message)}
            .x=${this.menu.x}
            .y=${this.menu.y}
            .react=${this.menu.react ?? false}
            .mayWrite=${mayWrite(view)}
            .mayPin=${mayPinHere(view)}
            .mayDelete=${mayDeleteHere(view)}
            .mayReact=${view.standing !== 'left' && view.standing !== 'asking'}
            .reached=${this.#reached}
          ></parley-message-menu>`
          : nothing
      }
      ${
        this.thread && !view.blocked
          ? keyed(
              this.thread.id,
              html`<parley-thread .view=${view} .root=${this.thread} .choices=${this.choices} .reached=${this.#reached} .covers=${this.#isCovered}></parley-thread>`,
            )
          : nothing
      }
    `
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('at') && this.at !== undefined) void this.#jump(this.at.goal)
  }

  // Live values arrive between willUpdate and update.
  protected override update(changed: PropertyValues): void {
    this.#firstUnread ??= this.#view.value?.firstUnread
    super.update(changed)
  }

  override updated(): void {
    this.toggleAttribute('beside', this.thread !== undefined && !this.#isCovered)
    this.toggleAttribute('covered', this.#isCovered)
    const view = this.#view.value
    if (view && !this.#isSized) {
      this.#isSized = true
      this.#window.size(view.unread, this.#firstUnread)
      if (view.draftReply) this.#writing.resume(view.draftReply)
    }
    if (!this.#isOpen) this.#window.reach(this.#firstUnread)
    const composer = this.#composer
    if (composer && this.#wantsFocus) {
      this.#wantsFocus = false
      void composer.updateComplete.then(() => composer.focus())
    }
    if (view && view.pins.length > 0) void import('./pinned-bar.ts')
    this.#announce()
    if (this.#window.goal !== undefined) void this.#jump(this.#window.goal)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#wide.addEventListener('change', this.#resized)
    addEventListener('popstate', this.#leaveThread)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#wide.removeEventListener('change', this.#resized)
    removeEventListener('popstate', this.#leaveThread)
    const unsaved = this.#composer?.unsavedDraft
    if (unsaved !== undefined) this.#save(unsaved)
  }

  /** Puts the cursor where one writes, as soon as there is such a place. */
  override focus(): void {
    this.#wantsFocus = true
    this.requestUpdate()
  }

  /** The parts that F6 goes through. */
  get panes(): readonly HTMLElement[] {
    const own = this.#isCovered ? [] : [this.#list, this.#composer]
    return [...own, ...(this.#threadPane?.panes ?? [])].filter((pane) => pane !== null)
  }

  #save({ text, replyTo }: Questions['draft-changed']): void {
    quietly(this.#commands?.saveDraft(this.conversation, text, replyTo))
  }

  #redraw(): Promise<unknown> {
    this.requestUpdate()
    return this.updateComplete
  }

  get #commands() {
    return this.#deps.value?.commands
  }
  get #list(): ParleyMessageList | null {
    return this.renderRoot.querySelector('parley-message-list')
  }
  get #composer(): ParleyComposer | null {
    return this.renderRoot.querySelector('parley-composer')
  }
  get #threadPane(): ParleyThread | null {
    return this.renderRoot.querySelector('parley-thread')
  }
  /** A thread lies over the rest where there is no room beside it. */
  get #isCovered(): boolean {
    return this.thread !== undefined && !this.#wide.matches
  }

  get #reached(): number | undefined {
    return this.#view.value && this.connection && reachedSince(this.#view.value, this.connection)
  }

  #message(id: EventId): MessageView | undefined {
    return this.#window.view?.items.find((item): item is MessageView => item.kind === 'message' && item.id === id)
  }

  #openPeople(): void {
    ask(this, 'open-sheet', { kind: 'people', conversation: this.conversation })
  }

  #act(action: MessageAction, id: EventId): void {
    const message = this.#message(id)
    const { conversation } = this
    if (message) void actOn({ from: this, conversation, commands: this.#commands, writing: this.#writing }, action, message)
  }

  // Its code comes first: until then there is nothing that could cover the rest.
  async #openThread(root: EventRef): Promise<void> {
    const isWanted = (): boolean => this.isConnected
    const isThere = await bring(() => import('./thread-pane.ts'), isWanted).catch(() => undefined)
    if (!isThere || !isWanted()) return
    this.thread = root
    // Where it covers everything, a step back leads out of it.
    if (this.#isCovered) history.pushState({ ...(history.state as object | null), thread: root.id }, '')
  }

  #closeThread(): void {
    if (isThreadInHistory()) history.back()
    else this.#leaveThread()
  }

  // The focus goes back to the message that the thread hangs on.
  #leaveThread = (): void => {
    const root = this.thread?.id
    if (root === undefined || isThreadInHistory()) return
    this.thread = undefined
    void this.updateComplete.then(() => {
      this.#list?.focusOn(root)
      this.#list?.look()
    })
  }

  get #selected(): readonly MessageView[] {
    return selectedOf(this.#window.view?.items ?? [], this.selection ?? new Set())
  }

  #select(id: EventId): void {
    void import('./selection-bar.ts')
    this.selection = toggled(this.selection, id)
  }

  #endSelection(): void {
    this.selection = undefined
    this.#list?.focus()
  }

  // What is not loaded yet is loaded first, then gone to.
  async #jump(goal: Goal): Promise<void> {
    this.#window.goal = goal
    const list = this.#list
    await list?.updateComplete
    // Rows that have come but are not drawn yet: the update that draws them asks again.
    if (this.#window.goal !== goal || !list || list.items !== this.#window.view?.items) return
    this.#window.seek(goal, (id) => list.jumpTo(id))
  }

  #markRead(seen: EventId): void {
    // Under a thread that covers everything nobody reads.
    const mark = this.#isCovered ? undefined : this.#readMarks(this.#window.view?.items ?? [], seen)
    if (mark !== undefined) quietly(this.#commands?.markRead(this.conversation, mark))
  }

  #announce(): void {
    const items = this.#window.view?.items
    if (!items || !this.#view.value || (items.length > 0 && !this.#list)) return
    this.#isOpen = true
    for (const item of this.#newcomers(items)) {
      this.#noteAbsence(item)
      if (item.kind === 'notice') ask(this, 'announce', noticeWords(item))
      else if (!item.author.isMe && !item.deleted)
        ask(this, 'announce', t.announced(shownName(item.author.name, t.someone), withoutSpoilers(item.text, t.spoiler)))
    }
  }

  // What comes while nobody looks begins the unread part anew.
  #noteAbsence(item: TimelineItem): void {
    if (document.visibilityState === 'visible') this.#isAway = false
    else if (!this.#isAway && item.kind === 'message' && !item.author.isMe) {
      this.#isAway = true
      this.#firstUnread = item.id
      this.requestUpdate()
    }
  }
}

customElements.define('parley-conversation', ParleyConversation)

declare global {
  interface HTMLElementTagNameMap {
    'parley-conversation': ParleyConversation
  }
}
