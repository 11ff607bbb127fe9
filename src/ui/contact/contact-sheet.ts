// <parley-contact-sheet>: the reusable link and code by which strangers may ask to talk, and the ways to end it. Asks `make-contact-link`
// and `revoke-contact-link`.
import { css, html } from 'lit'
import { icon } from '../elements/icons.ts'
import { createLinkCopy, linkFieldStyles } from '../elements/link-copy.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { problemLine } from '../elements/problem.ts'
import '../elements/qr-code.ts'
import '../elements/question.ts'

export class ParleyContactSheet extends SheetElement {
  static override properties = {
    link: {},
    loaded: { type: Boolean },
    problem: {},
    busy: { type: Boolean },
    asking: { state: true },
  }
  declare link: string | undefined
  /** Whether it is known if there is a link. */
  declare loaded: boolean
  declare problem: string | undefined
  declare busy: boolean
  declare asking: 'renew' | 'revoke' | undefined

  readonly #linkCopy = createLinkCopy(this)

  static override styles = [
    ...sheetStyles,
    fields,
    linkFieldStyles,
    css`
      parley-qr {
        inline-size: min(15rem, 60vw);
        margin-inline: auto;
      }
      .row .button {
        flex: 1;
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
      ${problemLine(this.problem)}
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
      ${this.#linkCopy.passOn(t.contactLinkField, link)}
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
}

customElements.define('parley-contact-sheet', ParleyContactSheet)
