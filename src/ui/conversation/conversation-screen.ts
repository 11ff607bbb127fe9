// <parley-conversation>: one conversation, app-level. Follows its view and timeline, and turns what its parts ask into commands.
// Everything that it shows is the local database's truth; a text that could not be sent goes back into the composer.
import { ContextConsumer } from '@lit/context'
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { ConversationId, EventId } from '../../core/ids.ts'
import type { Result } from '../../core/result.ts'
import type { CommandProblem } from '../../ports/commands.ts'
import type { ConnectionView, ConversationView, MessageView, TimelineItem } from '../../ports/queries.ts'
import type { Choices } from '../choices.ts'
import { depsContext } from '../context.ts'
import { avatarStyles } from '../elements/avatar.ts'
import { badgeStyles } from '../elements/badge.ts'
import { listNames, shownName } from '../elements/names.ts'
import { statusPill, statusPillStyles } from '../elements/status-pill.ts'
import { ask, type Questions, type Ask } from '../events.ts'
import { LiveQuery } from '../live-query.ts'
import { t } from '../locales/index.ts'
import { mayPinHere, mayWrite } from '../people/rights.ts'
import { quietly, settle } from '../settle.ts'
import { base, buttons } from '../styles/shared.ts'
import { bannerTemplate } from './banner.ts'
import { noticeWords } from './notice-words.ts'
import type { ComposerContext, ParleyComposer } from './composer.ts'
import { conversationStyles } from './conversation-styles.ts'
import { headerStyles, headerTemplate } from './header.ts'
import type { ParleyMessageList } from './message-list.ts'
import { createNewcomers, readMark } from './newcomers.ts'
import { selectedOf, toggled, type Selection } from './selection.ts'
import { TimelineWindow, type Goal } from './timeline-window.ts'
import './composer.ts'
import './message-list.ts'

export class ParleyConversation extends LitElement {
  static override properties = {
    conversation: {},
    narrow: { type: Boolean },
    connection: { attribute: false },
    choices: { attribute: false },
    at: { attribute: false },
    context: { state: true },
    problem: { state: true },
    menu: { state: true },
    selection: { state: true },
  }
  declare conversation: ConversationId
  declare narrow: boolean
  /** Shown here only when the list, where the pill lives, is not on screen. */
  declare connection: ConnectionView | undefined
  declare choices: Pick<Choices, 'enterSends' | 'tone' | 'undoSeconds'>
  /** Where it is to be opened; another object for another wish. */
  declare at: { readonly goal: Goal } | undefined
  declare context: ComposerContext | undefined
  declare problem: string | undefined
  declare menu: Questions['open-menu'] | undefined
  /** Messages that something is to be done with at once; undefined while one writes. */
  declare selection: Selection | undefined
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
  #firstUnread: EventId | undefined
  #newcomers = createNewcomers()
  #isOpen = false
  #read: EventId | undefined
  #isSized = false
  #isAway = false
  #wantsFocus = false

