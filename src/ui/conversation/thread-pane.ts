// <parley-thread>: the replies to one message, beside its conversation, or over it where there is no room. The same timeline and the same
// composer with a draft of its own. What one reads here is read in the conversation when one gets there: both stand in one order, and there is
// one mark of how far it was read (src/decisions/0028).
import { ContextConsumer } from '@lit/context'
import { css, html, LitElement, nothing } from 'lit'
import type { EventRef } from '../../core/event/event.ts'
import type { EventId } from '../../core/ids.ts'
import type { ConversationView, MessageView, ThreadView, TimelineItem } from '../../ports/queries.ts'
import type { Choices } from '../choices.ts'
import { depsContext } from '../context.ts'
import { icon } from '../elements/icons.ts'
import { ask, type Ask, type Questions } from '../events.ts'
import { LiveQuery } from '../live-query.ts'
import { t } from '../locales/index.ts'
import { mayDeleteHere, mayPinHere, mayWrite, nameable } from '../people/rights.ts'
import { quietly } from '../settle.ts'
import { base, buttons } from '../styles/shared.ts'
import { actOn } from './act-on.ts'
import type { ParleyComposer } from './composer.ts'
import type { ParleyMessageList } from './message-list.ts'
import { deletedWords } from './message.ts'
import { plainText } from './plain.ts'
import { createWriting } from './writing.ts'
import '../locales/later.ts'
import './composer.ts'
import './message-list.ts'
import './message-menu.ts'

/** Replies loaded at first, and added at each step upwards. */
const pageSize = 100

