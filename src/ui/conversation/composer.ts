// <parley-composer>: where a message is written. Clears at once when it asks `send-message`; whoever fails to send calls `restore`.
// Enter sends with a keyboard and breaks on touch; input methods are left alone (isComposing, keyCode 229).
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { EventId } from '../../core/ids.ts'
import type { TemplateView } from '../../ports/queries.ts'
import { bringMenu } from '../elements/bring-menu.ts'
import { icon } from '../elements/icons.ts'
import { lineStart } from '../elements/line-start.ts'
import { ask, type Ask, type Questions } from '../events.ts'
import { t } from '../locales/index.ts'
import { composerStyles } from './composer-styles.ts'
import { markOf, withMark } from './formatting.ts'
import { plainText } from './plain.ts'
import { slashed, type Slashed } from './slash.ts'
import type { Nameable, Suggestions } from './suggestions.ts'
import { typedWord } from './typed-word.ts'
import { base, buttons } from '../styles/shared.ts'

/** What the message is about: an answer to one, or a new wording of one's own. */
export interface ComposerContext {
  readonly kind: 'reply' | 'edit'
  readonly message: EventId
  readonly author: string
  readonly text: string
}

/** Milliseconds of rest after which a draft is saved. */
const draftPauseMs = 350
/** Others hear at most this often (milliseconds) that one is typing. */
const typingEveryMs = 3_000

const keepFocus = (event: Event): void => event.preventDefault()

export class ParleyComposer extends LitElement {
  static override properties = {
    context: { attribute: false },
    draft: {},
    problem: {},
    enterSends: { type: Boolean },
    people: { attribute: false },
    me: {},
    templates: { attribute: false },
    tone: { type: Number },
    inThread: { type: Boolean },
    hasText: { state: true },
    menu: { state: true },
  }
  declare context: ComposerContext | undefined
  /** The saved draft; taken once, when it first comes. */
  declare draft: string | undefined
  declare problem: string | undefined
  declare enterSends: boolean
  /** Who can be named by an at sign. */
  declare people: readonly Nameable[]
  /** What whoever writes is called here. */
  declare me: string
  /** Own texts that a slash finds. */
  declare templates: readonly TemplateView[]
  /** The skin tone of pictures that are written by their names. */
  declare tone: number
  /** It stands in a thread, where only texts are written. */
  declare inThread: boolean
  declare hasText: boolean
  /** Where what can be sent beside a text is offered. */
  declare menu: { readonly x: number; readonly y: number } | undefined
  #suggestions: Suggestions | undefined
  #aside = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #lastTyping = -Infinity
  #hasDraft = false

  constructor() {
    super()
    this.enterSends = true
    this.people = []
    this.me = ''
    this.templates = []
    this.tone = 0
    this.inThread = false
    this.hasText = false
    this.addEventListener('close-menu', (event) => {
      event.stopPropagation()
      this.menu = undefined
    })
    this.addEventListener('attach', (event) => {
      if ((event as Ask<'attach'>).detail !== 'templates') return
      event.stopPropagation()
      this.#pickTemplate()
    })
  }

  static override styles = [base, buttons, composerStyles]