  constructor() {
    super()
    const on = <K extends keyof Questions>(type: K, answer: (detail: Questions[K]) => unknown): void =>
      this.addEventListener(type, (event) => void answer((event as Ask<K>).detail))
    on('send-message', (message) => this.#send(message))
    on('draft-changed', (text) => quietly(this.#commands?.saveDraft(this.conversation, text)))
    on('typing', () => quietly(this.#commands?.typing(this.conversation)))
    on('edit-last', () => this.#editLast())
    on('cancel-context', () => this.#setContext(undefined))
    on('open-menu', (menu) => {
      this.menu = menu
      void import('./message-menu.ts')
    })
    on('close-menu', () => (this.menu = undefined))
    on('message-action', (choice) => this.#act(choice))
    on('react', ({ message, emoji }) => this.#tell(this.#commands?.react(this.conversation, message, emoji)))
    on('choose-time', (wish) => ask(this, 'open-sheet', { kind: 'later', conversation: this.conversation, ...wish }))
    on('vote', ({ message, choices }) => this.#tell(this.#commands?.vote(this.conversation, message, choices)))
    on('new-poll', () => ask(this, 'open-sheet', { kind: 'poll', conversation: this.conversation }))
    on('select', (id) => this.#select(id))
    on('end-selection', () => this.#endSelection())
    on('jump-to', (id) => this.#jump(id))
    on('load-older', () => this.#window.older())
    on('load-newer', () => this.#window.newer())
    on('to-newest', () => this.#window.newest())
    on('trim-older', () => this.#window.trim())
    on('seen', (id) => this.#markRead(id))
    on('compare', (person) => ask(this, 'open-sheet', { kind: 'safety', conversation: this.conversation, person }))
    on('set-blocked', ({ person, blocked }) => this.#tell(this.#commands?.setBlocked(person, blocked)))
  }

  static override styles = [base, buttons, avatarStyles, badgeStyles, headerStyles, statusPillStyles, conversationStyles]

  override render() {
    const view = this.#view.value
    const timeline = this.#window.view
    if (!view) return this.#view.arrived ? this.#gone() : nothing
    return html`
      ${headerTemplate(view, this.narrow, (type) => (type === 'back' ? ask(this, 'close-conversation') : this.#openPeople()))}
      ${view.pins.length > 0 && !view.blocked ? html`<parley-pinned-bar .pins=${view.pins}></parley-pinned-bar>` : nothing}
      ${bannerTemplate(
        view,
        () => ask(this, 'open-sheet', { kind: 'invite', conversation: view.id }),
        ({ identity }) => ask(this, 'open-sheet', { kind: 'safety', conversation: view.id, person: identity }),
      )}
      ${
        view.blocked
          ? this.#hidden(view)
          : timeline && timeline.items.length > 0 && (this.#isOpen || this.#window.hasFrom(this.#firstUnread))
            ? html`<parley-message-list
            .items=${timeline.items}
            .more=${timeline.more}
            .newer=${timeline.newer}
            .kind=${view.kind}
            .firstUnread=${this.#firstUnread}
            .still=${view.standing === 'left'}
            .selection=${this.selection}
          ></parley-message-list>`
            : timeline?.items.length === 0
              ? this.#blank(view)
              : nothing
      }
      <div class="foot-line">
        <p class="typing" dir="auto">
          ${view.typing.length > 0 && !view.blocked ? t.typing(listNames(view.typing.map((name) => shownName(name, t.someone))), view.typing.length) : nothing}
        </p>
        ${this.narrow ? statusPill(this.connection, () => ask(this, 'open-sheet', { kind: 'connection' })) : nothing}
      </div>
      ${
        view.blocked
          ? nothing
          : this.selection
            ? html`<parley-selection-bar .conversation=${view.id} .messages=${this.#selected} .mayWrite=${mayWrite(view)}></parley-selection-bar>`
            : view.standing === 'left'
              ? html`<p class="left soft">${t.leftBanner}</p>`
              : view.standing === 'asking'
                ? html`<p class="left soft">${t.askingFoot(shownName(view.title, t.someone))}</p>`
                : !mayWrite(view)
                  ? html`<p class="left soft">${t.onlyRead(view.policy.post)}</p>`
                  : html`<parley-composer
            .context=${this.context}
            .draft=${view.draft ?? ''}
            .problem=${this.problem}
            .enterSends=${this.choices.enterSends ?? !matchMedia('(pointer: coarse)').matches}
            .people=${view.members}
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
            .mayReact=${view.standing !== 'left' && view.standing !== 'asking'}
          ></parley-message-menu>`
          : nothing
      }
    `
  }

  #blank(view: ConversationView) {
    const name = shownName(view.title, t.someone)
    return html`<div class="blank" role="log" aria-live="off" aria-label=${t.messages}>
      <p class="display soft">${view.kind === 'group' ? t.emptyGroup : view.standing === 'inviting' ? t.nobodyYet : t.emptyConversation(name)}</p>
    </div>`
  }

  #hidden(view: ConversationView) {
    const { peer } = view
    const name = shownName(view.title, t.someone)
    return html`<div class="blank">
      <p>${t.blockedText(name)}</p>
      ${
        peer === undefined
          ? nothing
          : html`<button class="button" type="button" @click=${() => ask(this, 'set-blocked', { person: peer, blocked: false })}>
            ${t.unblock(name)}
          </button>`
      }
    </div>`
  }

  #gone() {
    return html`<div class="blank">
      <p>${t.goneConversation}</p>
      <button class="button" @click=${() => ask(this, 'close-conversation')}>${t.back}</button>
    </div>`
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
    const view = this.#view.value
    if (view && !this.#isSized) {
      this.#isSized = true
      this.#window.size(view.unread, this.#firstUnread)
    }
    const composer = this.#composer
    if (composer && this.#wantsFocus) {
      this.#wantsFocus = false
      void composer.updateComplete.then(() => composer.focus())
    }
    if (view && view.pins.length > 0) void import('./pinned-bar.ts')
    this.#announce()
    if (this.#window.goal !== undefined) void this.#jump(this.#window.goal)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    const unsaved = this.#composer?.unsavedDraft
    if (unsaved !== undefined) quietly(this.#commands?.saveDraft(this.conversation, unsaved))
  }

  /** Puts the cursor where one writes, as soon as there is such a place. */
  override focus(): void {
    this.#wantsFocus = true
    this.requestUpdate()
  }

  /** The parts that F6 goes through. */
  get panes(): readonly HTMLElement[] {
    return [this.#list, this.#composer].filter((pane) => pane !== null)
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

  #message(id: EventId): MessageView | undefined {
    return this.#window.view?.items.find((item): item is MessageView => item.kind === 'message' && item.id === id)
  }

  #openPeople(): void {
    ask(this, 'open-sheet', { kind: 'people', conversation: this.conversation })
  }

  async #send({ text, replyTo, edits }: Questions['send-message']): Promise<void> {
    const commands = this.#commands
    if (!commands) return
    const { conversation, context } = this
    this.problem = undefined
    this.#setContext(undefined)
    const { undoSeconds } = this.choices
    // Whoever is not in yet has text that waits anyway.
    const waits = undoSeconds > 0 && this.#view.value?.standing === 'member'
    const done = await settle(
      edits !== undefined
        ? commands.editMessage(conversation, edits, text)
        : waits
          ? commands.sendLater(conversation, text, { kind: 'at', at: Date.now() + undoSeconds * 1_000 }, replyTo)
          : commands.sendMessage(conversation, text, replyTo),
    )
    // The saved draft went in the same commit.
    if (done.ok || this.conversation !== conversation) return
    this.problem = done.error.here
    this.#setContext(context)
    await this.updateComplete
    if (edits === undefined) this.#composer?.restore(text)
  }

  #setContext(context: ComposerContext | undefined): void {
    this.context = context
    if (!context) this.#composer?.focus()
  }

  #contextOf(kind: 'reply' | 'edit', message: MessageView): ComposerContext {
    return {
      kind,
      message: message.id,
      author: message.author.isMe ? t.you : shownName(message.author.name, t.someone),
      text: message.text,
    }
  }

  #editLast(): void {
    const last = this.#window.view?.items.findLast(
      (item) => item.kind === 'message' && item.author.isMe && !item.deleted && !item.poll && !item.later,
    )
    if (last?.kind === 'message') this.#setContext(this.#contextOf('edit', last))
  }

  async #act({ action, message: id }: Questions['message-action']): Promise<void> {
    const message = this.#message(id)
    if (!message) return
    const { conversation } = this
    switch (action) {
      case 'reply':
      case 'edit':
        this.#setContext(this.#contextOf(action, message))
        break
      case 'copy':
        await navigator.clipboard?.writeText(message.text).catch(() => undefined)
        ask(this, 'announce', t.copied)
        break
      case 'forward':
        ask(this, 'open-sheet', { kind: 'forward', texts: [message.text] })
        break
      case 'select':
        return this.#select(id)
      case 'send-now':
        return this.#tell(message.later && this.#commands?.sendNow(conversation, message.later.n))
      case 'take-back':
        return this.#takeBack(message)
      case 'pin':
      case 'unpin':
        return this.#tell(this.#commands?.setPinned(conversation, id, action === 'pin'))
      case 'star':
      case 'unstar':
        return this.#tell(this.#commands?.setStarred(conversation, id, action === 'star'))
      case 'details':
        ask(this, 'open-sheet', { kind: 'details', conversation, message: id })
        break
      case 'delete':
        ask(this, 'open-sheet', { kind: 'delete', conversation, messages: [id] })
    }
  }

  // What has not gone out comes back to where it was typed.
  async #takeBack({ later, text }: MessageView): Promise<void> {
    if (!later) return
    await this.#tell(this.#commands?.takeBack(this.conversation, later.n))
    if (this.problem !== undefined) return
    await this.updateComplete
    this.#composer?.restore(text)
    this.#composer?.focus()
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

  async #tell(asked: Promise<Result<void, CommandProblem>> | undefined): Promise<void> {
    if (!asked) return
    const done = await settle(asked)
    this.problem = done.ok ? undefined : done.error.here
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
    const mark = readMark(this.#window.view?.items ?? [], seen, this.#read)
    if (mark === undefined) return
    this.#read = mark
    quietly(this.#commands?.markRead(this.conversation, mark))
  }

  #announce(): void {
    const items = this.#window.view?.items
    if (!items || !this.#view.value || (items.length > 0 && !this.#list)) return
    this.#isOpen = true
    for (const item of this.#newcomers(items)) {
      this.#noteAbsence(item)
      if (item.kind === 'notice') ask(this, 'announce', noticeWords(item))
      else if (!item.author.isMe && !item.deleted) ask(this, 'announce', t.announced(shownName(item.author.name, t.someone), item.text))
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
