// <parley-place-sheet>: says what is told to whom before the browser is asked where this device is, shows what it found, and asks `share-place`.
import { css, html, nothing } from 'lit'
import { maxAccuracyMetres, microDegrees } from '../../core/limits.ts'
import { digitsOf } from '../../core/timeline/place.ts'
import type { Place } from '../../core/timeline/row.ts'
import { icon } from '../elements/icons.ts'
import { problemLine } from '../elements/problem.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { accuracyWords } from './place.ts'

/** Milliseconds after which a device that does not know where it is is not waited for. */
const patienceMs = 30_000

/** As it is told: whole numbers, rounded. */
const placeOf = ({ coords }: GeolocationPosition): Place => ({
  latitude: Math.round(coords.latitude * microDegrees),
  longitude: Math.round(coords.longitude * microDegrees),
  accuracy: Number.isFinite(coords.accuracy) ? Math.min(maxAccuracyMetres, Math.ceil(coords.accuracy)) : null,
})

export class ParleyPlaceSheet extends SheetElement {
  static override properties = { problem: {}, place: { state: true }, trouble: { state: true }, isLooking: { state: true } }
  declare problem: string | undefined
  declare place: Place | undefined
  declare trouble: 'denied' | 'unknown' | undefined
  declare isLooking: boolean

  static override styles = [
    ...sheetStyles,
    css`
      .found {
        display: grid;
        gap: var(--space-1);
        padding: var(--space-4);
        border-radius: var(--radius-m);
        background: var(--sunken);
        text-align: center;
      }
      .found strong {
        font-size: var(--text-l);
        font-variant-numeric: tabular-nums;
      }
    `,
  ]

  get heading(): string {
    return t.attachments.place
  }

  body() {
    const { place, trouble } = this
    return html`
      <p>${t.placeText}</p>
      ${
        place
          ? html`<div class="found" role="status">
            <strong dir="ltr">${digitsOf(place)}</strong>
            <p class="soft small">${accuracyWords(place)}</p>
          </div>`
          : nothing
      }
      ${problemLine(trouble === undefined ? this.problem : trouble === 'denied' ? t.placeDenied : t.placeUnknown)}
      ${
        place
          ? html`<button class="button primary wide" type="button" @click=${() => ask(this, 'share-place', place)}>
              ${icon('arrowUp')}${t.sendPlace}
            </button>
            <button class="button wide" type="button" @click=${this.#look}>${t.placeAgain}</button>`
          : html`<button class="button primary wide" type="button" autofocus ?disabled=${this.isLooking} @click=${this.#look}>
              ${icon('place')}${this.isLooking ? t.placeLooking : t.findPlace}
            </button>`
      }
    `
  }

  #look(): void {
    this.isLooking = true
    this.trouble = undefined
    if (!('geolocation' in navigator)) return this.#failed(undefined)
    navigator.geolocation.getCurrentPosition(
      (position) => {
        this.isLooking = false
        this.place = placeOf(position)
      },
      (error) => this.#failed(error),
      { enableHighAccuracy: true, timeout: patienceMs },
    )
  }

  #failed(error: GeolocationPositionError | undefined): void {
    this.isLooking = false
    this.trouble = error?.code === GeolocationPositionError.PERMISSION_DENIED ? 'denied' : 'unknown'
  }
}

customElements.define('parley-place-sheet', ParleyPlaceSheet)
