// <parley-spoiler>: words that one reads only when one wants to. Covered, they are neither seen nor read out; a click, Enter or Space uncovers
// them, and they stay so.
import { css, html, LitElement, nothing } from 'lit'
import { t } from '../locales/index.ts'
import { base } from '../styles/shared.ts'
import '../locales/later.ts'

export class ParleySpoiler extends LitElement {
  static override properties = { shown: { type: Boolean, reflect: true } }
  declare shown: boolean

  static override styles = [
    base,
    css`
      :host {
        display: inline;
      }
      .cover {
        border-radius: var(--radius-s);
        background: color-mix(in srgb, currentColor 12%, transparent);
        box-decoration-break: clone;
        -webkit-box-decoration-break: clone;
      }
      .cover[role] {
        background: repeating-linear-gradient(-45deg, currentColor 0 2px, transparent 2px 5px);
        cursor: pointer;
      }
      .cover[role] .words {
        visibility: hidden;
      }
      @media (forced-colors: active) {
        .cover[role] {
          outline: 1px dashed ButtonText;
        }
      }
    `,
  ]

  override render() {
    const covered = !this.shown
    return html`<span
      class="cover"
      role=${covered ? 'button' : nothing}
      tabindex=${covered ? '0' : nothing}
      aria-label=${covered ? t.uncover : nothing}
      @click=${this.#uncover}
      @keydown=${this.#key}
      ><span class="words" ?inert=${covered}><slot></slot></span></span
    >`
  }

  #uncover(event: Event): void {
    if (this.shown) return
    event.stopPropagation()
    this.shown = true
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    this.#uncover(event)
  }
}

customElements.define('parley-spoiler', ParleySpoiler)
