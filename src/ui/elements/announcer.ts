// <parley-announcer>: the one polite live region for new messages. Each text is said once, also when it equals the one before.
import { css, html, LitElement } from 'lit'

/** How long (milliseconds) a text stays for slow readers before it is taken out silently. */
const holdMs = 5_000

export class ParleyAnnouncer extends LitElement {
  static override properties = { texts: { state: true } }
  declare texts: readonly { readonly id: number; readonly text: string }[]
  #next = 0

  constructor() {
    super()
    this.texts = []
  }

  static override styles = css`
    :host {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  `

  override render() {
    return html`<div aria-live="polite" aria-relevant="additions">${this.texts.map(({ text }) => html`<p>${text}</p>`)}</div>`
  }

  say(text: string): void {
    const id = this.#next++
    this.texts = [...this.texts, { id, text }]
    setTimeout(() => (this.texts = this.texts.filter((entry) => entry.id !== id)), holdMs)
  }
}

customElements.define('parley-announcer', ParleyAnnouncer)
