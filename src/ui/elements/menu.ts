// What every menu is: a popover near the pointer (from below on a phone); arrow keys move, Esc and Tab close, and what opened it gets the
// focus back. Asks `close-menu` when it is over.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { ask } from '../events.ts'
import { base, buttons } from '../styles/shared.ts'
import { deepActiveElement } from './sheet.ts'

/** How near to the edge of the window a menu may come, in pixels. */
const edgePx = 8

/** The styles that a menu's own come after. */
export const menuStyles = [
  base,
  buttons,
  css`
    .menu {
      position: fixed;
      inset: auto;
      margin: 0;
      min-inline-size: 13rem;
      max-block-size: calc(100dvh - 1rem);
      padding: var(--space-1);
      border: 1px solid var(--line);
      border-radius: var(--radius-l);
      background: var(--surface);
      color: var(--ink);
      box-shadow: var(--floating);
      overflow: hidden auto;
      overscroll-behavior: contain;
    }
    .menu:popover-open {
      animation: arrive var(--quick) var(--ease);
    }
    [role='menuitem'] {
      display: flex;
      align-items: center;
      gap: var(--space-3);
      inline-size: 100%;
      min-block-size: max(2.25rem, var(--target));
      padding: 0 var(--space-3);
      border-radius: var(--radius-m);
      text-align: start;
    }
    [role='menuitem']:focus {
      background: var(--lifted);
    }
    @media (hover: hover) {
      [role='menuitem']:hover {
        background: var(--lifted);
      }
    }
    [role='menuitem'] .icon {
      color: var(--ink-soft);
    }
    .danger,
    .danger .icon {
      color: var(--bad) !important;
    }
    @keyframes arrive {
      from {
        opacity: 0;
        transform: scale(0.97);
      }
    }
    @media (max-width: 30rem) {
      .menu {
        inset: auto 0 0 0 !important;
        inline-size: 100vw;
        max-inline-size: none;
        padding: var(--space-3) var(--space-3) max(var(--space-4), env(safe-area-inset-bottom));
        border-end-start-radius: 0;
        border-end-end-radius: 0;
      }
    }
  `,
]

export abstract class MenuElement extends LitElement {
  static override properties = { x: { type: Number }, y: { type: Number } }
  /** Where the pointer was, in pixels of the window. */
  declare x: number
  declare y: number
  #opener: Element | null = null

  /** The menu's accessible name. */
  abstract get label(): string
  /** Its entries, each with the role `menuitem`; `undefined` when there is nothing to choose. */
  abstract entries(): TemplateResult | readonly TemplateResult[] | undefined

  override render() {
    const entries = this.entries()
    if (!entries) return nothing
    return html`<div class="menu" popover="auto" role="menu" aria-label=${this.label} @beforetoggle=${this.#closing} @toggle=${this.#toggled} @keydown=${this.#key}>
      ${entries}
    </div>`
  }

  override firstUpdated(): void {
    this.#opener = deepActiveElement()
    this.#menu?.showPopover()
    this.arrange()
  }

  close(): void {
    this.#menu?.hidePopover()
  }

  get isOpen(): boolean {
    return this.#menu?.matches(':popover-open') === true
  }

  /** Puts the menu where it fits and the focus on one of its entries; again when the entries change. */
  protected arrange(focused = 0): void {
    const menu = this.#menu
    if (!menu) return
    // As it is when it has arrived.
    const { offsetWidth: width, offsetHeight: height } = menu
    const left = menu.matches(':dir(rtl)') ? this.x - width : this.x
    menu.style.left = `${Math.max(edgePx, Math.min(left, innerWidth - width - edgePx))}px`
    const isTooLow = this.y + height + edgePx > innerHeight
    menu.style.top = `${Math.max(edgePx, isTooLow ? Math.min(this.y, innerHeight) - height - edgePx : this.y)}px`
    this.#items[focused]?.focus()
  }

  get #menu(): HTMLElement | null {
    return this.renderRoot.querySelector('.menu')
  }

  get #items(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role="menuitem"]')]
  }

  // Before it closes, so that a sheet that is opened by a choice finds the opener as the place to come back to.
  #closing(event: ToggleEvent): void {
    if (event.newState !== 'closed' || !this.shadowRoot?.activeElement) return
    if (this.#opener instanceof HTMLElement && this.#opener.isConnected) this.#opener.focus({ preventScroll: true })
  }

  #toggled(event: ToggleEvent): void {
    if (event.newState === 'closed') ask(this, 'close-menu')
  }

  #key(event: KeyboardEvent): void {
    const items = this.#items
    const at = items.indexOf(this.shadowRoot?.activeElement as HTMLElement)
    const last = items.length - 1
    const isTyping = this.shadowRoot?.activeElement instanceof HTMLInputElement
    const [next, before] = [at === last ? 0 : at + 1, at <= 0 ? last : at - 1]
    const goal = {
      ArrowDown: next,
      ArrowRight: isTyping ? undefined : next,
      ArrowUp: before,
      ArrowLeft: isTyping ? undefined : before,
      Home: isTyping ? undefined : 0,
      End: isTyping ? undefined : last,
    }[event.key]
    if (goal !== undefined) {
      event.preventDefault()
      items[goal]?.focus()
    } else if (event.key === 'Tab') {
      event.preventDefault()
      this.close()
    }
  }
}
