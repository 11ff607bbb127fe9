// <parley-confirm>: one question before something that cannot be undone. Dispatches `confirm`; closing means no.
import { html } from 'lit'
import { t } from '../locales/index.ts'
import { SheetElement, sheetStyles } from './sheet.ts'
import { problemLine } from './problem.ts'

export class ParleyConfirm extends SheetElement {
  static override properties = { heading: {}, text: {}, yes: {}, no: {}, problem: {}, harmless: { type: Boolean } }
  declare heading: string
  declare text: string
  declare yes: string
  declare no: string
  declare problem: string | undefined
  /** Nothing is lost by it. */
  declare harmless: boolean

  static override styles = sheetStyles

  body() {
    return html`
      <p>${this.text}</p>
      ${problemLine(this.problem)}
      <div class="row">
        <button class="button ${this.harmless ? 'primary' : 'danger'}" type="button" autofocus @click=${() => this.dispatchEvent(new Event('confirm'))}>${this.yes}</button>
        <button class="button" type="button" @click=${() => this.close()}>
          ${this.no ?? t.cancel}
        </button>
      </div>
    `
  }
}

customElements.define('parley-confirm', ParleyConfirm)
