// <parley-safety-sheet>: the digits that two people compare to know that nobody stands between them. Asks `set-verified`.
import { css, html, nothing } from 'lit'
import type { ConversationId } from '../../core/ids.ts'
import type { SafetyView } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'
import type { Compared } from './code-check.ts'
import { problemLine } from '../elements/problem.ts'
import { mismatchStyles, mismatchTemplate } from './mismatch.ts'
import '../elements/qr-code.ts'
import './code-check.ts'

export class ParleySafetySheet extends SheetElement {
  static override properties = {
    safety: { attribute: false },
    conversation: {},
    problem: {},
    busy: { type: Boolean },
    mismatch: { state: true },
  }
  declare safety: SafetyView | undefined
  declare conversation: ConversationId
  declare problem: string | undefined
  declare busy: boolean
  /** What was scanned or pasted is another number. */
  declare mismatch: boolean

  static override styles = [
    ...sheetStyles,
    mismatchStyles,
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
      .changed {
        display: flex;
        gap: var(--space-2);
        color: var(--warn);
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
      ${
        safety.verified
          ? nothing
          : html`<parley-code-check
            .digits=${safety.digits}
            .name=${this.#name}
            @compared=${({ same }: Compared) => this.#compared(safety, same)}
          ></parley-code-check>`
      }
      ${this.mismatch ? mismatchTemplate(t.safetyMismatch(this.#name)) : nothing}
      <div role="status">
        ${
          safety.verified
            ? html`<p class="state">${icon('verified')}<span>${t.verifiedText(this.#name)}</span></p>`
            : html`${safety.changed ? html`<p class="changed">${icon('alarm')}<span>${t.changedText(this.#name)}</span></p>` : nothing}
                <p class="small soft">${t.safetyWarning}</p>`
        }
      </div>
      ${problemLine(this.problem)}
      <button
        class="button wide ${safety.verified ? '' : 'primary'}"
        type="button"
        aria-disabled=${this.busy ? 'true' : 'false'}
        @click=${mark(!safety.verified)}
      >
        ${safety.verified ? t.unmarkVerified : t.markVerified}
      </button>
      ${safety.verified ? nothing : this.#emojis(safety)}
      ${safety.changed ? html`<button class="button plain" type="button" @click=${mark(false)}>${t.leaveUnverified}</button>` : nothing}
    `
  }

  #emojis({ person }: SafetyView) {
    const open = (): void => ask(this, 'open-sheet', { kind: 'comparison', conversation: this.conversation, person: person.identity })
    return html`<p class="small soft" id="emojis-text">${t.compareEmojisText(this.#name)}</p>
      <button class="button" type="button" aria-describedby="emojis-text" @click=${open}>${icon('smile')}${t.compareEmojis}</button>`
  }

  #compared(safety: SafetyView, same: boolean): void {
    this.mismatch = !same
    if (same) ask(this, 'set-verified', { person: safety.person.identity, verified: true })
  }

  get #name(): string {
    return shownName(this.safety?.person.name, t.someone)
  }
}

customElements.define('parley-safety-sheet', ParleySafetySheet)
