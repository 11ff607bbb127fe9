// <parley-safety-sheet>: the digits that two people compare to know that nobody stands between them. Asks `set-verified`.
import { css, html } from 'lit'
import type { ConversationId } from '../../core/ids.ts'
import type { SafetyView } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'
import '../elements/qr-code.ts'

export class ParleySafetySheet extends SheetElement {
  static override properties = { safety: { attribute: false }, conversation: {}, problem: {}, busy: { type: Boolean } }
  declare safety: SafetyView | undefined
  declare conversation: ConversationId
  declare problem: string | undefined
  declare busy: boolean

  static override styles = [
    ...sheetStyles,
    css`
      .digits {
        display: grid;
        grid-template-columns: repeat(4, auto);
        justify-content: space-evenly;
        gap: var(--space-2) var(--space-3);
        margin: 0;
        padding: var(--space-4) var(--space-2);
        list-style: none;
        border-radius: var(--radius-m);
        background: var(--sunken);
        font: 600 clamp(1rem, 4.5vw, 1.25rem) / 1.5 var(--mono);
        font-variant-numeric: tabular-nums;
        letter-spacing: 0.06em;
      }
      @media (max-width: 22rem) {
        .digits {
          grid-template-columns: repeat(3, auto);
        }
      }
      parley-qr {
        inline-size: min(11rem, 50vw);
        margin-inline: auto;
      }
      .state {
        display: flex;
        gap: var(--space-2);
        color: var(--good);
      }
    `,
  ]

  get heading(): string {
    return this.safety ? t.safetyWith(this.#name) : t.safetyNumber
  }

  override get cameFrom(): SheetRequest | undefined {
    return this.safety && { kind: 'person', conversation: this.conversation, person: this.safety.person.identity }
  }

  body() {
    const { safety } = this
    if (!safety) return undefined
    const mark = (verified: boolean) => (): void => ask(this, 'set-verified', { person: safety.person.identity, verified })
    return html`
      <p>${t.safetyText(this.#name)}</p>
      <ol class="digits" role="list" dir="ltr" aria-label=${t.safetyNumber}>${safety.digits.map((group) => html`<li>${group}</li>`)}</ol>
      <parley-qr .text=${safety.digits.join('')} .label=${t.safetyQr}></parley-qr>
      <div role="status">
        ${
          safety.verified
            ? html`<p class="state">${icon('verified')}<span>${t.verifiedText(this.#name)}</span></p>`
            : html`<p class="small soft">${t.safetyWarning}</p>`
        }
      </div>
      ${this.problem === undefined ? '' : html`<p class="problem" role="alert">${icon('alert')}<span>${this.problem}</span></p>`}
      <button
        class="button wide ${safety.verified ? '' : 'primary'}"
        type="button"
        aria-disabled=${this.busy ? 'true' : 'false'}
        @click=${mark(!safety.verified)}
      >
        ${safety.verified ? t.unmarkVerified : t.markVerified}
      </button>
    `
  }

  get #name(): string {
    return shownName(this.safety?.person.name, t.someone)
  }
}

customElements.define('parley-safety-sheet', ParleySafetySheet)
