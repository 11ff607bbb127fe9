// <parley-question>: asks once more inside a sheet, before something that cannot simply be taken back. Takes the focus when it comes;
// dispatches `yes` or `no`, and whoever shows it gives the focus back.
import { css, html, LitElement } from 'lit'
import { t } from '../locales/index.ts'
import { base, buttons, row } from '../styles/shared.ts'

export class ParleyQuestion extends LitElement {
  static override properties = { text: {}, yes: {}, no: {} }
  declare text: string
  declare yes: string
  declare no: string | undefined

  static override styles = [
    base,
    buttons,
    row,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
        padding: var(--space-4);
        scroll-margin-block-end: var(--space-5);
        border-radius: var(--radius-m);
        background: var(--sunken);
      }
      @media (forced-colors: active) {
        :host {
          border: 1px solid CanvasText;
        }
      }
    `,
  ]

  override render() {
    return html`
      <p id="text">${this.text}</p>
      <div class="row">
        <button class="button danger" type="button" aria-describedby="text" @click=${() => this.dispatchEvent(new Event('yes'))}>
          ${this.yes}
        </button>
        <button class="button" type="button" @click=${() => this.dispatchEvent(new Event('no'))}>${this.no ?? t.cancel}</button>
      </div>
    `
  }

  override firstUpdated(): void {
    this.scrollIntoView({ block: 'nearest' })
    this.renderRoot.querySelector('button')?.focus()
  }
}

customElements.define('parley-question', ParleyQuestion)
