// What every sheet is: a native modal dialog with a heading and a close button; on a phone it rises from below. Opens when there is
// something to show, closes by Esc, by the button and by a click beside it, then gives the focus back and asks `close-sheet`.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'
import { base, buttons } from '../styles/shared.ts'
import { icon } from './icons.ts'

/** The styles that a sheet's own come after. */
export const sheetStyles = [
  base,
  buttons,
  css`
    dialog {
      inline-size: min(28rem, 100vw - 2rem);
      max-inline-size: none;
      max-block-size: min(44rem, 100dvh - 2rem);
      padding: 0;
      border: 0;
      border-radius: var(--radius-l);
      background: var(--surface);
      color: var(--ink);
      box-shadow: var(--floating);
      overflow: hidden auto;
      overscroll-behavior: contain;
    }
    dialog[open] {
      animation: rise var(--calm) var(--ease);
    }
    dialog::backdrop {
      background: var(--veil);
    }
    header {
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: var(--space-3);
      padding: var(--space-4) var(--space-4) var(--space-2) var(--space-5);
      background: var(--surface);
    }
    header .back {
      margin-inline: calc(-1 * var(--space-3)) calc(-1 * var(--space-2));
    }
    header h2 {
      flex: 1;
      font-size: var(--text-xl);
      overflow-wrap: anywhere;
    }
    .body {
      display: grid;
      gap: var(--space-4);
      padding: var(--space-2) var(--space-5) var(--space-5);
    }
    form {
      display: grid;
      gap: var(--space-4);
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(0.75rem);
      }
    }
    @media (max-width: 30rem) {
      dialog {
        inline-size: 100vw;
        max-block-size: calc(100dvh - 2.5rem);
        margin-block-end: 0;
        border-end-start-radius: 0;
        border-end-end-radius: 0;
        padding-block-end: env(safe-area-inset-bottom);
      }
    }
    @media (forced-colors: active) {
      dialog {
        border: 1px solid CanvasText;
      }
    }
  `,
]

export abstract class SheetElement extends LitElement {
  #opener: Element | null = null
  #shown: HTMLDialogElement | null = null

  abstract get heading(): string
  /** The sheet that this one came from, if there is one to go back to. */
  get cameFrom(): SheetRequest | undefined {
    return undefined
  }
  /** What is in the sheet; `undefined` while there is nothing to show yet. */
  abstract body(): TemplateResult | undefined

  override render() {
    const body = this.body()
    if (!body) return nothing
    const { cameFrom } = this
    return html`<dialog aria-labelledby="heading" @close=${this.#closed} @mousedown=${this.#pressed}>
      <header>
        ${
          cameFrom
            ? html`<button class="icon-button back" type="button" aria-label=${t.stepBack} @click=${() => ask(this, 'open-sheet', cameFrom)}>
              ${icon('arrowLeft')}
            </button>`
            : nothing
        }
        <h2 id="heading" class="display"><bdi>${this.heading}</bdi></h2>
        <button class="icon-button" type="button" aria-label=${t.close} @click=${() => this.close()}>${icon('x')}</button>
      </header>
      <div class="body">${body}</div>
    </dialog>`
  }

  override updated(): void {
    const dialog = this.#dialog
    // An update may come late: after the sheet was closed, but before it is told so, or after it was replaced.
    if (!dialog || dialog === this.#shown || !this.isConnected) return
    this.#shown = dialog
    dialog.showModal()
    // The close button is first in order; a sheet's own field or main action is the better place to begin.
    this.renderRoot.querySelector<HTMLElement>('[autofocus]')?.focus()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#opener = deepActiveElement()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#giveBack()
  }

  close(): void {
    this.#dialog?.close()
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }

  #closed(): void {
    this.#giveBack()
    ask(this, 'close-sheet')
  }

  #giveBack(): void {
    const opener = this.#opener
    this.#opener = null
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
  }

  #pressed(event: MouseEvent): void {
    if (event.target === this.#dialog) this.close()
  }
}

/** The element that has the focus, through shadow roots. */
export function deepActiveElement(): Element | null {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return active
}
