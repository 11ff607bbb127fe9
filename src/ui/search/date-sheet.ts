// <parley-date-sheet>: the day to go to in a conversation. Asks `go-to-day`.
import { html } from 'lit'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'

export class ParleyDateSheet extends SheetElement {
  static override styles = [...sheetStyles, fields]

  get heading(): string {
    return t.goToDay
  }

  body() {
    return html`<form @submit=${this.#go}>
      <label>${t.day}<input type="date" name="day" required autofocus /></label>
      <button class="button primary wide">${t.goThere}</button>
    </form>`
  }

  #go(event: Event): void {
    event.preventDefault()
    const day = this.renderRoot.querySelector('input')?.valueAsDate
    // What a date field holds is midnight of UTC; what is meant is midnight here.
    if (day) ask(this, 'go-to-day', new Date(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()).getTime())
  }
}

customElements.define('parley-date-sheet', ParleyDateSheet)
