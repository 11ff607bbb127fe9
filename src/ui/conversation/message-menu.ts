// <parley-message-menu>: what can be done with one message. A popover near the pointer (from below on a phone) with six quick
// reactions and the actions; arrow keys move, Esc closes, and the message gets the focus back.
import { css, html, LitElement, nothing, type PropertyValues } from 'lit'
import type { MessageView } from '../../ports/queries.ts'
import { icon, type IconName } from '../elements/icons.ts'
import { deepActiveElement } from '../elements/sheet.ts'
import { ask, type MessageAction } from '../events.ts'
import { t } from '../locales/index.ts'
import { base, buttons } from '../styles/shared.ts'

/** The six that are one click away. */
export const quickReactions = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const

interface Item {
  readonly action: MessageAction | 'react'
  readonly icon: IconName
  readonly isShown: (message: MessageView, may: May) => boolean
}

/** What the person here may do in this conversation. */
interface May {
  readonly mayWrite: boolean
  readonly mayReact: boolean
}

const alive = (message: MessageView): boolean => !message.deleted
const answerable = (message: MessageView, { mayWrite }: May): boolean => alive(message) && mayWrite
const own = (message: MessageView, may: May): boolean => answerable(message, may) && message.author.isMe
const items: readonly Item[] = [
  { action: 'reply', icon: 'reply', isShown: answerable },
  { action: 'react', icon: 'smile', isShown: (message, { mayReact }) => alive(message) && mayReact },
  { action: 'edit', icon: 'edit', isShown: own },
  { action: 'copy', icon: 'copy', isShown: alive },
  { action: 'details', icon: 'info', isShown: () => true },
  { action: 'delete', icon: 'trash', isShown: own },
]

export class ParleyMessageMenu extends LitElement {
  static override properties = {
    message: { attribute: false },
    x: { type: Number },
    y: { type: Number },
    react: { type: Boolean },
    mayWrite: { type: Boolean },
    mayReact: { type: Boolean },
    reacting: { state: true },
    more: { state: true },
  }
  declare message: MessageView | undefined
  declare x: number
  declare y: number
  /** Opens at the reactions. */
  declare react: boolean
  declare mayWrite: boolean
  declare mayReact: boolean
  declare reacting: boolean
  declare more: readonly (readonly string[])[] | undefined

  #opener: Element | null = null

