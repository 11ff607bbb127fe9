// <parley-join-sheet>: paste a link or read its code, see who invites to what, join. Asks `preview-invite` and `accept-invite`.
import { css, html, type PropertyValues } from 'lit'
import type { InvitePreview } from '../../ports/commands.ts'
import { firstWords, wordsIn } from '../contact/first-words.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { previewStyles, previewTemplate } from './preview.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { problemLine } from '../elements/problem.ts'

export class ParleyJoinSheet extends SheetElement {
  static override properties = { link: {}, preview: { attribute: false }, problem: {}, busy: { type: Boolean }, missing: { state: true } }
  /** The link that is being looked at; without one, the sheet asks for it. */
  declare link: string | undefined
  declare preview: InvitePreview | undefined
  declare problem: string | undefined
  declare busy: boolean
  /** Nothing was typed to somebody who has to be asked. */
  declare missing: boolean

  static override styles = [
    ...sheetStyles,
    fields,
    previewStyles,
    css`
      form,
      .found {
        display: grid;
        gap: var(--space-4);
      }
      input {
        font-family: var(--mono);
        font-size: var(--text-m);
      }
    `,
  ]

  get heading(): string {
    return t.joinByLink
  }

  // What had the focus is gone; what one most likely does next has it then.
  override updated(changed?: PropertyValues<this>): void {
    super.updated()
    if (changed?.has('preview') && !changed.get('preview') && this.preview)
      this.renderRoot.querySelector<HTMLElement>('.found :is(textarea, .primary)')?.focus()
  }

  body() {
    const isLooking = this.link !== undefined && this.problem === undefined
    return html`${isLooking ? this.#found() : this.#paste()}`
  }

  #paste() {
    void import('../elements/code-reader.ts')
    return html`<form @submit=${this.#look} novalidate>
      <p class="soft">${t.pasteLink}</p>
      <label>
        ${t.inviteLink}
        <input name="link" inputmode="url" autocomplete="off" spellcheck="false" autofocus dir="ltr" .value=${this.link ?? ''} />
      </label>
      ${problemLine(this.problem)}
      <button class="button primary wide">${t.continue}</button>
      <parley-code-reader .take=${(text: string) => this.#take(text)}></parley-code-reader>
    </form>`
  }

  #found() {
    const { preview } = this
    return html`<div class="found">
      ${preview ? previewTemplate(preview, 'p') : html`<p class="soft" role="status" aria-label=${t.lookingFor('')}>${t.lookingFor('')}</p>`}
      ${
        preview?.kind === 'contact' && preview.already === undefined
          ? this.#asking()
          : preview?.already === undefined
            ? html`<button class="button primary wide" ?disabled=${this.busy} @click=${() => this.link !== undefined && ask(this, 'accept-invite', this.link)}>
            ${t.join}
          </button>`
            : html`<p>${t.alreadyIn}</p>
            <button class="button primary wide" @click=${() => preview.already !== undefined && ask(this, 'open-conversation', preview.already)}>
              ${t.openIt}
            </button>`
      }
    </div>`
  }

  #asking() {
    return html`<form @submit=${this.#ask} novalidate>
      ${firstWords(this.missing ?? false, () => (this.missing = false))}
      <button class="button primary wide" ?disabled=${this.busy}>${t.sendRequest}</button>
    </form>`
  }

  #ask(event: Event): void {
    event.preventDefault()
    const text = wordsIn(this.renderRoot)
    this.missing = text === ''
    if (!this.missing && this.link !== undefined) ask(this, 'ask-contact', { link: this.link, text })
  }

  /** Whatever a code says is looked at as if it had been pasted: what is wrong with it is told in the same place. */
  #take(text: string): boolean {
    ask(this, 'preview-invite', text.trim())
    return true
  }

  #look(event: Event): void {
    event.preventDefault()
    ask(this, 'preview-invite', this.renderRoot.querySelector('input')?.value.trim() ?? '')
  }
}

customElements.define('parley-join-sheet', ParleyJoinSheet)
