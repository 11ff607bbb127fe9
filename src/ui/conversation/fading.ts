// <parley-fading>: the time that a message has left, with its icon; it counts down by itself, in seconds only at the end. A screen reader hears
// it when it comes to the message, and not with every second.
import { css, html, LitElement } from 'lit'
import { icon } from '../elements/icons.ts'
import { t } from '../locales/index.ts'
import { spanOf } from '../locales/numbers.ts'
import { base } from '../styles/shared.ts'
import '../locales/later.ts'

const units = [7 * 86_400, 86_400, 3_600, 60] as const

/** Whole units of what is left, so that it is short: seconds, at least 1. */
export const roundedLeft = (ms: number): number => {
  const seconds = Math.max(1, Math.ceil(ms / 1_000))
  const unit = units.find((size) => seconds > size) ?? 1
  return Math.ceil(seconds / unit) * unit
}

export class ParleyFading extends LitElement {
  static override properties = { at: { type: Number } }
  /** Milliseconds since 1970. */
  declare at: number
  #timer: ReturnType<typeof setTimeout> | undefined

  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
        align-items: center;
        gap: 2px;
        font-variant-numeric: tabular-nums;
      }
      .icon {
        inline-size: 1em;
        block-size: 1em;
      }
    `,
  ]

  override render() {
    const left = this.at - Date.now()
    const seconds = roundedLeft(left)
    clearTimeout(this.#timer)
    if (this.isConnected && left > 0) this.#timer = setTimeout(() => this.requestUpdate(), seconds > 60 ? 15_000 : 1_000)
    return html`<span title=${t.fadesIn(spanOf(seconds))}>${icon('timer')}</span><span>${spanOf(seconds, 'narrow')}</span>`
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }
}

customElements.define('parley-fading', ParleyFading)
