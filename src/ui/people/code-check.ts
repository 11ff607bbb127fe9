// <parley-code-check>: the other's safety number against one's own, by the code that they show, and always by pasting. It compares for the
// person, so that nobody looks at the first digits only. Dispatches `compared` with what came out.
import { css, html, LitElement } from 'lit'
import { compareSafetyNumber } from '../../core/verification/safety-number.ts'
import { t } from '../locales/index.ts'
import { base, fields } from '../styles/shared.ts'
import '../elements/code-reader.ts'

export class Compared extends Event {
  readonly same: boolean
  constructor(same: boolean) {
    super('compared')
    this.same = same
  }
}

export class ParleyCodeCheck extends LitElement {
  static override properties = { digits: { attribute: false }, name: {} }
  /** One's own number with them, in groups. */
  declare digits: readonly string[]
  declare name: string

  static override styles = [
    base,
    fields,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
      }
      input {
        font-family: var(--mono);
      }
    `,
  ]

  override render() {
    return html`
      <parley-code-reader .take=${(text: string) => this.#read(text)}></parley-code-reader>
      <label>
        ${t.theirNumber(this.name)}
        <input inputmode="numeric" autocomplete="off" spellcheck="false" dir="ltr" @input=${(event: Event) => this.#read((event.target as HTMLInputElement).value)} />
      </label>
    `
  }

  /** Whether the text was a whole number, so that there was something to compare. */
  #read(text: string): boolean {
    const compared = compareSafetyNumber(this.digits, text)
    if (compared === 'no-number') return false
    this.dispatchEvent(new Compared(compared === 'same'))
    return true
  }
}

customElements.define('parley-code-check', ParleyCodeCheck)
