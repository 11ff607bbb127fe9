// <parley-selection-bar>: stands in the place of the composer while messages are selected: how many, and what can be done with all of them.
// Asks for the sheets of what is to be done, and `end-selection` then.
import { css, html, LitElement, nothing } from 'lit'
import type { ConversationId } from '../../core/ids.ts'
import type { MessageView } from '../../ports/queries.ts'
import { icon, type IconName } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { base, buttons } from '../styles/shared.ts'
import '../locales/later.ts'

type Action = 'copy' | 'forward' | 'delete'

/** One message as it is, several each under its author. */
const textOf = (messages: readonly MessageView[]): string =>
  messages.length === 1
    ? (messages[0]?.text ?? '')
    : messages.map(({ author, text }) => `${author.isMe ? t.you : shownName(author.name, t.someone)}: ${text}`).join('\n')

export class ParleySelectionBar extends LitElement {
  static override properties = {
    conversation: {},
    messages: { attribute: false },
    mayWrite: { type: Boolean },
    mayDelete: { type: Boolean },
  }
  declare conversation: ConversationId
  declare messages: readonly MessageView[]
  declare mayWrite: boolean
  /** Also what others said. */
  declare mayDelete: boolean

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        grid-row: 6;
        padding: var(--space-2) var(--space-4) max(var(--space-3), env(safe-area-inset-bottom));
      }
      .bar {
        display: flex;
        align-items: center;
        gap: var(--space-1);
        max-inline-size: 48rem;
        margin-inline: auto;
        padding: var(--space-1);
        border: 1px solid var(--line);
        border-radius: 1.5rem;
        background: var(--surface);
        box-shadow: var(--raised);
      }
      p {
        flex: 1;
        min-inline-size: 0;
        padding-inline-start: var(--space-1);
        font-weight: 600;
      }
      .danger {
        color: var(--bad);
      }
    `,
  ]

  override render() {
    const { messages } = this
    const mayDelete = this.mayDelete || (this.mayWrite && messages.every((message) => message.author.isMe))
    return html`<div class="bar" role="toolbar" aria-label=${t.selectionActions}>
      <button class="icon-button" type="button" aria-label=${t.cancel} @click=${() => ask(this, 'end-selection')}>${icon('x')}</button>
      <p role="status">${t.selectedCount(messages.length)}</p>
      ${this.#action('copy', 'copy')} ${this.#action('forward', 'forward')}
      ${mayDelete ? this.#action('delete', 'trash') : nothing}
    </div>`
  }

  #action(action: Action, name: IconName) {
    return html`<button
      class="icon-button ${action === 'delete' ? 'danger' : ''}"
      type="button"
      title=${t.actions[action]}
      aria-label=${t.actions[action]}
      @click=${() => this.#act(action)}
    >
      ${icon(name)}
    </button>`
  }

  async #act(action: Action): Promise<void> {
    const { conversation, messages } = this
    if (action === 'copy') {
      await navigator.clipboard?.writeText(textOf(messages)).catch(() => undefined)
      ask(this, 'announce', t.copied)
      return ask(this, 'end-selection')
    }
    // Ending first gives the focus back to the messages, which is where a sheet will return it.
    ask(this, 'end-selection')
    if (action === 'forward') ask(this, 'open-sheet', { kind: 'forward', texts: messages.map(({ text }) => text) })
    else ask(this, 'open-sheet', { kind: 'delete', conversation, messages })
  }
}

customElements.define('parley-selection-bar', ParleySelectionBar)
