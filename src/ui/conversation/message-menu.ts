// <parley-message-menu>: what can be done with one message: six quick reactions, all others, and the actions.
import { css, html, type PropertyValues } from 'lit'
import type { MessageView } from '../../ports/queries.ts'
import { icon, type IconName } from '../elements/icons.ts'
import { MenuElement, menuStyles } from '../elements/menu.ts'
import { ask, type MessageAction } from '../events.ts'
import { t } from '../locales/index.ts'
import { overdueOf } from './overdue.ts'
import '../locales/later.ts'

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
  readonly mayPin: boolean
  /** Also what others said. */
  readonly mayDelete: boolean
  /** It is shown in its thread, not in the conversation. */
  readonly inThread: boolean
  /** Since when somebody who is to have it is connected: milliseconds since 1970. */
  readonly reached: number | undefined
}

const alive = (message: MessageView): boolean => !message.deleted && message.later === undefined
const toCome = (message: MessageView): boolean => message.later !== undefined
const answerable = (message: MessageView, { mayWrite }: May): boolean => alive(message) && mayWrite
const own = (message: MessageView, may: May): boolean => answerable(message, may) && message.author.isMe
const inWords = (message: MessageView): boolean => alive(message) && !message.poll && !message.place && !message.card
const items: readonly Item[] = [
  { action: 'retry', icon: 'history', isShown: (message, { reached }) => overdueOf(message, reached, Date.now()) === 'untaken' },
  { action: 'take-back', icon: 'undo', isShown: toCome },
  { action: 'send-now', icon: 'arrowUp', isShown: toCome },
  { action: 'reply', icon: 'reply', isShown: answerable },
  { action: 'react', icon: 'smile', isShown: (message, { mayReact }) => alive(message) && mayReact },
  {
    action: 'thread',
    icon: 'thread',
    isShown: (message, may) => answerable(message, may) && !may.inThread && message.thread !== undefined,
  },
  { action: 'edit', icon: 'edit', isShown: (message, may) => own(message, may) && inWords(message) },
  { action: 'copy', icon: 'copy', isShown: alive },
  { action: 'forward', icon: 'forward', isShown: inWords },
  { action: 'close-poll', icon: 'lock', isShown: (message, may) => own(message, may) && message.poll?.closed === false },
  { action: 'pin', icon: 'pin', isShown: (message, { mayPin }) => alive(message) && mayPin && message.pinned !== true },
  { action: 'unpin', icon: 'pinOff', isShown: (message, { mayPin }) => mayPin && message.pinned === true },
  { action: 'star', icon: 'star', isShown: (message) => alive(message) && message.starred !== true },
  { action: 'unstar', icon: 'star', isShown: (message) => message.starred === true },
  { action: 'select', icon: 'select', isShown: (message, { inThread }) => alive(message) && !inThread },
  { action: 'details', icon: 'info', isShown: (message) => !toCome(message) },
  { action: 'delete', icon: 'trash', isShown: (message, may) => own(message, may) || (alive(message) && may.mayDelete) },
]

export class ParleyMessageMenu extends MenuElement {
  static override properties = {
    ...MenuElement.properties,
    message: { attribute: false },
    react: { type: Boolean },
    mayWrite: { type: Boolean },
    mayReact: { type: Boolean },
    mayPin: { type: Boolean },
    mayDelete: { type: Boolean },
    inThread: { type: Boolean },
    reached: { type: Number },
    reacting: { state: true },
  }
  declare message: MessageView | undefined
  /** Opens at the reactions. */
  declare react: boolean
  declare mayWrite: boolean
  declare mayReact: boolean
  declare mayPin: boolean
  declare mayDelete: boolean
  declare inThread: boolean
  declare reached: number | undefined
  declare reacting: boolean

  static override styles = [
    ...menuStyles,
    css`
      .quick {
        display: flex;
        gap: 2px;
      }
      .quick [role='menuitem'] {
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
      @media (hover: hover) {
        .quick [role='menuitem']:hover {
          transform: scale(1.12);
        }
      }
      @media (max-width: 30rem) {
        .quick {
          justify-content: space-between;
        }
      }
    `,
  ]

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('react')) this.reacting = this.react
  }

  get label(): string {
    return t.messageMenu
  }

  entries() {
    const { message } = this
    if (!message) return undefined
    return this.reacting ? this.#reactions(message) : items.filter((item) => item.isShown(message, this)).map((item) => this.#item(item))
  }

  #reactions(message: MessageView) {
    return html`<div class="quick" role="group" aria-label=${t.actions.react}>
      ${quickReactions.map((emoji) => this.#reaction(message, emoji))}
      <button role="menuitem" tabindex="-1" aria-label=${t.moreReactions} @click=${() => this.#pick(message)}>${icon('plus')}</button>
    </div>`
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

  #pick({ id }: MessageView): void {
    const screen = this.parentNode as ShadowRoot
    // Closing first gives the focus back to the message, which is where the sheet will return it.
    this.close()
    const chosen = (emoji: string): void => ask(screen.host, 'react', { message: id, emoji })
    ask(screen.host, 'open-sheet', { kind: 'emoji', heading: t.moreReactions, chosen })
  }

  #item({ action, icon: name }: Item) {
    return html`<button role="menuitem" tabindex="-1" class=${action === 'delete' ? 'danger' : ''} @click=${() => this.#chosen(action)}>
      ${icon(name)}${action === 'delete' && this.message?.author.isMe === false ? t.deleteForAll : t.actions[action]}
    </button>`
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('reacting') && this.isOpen) this.arrange()
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
}

customElements.define('parley-message-menu', ParleyMessageMenu)
