// <parley-contact-sheet>: the reusable link and code by which strangers may ask to talk, and the ways to end it. Asks `make-contact-link`
// and `revoke-contact-link`.
import { css, html, nothing } from 'lit'
import { icon } from '../elements/icons.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import '../elements/qr-code.ts'
import '../elements/question.ts'

export class ParleyContactSheet extends SheetElement {
  static override properties = {
    link: {},
    loaded: { type: Boolean },
    problem: {},
    busy: { type: Boolean },
    copied: { state: true },
    asking: { state: true },
  }
  declare link: string | undefined
  /** Whether it is known if there is a link. */
  declare loaded: boolean
  declare problem: string | undefined
  declare busy: boolean
  declare copied: boolean
  declare asking: 'renew' | 'revoke' | undefined

  static override styles = [
    ...sheetStyles,
    fields,
    css`
      parley-qr {
        inline-size: min(15rem, 60vw);
        margin-inline: auto;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .row .button {
        flex: 1;
      }
      input {
        font-family: var(--mono);
        font-size: var(--text-s);
        text-overflow: ellipsis;
      }
    `,
  ]

  get heading(): string {
    return t.contactLink
  }

  body() {
    if (!this.loaded) return undefined
    return html`
      <p class="soft small">${t.contactLinkExplained}</p>
      ${this.problem === undefined ? nothing : html`<p class="problem" role="alert">${icon('alert')}<span>${this.problem}</span></p>`}
      ${
        this.link === undefined
          ? html`<button class="button primary wide" type="button" autofocus ?disabled=${this.busy} @click=${() => ask(this, 'make-contact-link')}>
            ${icon('link')}${t.makeContactLink}
          </button>`
          : this.#link(this.link)
      }
    `
  }

  #link(link: string) {
    return html`
      <parley-qr .text=${link} .label=${t.contactQr}></parley-qr>
      <label>
        ${t.contactLinkField}
        <input readonly dir="ltr" .value=${link} @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()} />
      </label>
      <div class="row">
        <button class="button primary" type="button" autofocus @click=${() => this.#copy(link)}>
          ${icon(this.copied ? 'check' : 'copy')}${this.copied ? t.copied : t.copyLink}
        </button>
        ${'share' in navigator ? html`<button class="button" type="button" @click=${() => navigator.share({ url: link }).catch(() => undefined)}>${t.shareLink}</button>` : nothing}
      </div>
      ${this.#end()}
    `
  }

  #end() {
    if (this.asking !== undefined)
      return html`<parley-question
        .text=${this.asking === 'renew' ? t.renewContactText : t.revokeContactText}
        .yes=${this.asking === 'renew' ? t.renewContact : t.revokeContact}
        @yes=${() => this.#answer()}
        @no=${() => (this.asking = undefined)}
      ></parley-question>`
    return html`<div class="row">
      <button class="button plain" type="button" @click=${() => (this.asking = 'renew')}>${t.renewContact}</button>
      <button class="button plain" type="button" @click=${() => (this.asking = 'revoke')}>${t.revokeContact}</button>
    </div>`
  }

  #answer(): void {
    const { asking } = this
    this.asking = undefined
    if (asking !== undefined) ask(this, asking === 'renew' ? 'make-contact-link' : 'revoke-contact-link')
  }

  async #copy(link: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(link)
    } catch {
      // Without permission the selected field is the way that is left.
      this.renderRoot.querySelector('input')?.select()
      return
    }
    this.copied = true
    ask(this, 'announce', t.copied)
    setTimeout(() => (this.copied = false), 2_000)
  }
}

customElements.define('parley-contact-sheet', ParleyContactSheet)
