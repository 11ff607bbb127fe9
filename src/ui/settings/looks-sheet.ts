// <parley-looks-sheet>: light or dark, contrast, accent, size of text, density, messages, wallpaper, language, over a sample of what comes of
// it. Asks `preference`; everything holds at once.
import { html, nothing } from 'lit'
import type { Choices } from '../choices.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { languages, pseudoTags, t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { looks, type Look, type LookName } from '../theme.ts'
import { choiceRow, choiceRowStyles } from './choice-row.ts'
import { sample, sampleStyles } from './looks-sample.ts'

/** From the smallest on; of other looks the usual one comes first. */
const sizes: readonly Look<'text'>[] = ['small', 'usual', 'large', 'largest']

export class ParleyLooksSheet extends SheetElement {
  static override properties = { choices: { attribute: false } }
  declare choices: Choices

  static override styles = [...sheetStyles, fields, choiceRowStyles, sampleStyles]

  get heading(): string {
    return t.looks
  }

  override get cameFrom(): SheetRequest {
    return { kind: 'settings' }
  }

  body() {
    return html`
      ${sample()}
      <label>
        ${t.language}
        <select @change=${(event: Event) => ask(this, 'preference', { name: 'language', value: (event.target as HTMLSelectElement).value })}>
          <option value="" ?selected=${this.choices.language === undefined}>${t.languageLikeBrowser}</option>
          ${this.#languages().map(
            ([tag, name]) => html`<option value=${tag} lang=${tag} ?selected=${this.choices.language === tag}>${name}</option>`,
          )}
        </select>
      </label>
      ${(Object.keys(looks) as LookName[]).map((name) => html`${this.#row(name)}${name === 'accent' ? this.#ownAccent() : nothing}`)}
    `
  }

  /** All, and the language that nobody speaks while it is on: only translators know of it. */
  #languages(): readonly (readonly [tag: string, name: string])[] {
    const { language } = this.choices
    const isPseudo = pseudoTags.some((tag) => tag === language)
    return [...Object.entries(languages), ...(language !== undefined && isPseudo ? ([[language, language]] as const) : [])]
  }

  #ownAccent() {
    if (this.choices.accent !== 'own') return nothing
    return html`<div class="own">
      <label>
        <input
          type="color"
          aria-describedby="own-text"
          .value=${this.choices.ownAccent}
          @input=${(event: Event) => ask(this, 'preference', { name: 'own-accent', value: (event.target as HTMLInputElement).value })}
        />
        ${t.ownAccent}
      </label>
      <p class="soft small" id="own-text">${t.ownAccentText}</p>
    </div>`
  }

  #row(name: LookName) {
    const words: Readonly<Record<string, string>> = t.look[name]
    const all = (name === 'text' ? sizes : looks[name]).map((value) => ({ value, label: words[value] ?? value }))
    return choiceRow(name, t.lookNames[name], all, this.choices[name], (value) => ask(this, 'preference', { name, value }))
  }
}

customElements.define('parley-looks-sheet', ParleyLooksSheet)