export class ParleyThread extends LitElement {
  static override properties = {
    view: { attribute: false },
    root: { attribute: false },
    choices: { attribute: false },
    covers: { type: Boolean, reflect: true },
    reached: { type: Number },
    menu: { state: true },
    limit: { state: true },
  }
  declare view: ConversationView
  declare root: EventRef
  declare choices: Pick<Choices, 'enterSends' | 'tone' | 'undoSeconds'>
  /** It lies over the conversation. */
  declare covers: boolean
  /** Since when somebody else of the conversation is connected: milliseconds since 1970. */
  declare reached: number | undefined
  declare menu: Questions['open-menu'] | undefined
  declare limit: number
  #deps = new ContextConsumer(this, { context: depsContext })
  #thread = new LiveQuery<ThreadView | undefined>(
    this,
    () => this.root.id,
    () => this.#deps.value?.queries.thread(this.view.id, this.root, this.limit),
    () => this.limit,
  )
  #isFocused = false
  #writing = createWriting(() => ({
    conversation: this.view.id,
    threadRoot: this.root.id,
    commands: this.#commands,
    composer: this.#composer,
    undoSeconds: this.choices.undoSeconds,
    changed: () => this.#redraw(),
  }))

  constructor() {
    super()
    this.limit = pageSize
    // What is answered here goes no further: the conversation around it would take it for its own.
    const on = <K extends keyof Questions>(type: K, answer: (detail: Questions[K]) => unknown): void =>
      this.addEventListener(type, (event) => {
        if (event.composedPath()[0] === this) return
        event.stopPropagation()
        void answer((event as Ask<K>).detail)
      })
    on('send-message', (message) => this.#writing.send(message))
    on('draft-changed', (draft) => this.#save(draft))
    on('edit-last', () => this.#writing.editLast(this.#items))
    on('cancel-context', () => this.#writing.turnTo())
    on('choose-time', (wish) => ask(this, 'choose-time', { ...wish, thread: this.root.id }))
    on('open-menu', (menu) => (this.menu = menu))
    on('close-menu', () => (this.menu = undefined))
    on('message-action', ({ action, message: id }) => {
      const message = this.#message(id)
      if (message) void actOn({ from: this, conversation: this.view.id, commands: this.#commands, writing: this.#writing }, action, message)
    })
    on('jump-to', (id) => this.#list?.jumpTo(id) === true || ask(this, 'jump-to', id))
    on('load-older', () => (this.limit += pageSize))
    for (const type of ['load-newer', 'to-newest', 'trim-older', 'seen', 'select', 'end-selection'] as const) on(type, () => undefined)
    this.addEventListener('keydown', this.#key)
  }

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
        min-inline-size: 0;
        min-block-size: 0;
        border-inline-start: 1px solid var(--line);
        background: var(--canvas);
      }
      :host([covers]) {
        border: 0;
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-block-size: 4.25rem;
        padding: var(--space-2) var(--space-4);
        border-block-end: 1px solid var(--line);
      }
      header div {
        flex: 1;
        min-inline-size: 0;
      }
      h2 {
        font-size: var(--text-l);
      }
      header p {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .rest {
        display: grid;
        place-content: center;
        padding: var(--space-5);
        text-align: center;
      }
      .foot {
        padding: var(--space-4);
        text-align: center;
      }
    `,
  ]

  override render() {
    const { view } = this
    const thread = this.#thread.value
    if (!thread) return nothing
    const { root, isHere } = thread
    const items = this.#items
    const canWrite = mayWrite(view) && isHere
    return html`
      <header>
        ${this.covers ? this.#close('arrowLeft') : nothing}
        <div>
          <h2 class="display" id="title">${t.thread}</h2>
          <p class="soft small" dir="auto">${root ? plainText(root.deleted ? deletedWords(root) : root.text) : t.threadWithout}</p>
        </div>
        ${this.covers ? nothing : this.#close('x')}
      </header>
      ${
        items.length === 0
          ? html`<p class="rest soft">${t.threadEmpty}</p>`
          : html`<parley-message-list
            .items=${items}
            .more=${thread.count > this.limit}
            .kind=${view.kind}
            .still=${view.standing === 'left'}
            .mayVote=${canWrite}
            .inThread=${true}
            .reached=${this.reached}
          ></parley-message-list>`
      }
      ${
        canWrite
          ? html`<parley-composer
            .context=${this.#writing.context}
            .draft=${thread.draft}
            .problem=${this.#writing.problem}
            .enterSends=${this.choices.enterSends ?? !matchMedia('(pointer: coarse)').matches}
            .people=${nameable(view)}
            .me=${view.members.find((member) => member.isMe)?.name ?? ''}
            .tone=${this.choices.tone}
            .inThread=${true}
          ></parley-composer>`
          : html`<p class="foot soft small">${isHere ? t.onlyRead(view.policy.post) : t.threadCut}</p>`
      }
      ${
        this.menu
          ? html`<parley-message-menu
            .message=${this.#message(this.menu.message)}
            .x=${this.menu.x}
            .y=${this.menu.y}
            .react=${this.menu.react ?? false}
            .mayWrite=${canWrite}
            .mayPin=${mayPinHere(view)}
            .mayDelete=${mayDeleteHere(view)}
            .mayReact=${view.standing !== 'left'}
            .reached=${this.reached}
            .inThread=${true}
          ></parley-message-menu>`
          : nothing
      }
    `
  }

  #close(name: 'arrowLeft' | 'x') {
    return html`<button class="icon-button" type="button" aria-label=${t.closeThread} @click=${() => ask(this, 'close-thread')}>
      ${icon(name)}
    </button>`
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.setAttribute('role', 'complementary')
    this.setAttribute('aria-label', t.thread)
  }

  // Whoever opens a thread is in it, and writes.
  override updated(): void {
    if (this.#isFocused || !this.#thread.value) return
    this.#isFocused = true
    const { draftReply } = this.#thread.value
    if (draftReply) this.#writing.resume(draftReply)
    void this.updateComplete.then(() => (this.#composer ?? this.renderRoot.querySelector<HTMLElement>('header button'))?.focus())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    const unsaved = this.#composer?.unsavedDraft
    if (unsaved !== undefined) this.#save(unsaved)
  }

  /** The parts that F6 goes through. */
  get panes(): readonly HTMLElement[] {
    return [this.#list, this.#composer].filter((pane) => pane !== null)
  }

  get #items(): readonly TimelineItem[] {
    const thread = this.#thread.value
    if (!thread) return []
    return thread.root && thread.count <= this.limit ? [thread.root, ...thread.items] : thread.items
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
    return this.#items.find((item): item is MessageView => item.kind === 'message' && item.id === id)
  }

  #save({ text, replyTo }: Questions['draft-changed']): void {
    quietly(this.#commands?.saveDraft(this.view.id, text, replyTo, this.root.id))
  }

  #redraw(): Promise<unknown> {
    this.requestUpdate()
    return this.updateComplete
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || this.menu) return
    event.stopPropagation()
    ask(this, 'close-thread')
  }
}

customElements.define('parley-thread', ParleyThread)
