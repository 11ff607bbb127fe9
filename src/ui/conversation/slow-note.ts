// <parley-slow-note>: that this group is slowed down, and how long one still waits before one writes again. Counts by itself.
import { css, html, LitElement, nothing } from 'lit'
import { t } from '../locales/index.ts'
import { spanOf } from '../locales/numbers.ts'
import { base } from '../styles/shared.ts'
import '../locales/later.ts'

export class ParleySlowNote extends LitElement {
  static override properties = { slow: { type: Number }, until: { type: Number } }
  /** Seconds between two messages. */
  declare slow: number
  /** Until when one waits: milliseconds since 1970. */
  declare until: number | undefined
  #tick: ReturnType<typeof setTimeout> | undefined

  static override styles = [
    base,
    css`
      p {
        padding: var(--space-1) var(--space-4) 0;
        color: var(--ink-soft);
        font-size: var(--text-s);
        text-align: center;
      }
    `,
  ]

  override render() {
    const left = Math.ceil(((this.until ?? 0) - Date.now()) / 1_000)
    clearTimeout(this.#tick)
    if (left > 0) this.#tick = setTimeout(() => this.requestUpdate(), 1_000)
    return html`<p>${t.slowNote(spanOf(this.slow))}${left > 0 ? html` <span role="timer">${t.slowWait(spanOf(left))}</span>` : nothing}</p>`
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#tick)
  }
}

customElements.define('parley-slow-note', ParleySlowNote)