  override render() {
    const { context } = this
    const active = this.#suggestions?.active
    return html`
      ${this.problem === undefined ? nothing : html`<p class="problem" role="alert">${icon('alert')} ${t.notSent} ${this.problem}</p>`}
      <form @submit=${this.#submit}>
        ${
          context
            ? html`<div class="context">
              <div>
                <strong><bdi>${context.kind === 'edit' ? t.editing : t.replyingTo(context.author)}</bdi></strong>
                <p dir="auto">${plainText(context.text)}</p>
              </div>
              <button class="icon-button" type="button" aria-label=${t.cancel} @click=${() => ask(this, 'cancel-context')}>${icon('x')}</button>
            </div>`
            : nothing
        }
        ${this.#suggestions?.list() ?? nothing}
        <div class="write">
          <button class="icon-button" type="button" aria-label=${t.emoji} @pointerdown=${keepFocus} @click=${this.#pickEmoji}>
            ${icon('smile')}
          </button>
          <textarea
            rows="1"
            dir="auto"
            aria-label=${t.message}
            placeholder=${t.message}
            enterkeyhint=${this.enterSends ? 'send' : 'enter'}
            autocomplete="off"
            aria-autocomplete="list"
            aria-controls=${active === undefined ? nothing : 'suggestions'}
            aria-activedescendant=${active ?? nothing}
            @input=${this.#input}
            @keydown=${this.#key}
            @blur=${this.#left}
          ></textarea>
          ${
            this.hasText && context?.kind !== 'edit'
              ? html`<button class="icon-button" type="button" aria-label=${t.sendLater} @pointerdown=${keepFocus} @click=${this.#chooseTime}>
                ${icon('clock')}
              </button>`
              : context || this.inThread
                ? nothing
                : html`<button class="icon-button" type="button" aria-label=${t.attach} aria-haspopup="menu" @click=${this.#attach}>
                  ${icon('plus')}
                </button>`
          }
          <button class="send" aria-label=${t.send} @pointerdown=${keepFocus}>
            ${icon(context?.kind === 'edit' ? 'check' : 'arrowUp')}
          </button>
        </div>
      </form>
      ${this.menu ? html`<parley-attach-menu .x=${this.menu.x} .y=${this.menu.y}></parley-attach-menu>` : nothing}
    `
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('draft') && !this.#hasDraft && this.draft !== undefined) {
      this.#hasDraft = true
      if (this.#field.value === '') this.#set(this.draft)
    }
    if (changed.has('context')) this.#contextChanged(changed.get('context'))
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('pagehide', this.#flush)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('pagehide', this.#flush)
  }

  /** A draft that has not been asked to be saved yet; the owner of a composer that goes away saves it. */
  get unsavedDraft(): Questions['draft-changed'] | undefined {
    return this.#timer === undefined ? undefined : this.#draft
  }

  get #draft(): Questions['draft-changed'] {
    if (this.context?.kind === 'edit') return { text: this.#aside }
    return { text: this.#field.value, ...(this.context && { replyTo: this.context.message }) }
  }

  /** Brings back a text that could not be sent, before whatever has been typed since. */
  restore(text: string): void {
    const typed = this.#field.value
    this.#set(typed === '' ? text : `${text}\n${typed}`)
    this.#saveSoon()
  }

  override focus(): void {
    this.renderRoot.querySelector('textarea')?.focus()
  }

  get text(): string {
    return this.#field.value
  }

  get #field(): HTMLTextAreaElement {
    const field = this.renderRoot.querySelector('textarea')
    if (!field) throw new Error('the composer has not rendered')
    return field
  }

  // An edit borrows the field: what stood there comes back afterwards.
  #contextChanged(before: ComposerContext | undefined): void {
    const isEdit = this.context?.kind === 'edit'
    if (isEdit && before?.kind !== 'edit') this.#aside = this.#field.value
    if (isEdit) this.#set(this.context?.text ?? '')
    else if (before?.kind === 'edit') {
      this.#set(this.#aside)
      this.#aside = ''
    } else if (this.#field.value !== '') this.#saveSoon()
    if (this.context) this.focus()
  }

  #set(text: string): void {
    this.#field.value = text
    this.#grow()
  }

  #grow(): void {
    const field = this.#field
    this.hasText = field.value.trim() !== ''
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight}px`
  }

  #input(): void {
    this.#grow()
    void this.#suggest()
    if (this.context?.kind === 'edit') return
    this.#saveSoon()
    const now = performance.now()
    if (this.#field.value.trim() === '' || now - this.#lastTyping < typingEveryMs) return
    this.#lastTyping = now
    ask(this, 'typing')
  }

  #saveSoon(): void {
    this.#hasDraft = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#flush(), draftPauseMs)
  }

  // Also on blur: leaving the field is when a draft is most easily lost.
  #flush = (): void => {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    ask(this, 'draft-changed', this.#draft)
  }

  // Brought by the first word that something can be offered for.
  async #suggest(): Promise<void> {
    const word = typedWord(this.#field.value, this.#field.selectionEnd)
    if (word && !this.#suggestions) {
      const { createSuggestions } = await import('./suggestions.ts')
      this.#suggestions ??= createSuggestions({
        root: this.renderRoot as ShadowRoot,
        changed: () => this.requestUpdate(),
        take: ({ from, to }, text) => this.#insert(text, from, to),
        attach: (what) => ask(this, 'attach', what),
      })
      return this.#suggest()
    }
    await this.#suggestions?.typed(word, this)
  }

  #insert(text: string, from: number, to: number): void {
    this.#field.setRangeText(text, from, to, 'end')
    this.#input()
  }

  // The cursor goes to the field first, so that it comes back there.
  #pickEmoji(): void {
    const { selectionStart, selectionEnd } = this.#field
    this.#field.focus()
    ask(this, 'open-sheet', { kind: 'emoji', heading: t.emoji, chosen: (emoji) => this.#insert(emoji, selectionStart, selectionEnd) })
  }

  #attach(event: MouseEvent): void {
    const button = event.currentTarget as HTMLElement
    this.menu = { x: lineStart(button), y: button.getBoundingClientRect().top }
    bringMenu(
      () => import('./attach-menu.ts'),
      () => (this.menu = undefined),
    )
  }

  #pickTemplate(): void {
    const { selectionStart, selectionEnd, value } = this.#field
    this.#field.focus()
    ask(this, 'open-sheet', { kind: 'templates', typed: value, chosen: (text) => this.#insert(text, selectionStart, selectionEnd) })
  }

  #chooseTime(): void {
    const text = this.#field.value.trim()
    const { context } = this
    this.#field.focus()
    ask(this, 'choose-time', {
      text,
      ...(context?.kind === 'reply' ? { replyTo: context.message } : {}),
      sent: () => {
        this.#set('')
        this.#dropDraft()
        ask(this, 'cancel-context')
      },
    })
  }

  #dropDraft(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #left(): void {
    void this.#suggestions?.typed(undefined, this)
    this.#flush()
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229) return
    const mark = (event.ctrlKey || event.metaKey) && !event.altKey ? markOf(event) : undefined
    if (this.#suggestions?.key(event) === true) {
      event.preventDefault()
      event.stopPropagation()
    } else if (mark !== undefined) {
      event.preventDefault()
      this.#mark(mark)
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey && (this.enterSends || event.ctrlKey || event.metaKey))
      this.#submit(event)
    else if (event.key === 'Escape' && this.context) {
      event.stopPropagation()
      ask(this, 'cancel-context')
    } else if (event.key === 'ArrowUp' && this.#field.value === '' && !this.context) {
      event.preventDefault()
      ask(this, 'edit-last')
    }
  }

  #mark(mark: string): void {
    const { selectionStart, selectionEnd, value } = this.#field
    const { text, from, to, start, end } = withMark(value, selectionStart, selectionEnd, mark)
    this.#insert(text, from, to)
    this.#field.setSelectionRange(start, end)
  }

  #submit(event: Event): void {
    event.preventDefault()
    const typed = this.#field.value.trim()
    if (typed === '') return
    const { context } = this
    const meant: Slashed = context?.kind === 'edit' ? { kind: 'say', text: typed } : slashed(typed, this.me)
    if (meant.kind === 'attach' && !this.inThread) {
      this.#set('')
      this.#saveSoon()
      return ask(this, 'attach', meant.what)
    }
    const text = meant.kind === 'say' ? meant.text : typed
    this.#dropDraft()
    this.#lastTyping = -Infinity
    void this.#suggestions?.typed(undefined, this)
    if (context?.kind !== 'edit') this.#set('')
    ask(this, 'send-message', {
      text,
      ...(context?.kind === 'reply' ? { replyTo: context.message } : {}),
      ...(context?.kind === 'edit' ? { edits: context.message } : {}),
    })
    this.focus()
  }
}

customElements.define('parley-composer', ParleyComposer)
