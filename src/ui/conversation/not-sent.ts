// <parley-not-sent>: under an own message that waits longer than it should: why, that it is tried again by itself, and what one can do. Asks
// `message-action`. The buttons are not in the tab order, like all others of a message; the menu of actions has them, too.
import { css, html, LitElement, nothing } from 'lit'
import type { EventId } from '../../core/ids.ts'
import { icon } from '../elements/icons.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { base, buttons, row } from '../styles/shared.ts'
import type { Overdue } from './overdue.ts'
import '../locales/later.ts'

/** How long it says that it is being tried, in milliseconds: by then it is taken, unless it is not. */
const triedMs = 10_000

export class ParleyNotSent extends LitElement {
  static override properties = { why: {}, message: {}, isTried: { state: true } }
  declare why: Overdue
  declare message: EventId
  /** Whoever pressed the button sees that something is done. */
  declare isTried: boolean
  #over: ReturnType<typeof setTimeout> | undefined

  static override styles = [
    base,
    buttons,
    row,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
        max-inline-size: 24rem;
        margin-block: var(--space-1);
        font-size: var(--text-s);
      }
      p {
        display: flex;
        gap: var(--space-2);
      }
      .icon {
        flex: none;
        margin-block-start: 0.15em;
      }
    `,
  ]

  override render() {
    return html`<p>${icon('alert')}<span><strong>${t.notSent}</strong> <span>${this.isTried ? t.tryingAgain : t.overdue[this.why]}</span></span></p>
      <div class="row">
        ${this.isTried ? nothing : this.#button('retry')} ${this.#button('delete')}
      </div>`
  }

  #try(): void {
    this.isTried = true
    this.#over = setTimeout(() => (this.isTried = false), triedMs)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#over)
  }

  #button(action: 'retry' | 'delete') {
    const act = (): void => {
      if (action === 'retry') this.#try()
      ask(this, 'message-action', { action, message: this.message })
    }
    return html`<button class="button" type="button" tabindex="-1" @click=${act}>${t.actions[action]}</button>`
  }
}

customElements.define('parley-not-sent', ParleyNotSent)
