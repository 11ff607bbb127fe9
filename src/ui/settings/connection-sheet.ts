// <parley-connection-sheet>: what stands behind the pill.
import { html, LitElement } from 'lit'
import type { ConnectionView } from '../../ports/queries.ts'
import { t } from '../locales/index.ts'
import { base } from '../styles/shared.ts'
import '../elements/sheet.ts'
import { connectionDetails, connectionDetailsStyles } from './connection-details.ts'

export class ParleyConnectionSheet extends LitElement {
  static override properties = { connection: { attribute: false } }
  declare connection: ConnectionView | undefined
  static override styles = [base, connectionDetailsStyles]

  override render() {
    return html`<parley-sheet .heading=${t.connection}>${connectionDetails(this.connection)}</parley-sheet>`
  }
}

customElements.define('parley-connection-sheet', ParleyConnectionSheet)
