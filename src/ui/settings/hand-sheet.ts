// <parley-hand-sheet>: two people side by side connect with no meeting point: one shows a code, the other reads it and shows one back. Asks
// `offer-hand` and `take-hand`.
import { css, html, nothing } from 'lit'
import { icon } from '../elements/icons.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import '../elements/qr-code.ts'

/** What is shown: nothing yet, the own code, the answer to theirs, or that it is done. */
export type HandState =
  | { readonly kind: 'start' }
  | { readonly kind: 'offer' | 'answer'; readonly link: string }
  | { readonly kind: 'taken' }

export class ParleyHandSheet extends SheetElement {
  static override properties = { state: { attribute: false }, problem: {}, busy: { type: Boolean }, copied: { state: true } }
  declare state: HandState
  declare problem: string | undefined
  declare busy: boolean
  declare copied: boolean

  static override styles = [
    ...sheetStyles,
    fields,
    css`
      .part,
      form {
        display: grid;
        gap: var(--space-3);
        justify-items: center;
      }
      form,
      label,
      .button {
        inline-size: 100%;
      }
      parley-qr {
        inline-size: min(18rem, 70vw);
      }
      input {
        font-family: var(--mono);
        font-size: var(--text-s);
        text-overflow: ellipsis;
      }
    `,
  ]

  get heading(): string {
    return t.byHand
  }

  body() {
    const { state } = this
    return html`
      <p class="soft small">${t.byHandText}</p>
      ${this.problem === undefined ? nothing : html`<p class="problem" role="alert">${icon('alert')}<span>${this.problem}</span></p>`}
      ${state.kind === 'start' ? this.#start() : nothing}
      ${state.kind === 'offer' || state.kind === 'answer' ? this.#code(state.kind, state.link) : nothing}
      ${state.kind === 'taken' ? html`<p role="status">${icon('check')} ${t.byHandTaken}</p>` : nothing}
      ${state.kind === 'start' || state.kind === 'offer' ? this.#theirs() : nothing}
    `
  }

  #start() {
    return html`<button class="button primary" type="button" autofocus ?disabled=${this.busy} @click=${() => ask(this, 'offer-hand')}>
      ${t.showMyCode}
    </button>`
  }

  #code(kind: 'offer' | 'answer', link: string) {
    return html`<div class="part">
      <p>${kind === 'offer' ? t.offerText : t.answerText}</p>
      <parley-qr .text=${link} .label=${t.yourCodeQr}></parley-qr>
      <label>
        ${t.yourCode}
        <input readonly dir="ltr" .value=${link} @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()} />
      </label>
      <button class="button" type="button" @click=${() => this.#copy(link)}>
        ${icon(this.copied ? 'check' : 'copy')}${this.copied ? t.copied : t.copyCode}
      </button>
    </div>`
  }

  #theirs() {
    return html`<form @submit=${this.#take} novalidate>
      <label>
        ${t.theirCode}
        <input name="theirs" inputmode="url" autocomplete="off" spellcheck="false" dir="ltr" />
      </label>
      <button class="button" ?disabled=${this.busy}>${t.continue}</button>
    </form>`
  }

  #take(event: Event): void {
    event.preventDefault()
    ask(this, 'take-hand', this.renderRoot.querySelector<HTMLInputElement>('input[name="theirs"]')?.value.trim() ?? '')
  }

  async #copy(link: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(link)
    } catch {
      // Without permission the selected field is the way that is left.
      this.renderRoot.querySelector<HTMLInputElement>('input[readonly]')?.select()
      return
    }
    this.copied = true
    ask(this, 'announce', t.copied)
    setTimeout(() => (this.copied = false), 2_000)
  }
}

customElements.define('parley-hand-sheet', ParleyHandSheet)
