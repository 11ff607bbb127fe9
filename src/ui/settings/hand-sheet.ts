// <parley-hand-sheet>: two people side by side connect with no meeting point: one shows a code, the other reads it and shows one back. Asks
// `offer-hand` and `take-hand`.
import { css, html, nothing } from 'lit'
import { icon } from '../elements/icons.ts'
import { createLinkCopy, linkFieldStyles } from '../elements/link-copy.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { problemLine } from '../elements/problem.ts'
import '../elements/code-reader.ts'
import '../elements/qr-code.ts'

/** What is shown: nothing yet, the own code, the answer to theirs, or that it is done. */
export type HandState =
  | { readonly kind: 'start' }
  | { readonly kind: 'offer' | 'answer'; readonly link: string }
  | { readonly kind: 'taken' }

export class ParleyHandSheet extends SheetElement {
  static override properties = { state: { attribute: false }, problem: {}, busy: { type: Boolean } }
  declare state: HandState
  declare problem: string | undefined
  declare busy: boolean

  readonly #linkCopy = createLinkCopy(this)

  static override styles = [
    ...sheetStyles,
    fields,
    linkFieldStyles,
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
    `,
  ]

  get heading(): string {
    return t.byHand
  }

  body() {
    const { state } = this
    return html`
      <p class="soft small">${t.byHandText}</p>
      ${problemLine(this.problem)}
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
      ${this.#linkCopy.field(t.yourCode, link)}
      <button class="button" type="button" @click=${() => this.#linkCopy.copy(link)}>${this.#linkCopy.words(t.copyCode)}</button>
    </div>`
  }

  #theirs() {
    return html`<form @submit=${this.#take} novalidate>
      <label>
        ${t.theirCode}
        <input name="theirs" inputmode="url" autocomplete="off" spellcheck="false" dir="ltr" />
      </label>
      <button class="button" ?disabled=${this.busy}>${t.continue}</button>
      <parley-code-reader .take=${(text: string) => this.#read(text)}></parley-code-reader>
    </form>`
  }

  #read(text: string): boolean {
    ask(this, 'take-hand', text.trim())
    return true
  }

  #take(event: Event): void {
    event.preventDefault()
    ask(this, 'take-hand', this.renderRoot.querySelector<HTMLInputElement>('input[name="theirs"]')?.value.trim() ?? '')
  }
}

customElements.define('parley-hand-sheet', ParleyHandSheet)
