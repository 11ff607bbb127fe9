// <parley-privacy-sheet>: what others learn of one's reading and writing, both ways. Asks `set-privacy`.
import { html } from 'lit'
import type { Privacy } from '../../ports/queries.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { switches } from '../styles/switches.ts'
import { switchTemplate } from './switch.ts'
import { problemLine } from '../elements/problem.ts'

export class ParleyPrivacySheet extends SheetElement {
  static override properties = { privacy: { attribute: false }, problem: {} }
  declare privacy: Privacy | undefined
  declare problem: string | undefined

  static override styles = [...sheetStyles, fields, switches]

  get heading(): string {
    return t.privacy
  }

  override get cameFrom(): SheetRequest {
    return { kind: 'settings' }
  }

  body() {
    const { privacy } = this
    if (!privacy) return undefined
    return html`
      ${switchTemplate(t.receipts, t.receiptsText, privacy.receipts, (receipts) => ask(this, 'set-privacy', { receipts }))}
      ${switchTemplate(t.typingSwitch, t.typingText, privacy.typing, (typing) => ask(this, 'set-privacy', { typing }))}
      ${switchTemplate(t.hereSwitch, t.hereText, privacy.here, (here) => ask(this, 'set-privacy', { here }))}
      ${switchTemplate(t.seenSwitch, t.seenText, privacy.seen, (seen) => ask(this, 'set-privacy', { seen }))}
      ${switchTemplate(t.statusSwitch, t.statusSwitchText, privacy.status, (status) => ask(this, 'set-privacy', { status }))}
      <p class="soft small">${t.presenceText}</p>
      ${problemLine(this.problem)}
    `
  }
}

customElements.define('parley-privacy-sheet', ParleyPrivacySheet)
