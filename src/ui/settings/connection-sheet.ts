// <parley-connection-sheet>: what stands behind the pill.
import { html } from 'lit'
import type { ConnectionView } from '../../ports/queries.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { connectionDetails, connectionDetailsStyles } from './connection-details.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'

export class ParleyConnectionSheet extends SheetElement {
  static override properties = { connection: { attribute: false } }
  declare connection: ConnectionView | undefined
  static override styles = [...sheetStyles, connectionDetailsStyles]

  get heading(): string {
    return t.connection
  }

  body() {
    return html`
      ${connectionDetails(this.connection)}
      <div class="row">
        <button class="button" type="button" @click=${() => ask(this, 'open-sheet', { kind: 'hand' })}>${t.byHand}</button>
      </div>
    `
  }
}

customElements.define('parley-connection-sheet', ParleyConnectionSheet)
