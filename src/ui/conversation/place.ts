// <parley-place>: where somebody is, in degrees, with how far off it may be. No map is drawn, since its tiles would tell a server where everybody
// is; on a phone the digits can be handed to an app that has one (RFC 5870).
import { css, html, LitElement, nothing } from 'lit'
import { digitsOf } from '../../core/timeline/place.ts'
import type { Place } from '../../core/timeline/row.ts'
import { icon } from '../elements/icons.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { distanceOf } from '../locales/numbers.ts'
import { base, buttons } from '../styles/shared.ts'
import '../locales/later.ts'

const geoLink = (place: Place): string => `geo:${digitsOf(place).replace(' ', '')}${place.accuracy === null ? '' : `;u=${place.accuracy}`}`

export const accuracyWords = ({ accuracy }: Place): string => (accuracy === null ? t.placeUnsure : t.placeWithin(distanceOf(accuracy)))

export class ParleyPlace extends LitElement {
  static override properties = { place: { attribute: false } }
  declare place: Place

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: 0 var(--space-3);
        min-inline-size: min(15rem, 60vw);
        margin-block: var(--space-1);
      }
      .pin {
        display: grid;
        place-items: center;
        inline-size: 2.5rem;
        block-size: 2.5rem;
        border-radius: 50%;
        background: color-mix(in srgb, currentColor 10%, transparent);
      }
      .pin .icon {
        color: var(--accent-ink);
      }
      strong {
        font-variant-numeric: tabular-nums;
      }
      p {
        font-size: var(--text-s);
      }
      a {
        grid-column: 2 / -1;
        padding-block: var(--space-2);
        color: inherit;
        font-size: var(--text-s);
      }
    `,
  ]

  override render() {
    const { place } = this
    return html`<span class="pin">${icon('place')}</span>
      <div>
        <strong dir="ltr">${digitsOf(place)}</strong>
        <p>${accuracyWords(place)}</p>
      </div>
      <button class="icon-button" type="button" aria-label=${t.copyPlace} title=${t.copyPlace} @click=${this.#copy}>${icon('copy')}</button>
      ${matchMedia('(pointer: coarse)').matches ? html`<a href=${geoLink(place)}>${t.openPlace}</a>` : nothing}`
  }

  async #copy(): Promise<void> {
    await navigator.clipboard?.writeText(digitsOf(this.place)).catch(() => undefined)
    ask(this, 'announce', t.copied)
  }
}

customElements.define('parley-place', ParleyPlace)
