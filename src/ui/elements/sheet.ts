// What every sheet is: a native modal dialog with a heading and a close button; on a phone it rises from below. Opens when there is
// something to show, closes by Esc, by the button and by a click beside it, then gives the focus back and asks `close-sheet`.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'
import { base, buttons, row } from '../styles/shared.ts'
import { icon } from './icons.ts'

/** The styles that a sheet's own come after. */
export const sheetStyles = [
  base,
  buttons,
  row,
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
      /* What is gone to is not to lie under the heading. */
      scroll-padding-block-start: 4rem;
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
      padding-block: var(--space-4) var(--space-2);
      padding-inline: var(--space-5) var(--space-4);
      background: var(--surface);
    }
    /* What goes under the heading fades out, and is not cut through. */
    header::after {
      content: '';
      position: absolute;
      inset-block-start: 100%;
      inset-inline: 0;
      block-size: var(--space-2);
      background: linear-gradient(var(--surface), transparent);
      pointer-events: none;
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
    /* The letters that tell people of one name apart. */
    .tag {
      margin-inline-start: var(--space-1);
      color: var(--ink-soft);
      font: var(--text-xs) var(--mono);
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
      header .back {
        margin-inline: 0;
      }
      dialog {
        border: 1px solid CanvasText;
      }
    }
  `,
]

export abstract class SheetElement extends LitElement {
  #opener: Element | null = null
  #shown: HTMLDialogElement | null = null
  /** What had the focus last. */
  #focused: HTMLElement | undefined

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
    return html`<dialog aria-labelledby="heading" @close=${this.#closed} @mousedown=${this.#pressed} @focusin=${this.#focusIn}>
      <header>
        ${
          cameFrom
            ? html`<button class="icon-button back" type="button" aria-label=${t.stepBack} @click=${() => ask(this, 'open-sheet', cameFrom)}>
              ${icon('arrowLeft')}
            </button>`
            : nothing
        }
        <h2 id="heading" class="display" tabindex="-1">${this.heading}</h2>
        <button class="icon-button" type="button" aria-label=${t.close} @click=${() => this.close()}>${icon('x')}</button>
      </header>
      <div class="body">${body}</div>
    </dialog>`
  }

  override updated(): void {
    const dialog = this.#dialog
    // An update may come late: after the sheet was closed, but before it is told so, or after it was replaced.
    if (!dialog || !this.isConnected) return
    if (dialog === this.#shown) return this.#keepFocus(dialog)
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

  // What had the focus may have gone with what it did, or could not be pressed for a while: whoever goes by keyboard, or listens, is still in
  // the sheet. Whoever pressed beside it has let go of the focus.
  #keepFocus(dialog: HTMLDialogElement): void {
    if (!dialog.open || !this.#focused || document.activeElement !== document.body) return
    const isThere = this.#focused.isConnected && !this.#focused.matches(':disabled')
    const goal = isThere ? this.#focused : this.renderRoot.querySelector<HTMLElement>('#heading')
    goal?.focus({ preventScroll: true })
  }

  #closed(): void {
    this.#giveBack()
    ask(this, 'close-sheet')
  }

  #giveBack(): void {
    const opener = this.#opener
    this.#opener = null
    // Told late: whoever has gone on to something else by then stays there.
    if (document.activeElement !== document.body) return
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
  }

  #focusIn(event: FocusEvent): void {
    this.#focused = event.target as HTMLElement
  }

  #pressed(event: MouseEvent): void {
    this.#focused = undefined
    if (event.target === this.#dialog) this.close()
  }
}

/** The element that has the focus, through shadow roots. */
export function deepActiveElement(): Element | null {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return active
}
