// <parley-composer>: where a message is written. Clears at once when it asks `send-message`; whoever fails to send calls `restore`.
// Enter sends with a keyboard and breaks on touch; input methods are left alone (isComposing, keyCode 229).
import { css, html, LitElement, nothing, type PropertyValues } from 'lit'
import type { EventId } from '../../core/ids.ts'
import { icon } from '../elements/icons.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { plainText } from './plain.ts'
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

export class ParleyComposer extends LitElement {
  static override properties = { context: { attribute: false }, draft: {}, problem: {}, enterSends: { type: Boolean } }
  declare context: ComposerContext | undefined
  /** The saved draft; taken once, when it first comes. */
  declare draft: string | undefined
  declare problem: string | undefined
  declare enterSends: boolean
  #aside = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #lastTyping = -Infinity
  #hasDraft = false

  constructor() {
    super()
    this.enterSends = true
  }

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        padding: var(--space-2) var(--space-4) max(var(--space-3), env(safe-area-inset-bottom));
      }
      form {
        display: grid;
        max-inline-size: 48rem;
        margin-inline: auto;
        border: 1px solid var(--line);
        border-radius: 1.5rem;
        background: var(--surface);
        box-shadow: var(--raised);
        transition: border-color var(--quick) var(--ease);
      }
      form:has(textarea:focus-visible) {
        border-color: var(--edge);
        box-shadow: 0 0 0 1px var(--edge);
      }
      .write {
        display: flex;
        align-items: flex-end;
        gap: var(--space-2);
        padding: var(--space-1);
        padding-inline-start: var(--space-4);
      }
      textarea {
        flex: 1;
        min-inline-size: 0;
        max-block-size: 40vh;
        padding: 0.5rem 0;
        border: 0;
        outline: 0;
        background: none;
        color: inherit;
        font: 1rem / 1.5 var(--sans);
        resize: none;
        overscroll-behavior: contain;
      }
      textarea:focus-visible {
        outline: 0;
      }
      @media (forced-colors: active) {
        form:has(textarea:focus-visible) {
          outline: 2px solid Highlight;
        }
      }
      textarea::placeholder {
        color: var(--ink-soft);
        opacity: 1;
      }
      .send {
        display: inline-grid;
        place-items: center;
        flex: none;
        inline-size: max(2.5rem, var(--target));
        block-size: max(2.5rem, var(--target));
        padding: 0;
        border-radius: 50%;
        background: var(--accent);
        color: var(--on-accent);
        transition: background var(--quick) var(--ease);
      }
      .send:hover {
        background: var(--accent-hover);
      }
      .context {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        margin: var(--space-2) var(--space-2) 0 var(--space-3);
        padding-inline-start: var(--space-3);
        border-inline-start: 3px solid var(--accent);
        font-size: var(--text-s);
      }
      .context div {
        flex: 1;
        min-inline-size: 0;
      }
      .context strong {
        color: var(--accent-ink);
        font-weight: 600;
      }
      .context p {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        color: var(--ink-soft);
      }
      .problem {
        max-inline-size: 48rem;
        margin: 0 auto var(--space-2);
        padding-inline: var(--space-4);
      }
    `,
  ]

  override render() {
    const { context } = this
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
        <div class="write">
          <textarea
            rows="1"
            dir="auto"
            aria-label=${t.message}
            placeholder=${t.message}
            enterkeyhint=${this.enterSends ? 'send' : 'enter'}
            autocomplete="off"
            @input=${this.#input}
            @keydown=${this.#key}
            @blur=${this.#flush}
          ></textarea>
          <button class="send" aria-label=${t.send} @pointerdown=${(event: Event) => event.preventDefault()}>
            ${icon(context?.kind === 'edit' ? 'check' : 'arrowUp')}
          </button>
        </div>
      </form>
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
  get unsavedDraft(): string | undefined {
    return this.#timer === undefined ? undefined : this.#draftText
  }

  get #draftText(): string {
    return this.context?.kind === 'edit' ? this.#aside : this.#field.value
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
    }
    if (this.context) this.focus()
  }

  #set(text: string): void {
    this.#field.value = text
    this.#grow()
  }

  #grow(): void {
    const field = this.#field
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight}px`
  }

  #input(): void {
    this.#grow()
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
    ask(this, 'draft-changed', this.#draftText)
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229) return
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey && (this.enterSends || event.ctrlKey || event.metaKey))
      this.#submit(event)
    else if (event.key === 'Escape' && this.context) {
      event.stopPropagation()
      ask(this, 'cancel-context')
    } else if (event.key === 'ArrowUp' && this.#field.value === '' && !this.context) {
      event.preventDefault()
      ask(this, 'edit-last')
    }
  }

  #submit(event: Event): void {
    event.preventDefault()
    const text = this.#field.value.trim()
    if (text === '') return
    const { context } = this
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#lastTyping = -Infinity
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
