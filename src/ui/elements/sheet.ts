// <parley-sheet>: a native modal dialog with a heading and a close button; on a phone it rises from below. Opens when it is put into
// the page, closes by Esc, by the button and by a click beside it, then gives the focus back and asks `close-sheet`.
import { css, html, LitElement, type PropertyValues } from 'lit'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { base, buttons } from '../styles/shared.ts'
import { icon } from './icons.ts'

export class ParleySheet extends LitElement {
  static override properties = { heading: {} }
  declare heading: string
  #opener: Element | null = null

  constructor() {
    super()
    this.heading = ''
  }

  static override styles = [
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
      h2 {
        font-size: var(--text-xl);
        overflow-wrap: anywhere;
      }
      .body {
        display: grid;
        gap: var(--space-4);
        padding: var(--space-2) var(--space-5) var(--space-5);
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

  override render() {
    return html`<dialog aria-labelledby="heading" @close=${this.#closed} @mousedown=${this.#pressed}>
      <header>
        <h2 id="heading" class="display"><bdi>${this.heading}</bdi></h2>
        <button class="icon-button" type="button" aria-label=${t.close} @click=${() => this.close()}>${icon('x')}</button>
      </header>
      <div class="body"><slot></slot></div>
    </dialog>`
  }

  override firstUpdated(_changed: PropertyValues): void {
    this.#opener = deepActiveElement()
    this.#dialog.showModal()
    // The close button is first in order; a sheet's own field or main action is the better place to begin.
    const wanted = this.querySelector<HTMLElement>('[autofocus]')
    wanted?.focus()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#giveBack()
  }

  close(): void {
    this.#dialog.close()
  }

  get #dialog(): HTMLDialogElement {
    const dialog = this.renderRoot.querySelector('dialog')
    if (!dialog) throw new Error('the sheet has not rendered')
    return dialog
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
export const deepActiveElement = (): Element | null => {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return active
}

customElements.define('parley-sheet', ParleySheet)
