// <parley-asked-to-compare>: over the foot of the page while somebody asks to compare emojis; it takes no focus from whoever is writing.
// Asks `open-sheet`, and `decline-emojis`.
import { css, html, LitElement } from 'lit'
import type { ComparisonView } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { base, buttons } from '../styles/shared.ts'
import '../locales/later.ts'

export class ParleyAskedToCompare extends LitElement {
  static override properties = { comparison: { attribute: false } }
  declare comparison: ComparisonView

  static override styles = [
    base,
    buttons,
    css`
      section {
        position: fixed;
        inset-block-end: max(var(--space-4), env(safe-area-inset-bottom));
        inset-inline: 0;
        z-index: 2;
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--space-2) var(--space-3);
        inline-size: min(26rem, 100vw - 2rem);
        margin-inline: auto;
        padding: var(--space-4);
        border-radius: var(--radius-l);
        background: var(--surface);
        box-shadow: var(--floating);
      }
      .row {
        grid-column: 2;
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      @media (forced-colors: active) {
        section {
          border: 1px solid CanvasText;
        }
      }
    `,
  ]

  override render() {
    const { conversation, person } = this.comparison
    const open = (): void => ask(this, 'open-sheet', { kind: 'comparison', conversation, person: person.identity })
    return html`<section aria-label=${t.compareEmojis}>
      ${icon('shield')}
      <p>${this.#text}</p>
      <div class="row">
        <button class="button primary" type="button" @click=${open}>${t.compareEmojis}</button>
        <button class="button plain" type="button" @click=${() => ask(this, 'decline-emojis')}>${t.notNow}</button>
      </div>
    </section>`
  }

  override firstUpdated(): void {
    ask(this, 'announce', this.#text)
  }

  get #text(): string {
    return t.emojisAsked(shownName(this.comparison.person.name, t.someone))
  }
}

customElements.define('parley-asked-to-compare', ParleyAskedToCompare)
