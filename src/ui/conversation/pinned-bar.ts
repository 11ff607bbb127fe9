// <parley-pinned-bar>: what stands in front of a conversation for everybody, one message at a time. Each click goes to the one that is shown
// and shows the one before it, round and round. Asks `jump-to`.
import { css, html, LitElement, nothing } from 'lit'
import type { QuoteView } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { base, buttons } from '../styles/shared.ts'
import { plainText } from './plain.ts'
import '../locales/later.ts'

export class ParleyPinnedBar extends LitElement {
  static override properties = { pins: { attribute: false }, back: { state: true } }
  /** In the order of the conversation; at least one. */
  declare pins: readonly QuoteView[]
  /** How many steps before the newest. */
  declare back: number

  constructor() {
    super()
    this.back = 0
  }

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        border-block-end: 1px solid var(--line);
        background: var(--surface);
      }
      button {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        inline-size: 100%;
        min-block-size: max(2.75rem, var(--target));
        padding: var(--space-1) var(--space-5);
        text-align: start;
        font-size: var(--text-s);
      }
      button:focus-visible {
        outline-offset: -2px;
      }
      .icon {
        color: var(--accent-ink);
      }
      .what {
        flex: 1;
        min-inline-size: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        /* In line with the rest of the page, whichever way it is read. */
        text-align: -webkit-match-parent;
        text-align: match-parent;
      }
      b {
        font-weight: 600;
      }
      .count {
        flex: none;
        color: var(--ink-soft);
        font-variant-numeric: tabular-nums;
      }
      @media (hover: hover) {
        button:hover {
          background: var(--sunken);
        }
      }
    `,
  ]

  override render() {
    const { pins } = this
    const at = pins.length - 1 - (this.back % pins.length)
    const pin = pins[at]
    if (!pin) return nothing
    const author = shownName(pin.author, t.someone)
    const text = plainText(pin.text)
    const count = pins.length === 1 ? '' : t.haveOf(at + 1, pins.length)
    const go = (): void => {
      ask(this, 'jump-to', pin.id)
      this.back = (this.back + 1) % pins.length
    }
    return html`<button class="jump" type="button" aria-label=${t.goToPinned(author, text, count)} @click=${go}>
      ${icon('pin')}
      <span class="what" dir="auto"><b><bdi>${author}</bdi></b> ${text}</span>
      ${count === '' ? nothing : html`<span class="count">${count}</span>`}
    </button>`
  }
}

customElements.define('parley-pinned-bar', ParleyPinnedBar)