  static override styles = [
    base,
    buttons,
    css`
      .menu {
        position: fixed;
        inset: auto;
        margin: 0;
        min-inline-size: 13rem;
        padding: var(--space-1);
        border: 1px solid var(--line);
        border-radius: var(--radius-l);
        background: var(--surface);
        color: var(--ink);
        box-shadow: var(--floating);
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
      [role='menuitem']:hover,
      [role='menuitem']:focus {
        background: var(--lifted);
      }
      [role='menuitem'] .icon {
        color: var(--ink-soft);
      }
      .danger,
      .danger .icon {
        color: var(--bad) !important;
      }
      .quick {
        display: flex;
        gap: 2px;
      }
      .more {
        max-block-size: min(18rem, 45vh);
        margin-block-start: var(--space-1);
        overflow: hidden auto;
        overscroll-behavior: contain;
      }
      .kind {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(2.75rem, 1fr));
        max-inline-size: 20rem;
        padding-block: var(--space-1);
        border-block-start: 1px solid var(--line);
      }
      .quick [role='menuitem'],
      .kind [role='menuitem'] {
        justify-content: center;
        inline-size: 2.75rem;
        min-block-size: 2.75rem;
        padding: 0;
        border-radius: 50%;
        font-size: 1.375rem;
        line-height: 1;
        transition: transform var(--quick) var(--ease);
      }
      .quick .chosen {
        background: var(--accent-soft);
      }
      .quick [role='menuitem']:hover {
        transform: scale(1.12);
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
        .quick {
          justify-content: space-between;
        }
        .kind {
          max-inline-size: none;
        }
      }
    `,
  ]

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('react')) this.reacting = this.react
  }

  override render() {
    const { message } = this
    if (!message) return nothing
    return html`<div class="menu" popover="auto" role="menu" aria-label=${t.messageMenu} @beforetoggle=${this.#closing} @toggle=${this.#toggled} @keydown=${this.#key}>
      ${this.reacting ? this.#reactions(message) : items.filter((item) => item.isShown(message, this)).map((item) => this.#item(item))}
    </div>`
  }

  #reactions(message: MessageView) {
    return html`<div class="quick" role="group" aria-label=${t.actions.react}>
        ${quickReactions.map((emoji) => this.#reaction(message, emoji))}
        ${
          this.more
            ? nothing
            : html`<button role="menuitem" tabindex="-1" aria-label=${t.moreReactions} @click=${this.#showMore}>${icon('plus')}</button>`
        }
      </div>
      ${
        this.more
          ? html`<div class="more">
            ${this.more.map((kind) => html`<div class="kind" role="group">${kind.map((emoji) => this.#reaction(message, emoji))}</div>`)}
          </div>`
          : nothing
      }`
  }

  #reaction(message: MessageView, emoji: string) {
    const isMine = message.reactions.some((reaction) => reaction.emoji === emoji && reaction.mine)
    const choose = (): void => {
      ask(this, 'react', { message: message.id, emoji })
      this.close()
    }
    return html`<button role="menuitem" class=${isMine ? 'chosen' : ''} tabindex="-1" aria-label=${t.reactWith(emoji)} @click=${choose}>
      ${emoji}
    </button>`
  }

  #showMore = async (): Promise<void> => {
    this.more = (await import('./emoji.ts')).moreReactions
    await this.updateComplete
    this.#place()
    this.#entries[quickReactions.length]?.focus()
  }

  #item({ action, icon: name }: Item) {
    return html`<button role="menuitem" tabindex="-1" class=${action === 'delete' ? 'danger' : ''} @click=${() => this.#chosen(action)}>
      ${icon(name)}${t.actions[action]}
    </button>`
  }

  override firstUpdated(): void {
    this.#opener = deepActiveElement()
    const menu = this.#menu
    menu?.showPopover()
    this.#place()
    this.#focusFirst()
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('reacting') && this.#menu?.matches(':popover-open')) {
      this.#place()
      this.#focusFirst()
    }
  }

  close(): void {
    this.#menu?.hidePopover()
  }

  get #menu(): HTMLElement | null {
    return this.renderRoot.querySelector('.menu')
  }

  get #entries(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role="menuitem"]')]
  }

  #focusFirst(): void {
    this.#entries[0]?.focus()
  }

  #place(): void {
    const menu = this.#menu
    if (!menu) return
    const { width, height } = menu.getBoundingClientRect()
    const edge = 8
    menu.style.left = `${Math.max(edge, Math.min(this.x, innerWidth - width - edge))}px`
    menu.style.top = `${Math.max(edge, this.y + height + edge > innerHeight ? Math.min(this.y, innerHeight) - height - edge : this.y)}px`
  }

  #chosen(action: MessageAction | 'react'): void {
    const { message } = this
    if (!message) return
    if (action === 'react') this.reacting = true
    else {
      // Closing first gives the focus back to the message, which is where a sheet that opens now will return it.
      this.close()
      ask(this, 'message-action', { action, message: message.id })
    }
  }

  // Before it closes, so that a sheet that is opened by a choice finds the message as the place to come back to.
  #closing(event: ToggleEvent): void {
    if (event.newState !== 'closed' || !this.shadowRoot?.activeElement) return
    if (this.#opener instanceof HTMLElement && this.#opener.isConnected) this.#opener.focus({ preventScroll: true })
  }

  #toggled(event: ToggleEvent): void {
    if (event.newState === 'closed') ask(this, 'close-menu')
  }

  #key(event: KeyboardEvent): void {
    const entries = this.#entries
    const at = entries.indexOf(this.shadowRoot?.activeElement as HTMLElement)
    const last = entries.length - 1
    const goal = {
      ArrowDown: at === last ? 0 : at + 1,
      ArrowRight: at === last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      ArrowLeft: at <= 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key]
    if (goal !== undefined) {
      event.preventDefault()
      entries[goal]?.focus()
    } else if (event.key === 'Tab') {
      event.preventDefault()
      this.close()
    }
  }
}

customElements.define('parley-message-menu', ParleyMessageMenu)
