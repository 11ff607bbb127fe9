// <parley-notifications-sheet>: whether one is told of new messages, how much is said, and when it is quiet. Asks `preference` and
// `ask-notifications`.
import { css, html, nothing } from 'lit'
import type { NotifyPermission } from '../../ports/notifier.ts'
import { flag, type ChoiceName, type Choices } from '../choices.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { timeOf } from '../locales/dates.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { switches } from '../styles/switches.ts'
import { switchTemplate } from './switch.ts'

/** Quiet hours as they are first offered. */
const usualNight = { from: '22:00', until: '07:00' }
const hourMs = 3_600_000

export class ParleyNotificationsSheet extends SheetElement {
  static override properties = { choices: { attribute: false }, notifying: {} }
  declare choices: Choices
  declare notifying: NotifyPermission

  static override styles = [
    ...sheetStyles,
    fields,
    switches,
    css`
      .times {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--space-3);
      }
    `,
  ]

  get heading(): string {
    return t.notifications
  }

  override get cameFrom(): SheetRequest {
    return { kind: 'settings' }
  }

  body() {
    const { choices } = this
    const isOn = choices.notify === true && this.notifying === 'granted'
    return html`
      ${this.#whether(isOn)}
      ${
        isOn
          ? html`${switchTemplate(t.hideContent, t.hideContentText, choices.hideContent, (on) => this.#prefer('hide-content', flag(on)))}
            ${switchTemplate(t.sound, undefined, choices.sound, (on) => this.#prefer('sound', flag(on)))}
            <label>
              ${t.keywords}
              <input
                name="keywords"
                autocomplete="off"
                dir="auto"
                aria-describedby="keywords-text"
                .value=${choices.keywords.join(', ')}
                @change=${(event: Event) => this.#prefer('keywords', (event.target as HTMLInputElement).value)}
              />
            </label>
            <p class="soft small" id="keywords-text">${t.keywordsText}</p>
            ${this.#silence()} ${this.#quiet()}`
          : nothing
      }
    `
  }

  #whether(isOn: boolean) {
    switch (this.notifying) {
      case 'never':
        return html`<p>${t.notifyNever}</p>`
      case 'denied':
        return html`<p>${t.notifyDenied}</p>`
      default:
        return switchTemplate(t.notifySwitch, t.notifyText, isOn, (on) =>
          on ? ask(this, 'ask-notifications') : this.#prefer('notify', flag(false)),
        )
    }
  }

  #silence() {
    const { silentUntil } = this.choices
    if (silentUntil > Date.now())
      return html`<div class="row">
        <p>${t.silentUntil(timeOf(silentUntil))}</p>
        <button class="button" type="button" @click=${() => this.#prefer('silent-until', '0')}>${t.endSilence}</button>
      </div>`
    return html`<div class="row" role="group" aria-label=${t.doNotDisturb}>
      ${[1, 8].map(
        (hours) =>
          html`<button class="button" type="button" @click=${() => this.#prefer('silent-until', String(Date.now() + hours * hourMs))}>
            ${t.silentFor(hours)}
          </button>`,
      )}
    </div>`
  }

  #quiet() {
    const { quiet } = this.choices
    const set = (times: { from: string; until: string } | undefined): void =>
      this.#prefer('quiet', times ? `${times.from}-${times.until}` : '')
    const field = (which: 'from' | 'until', words: string) =>
      quiet &&
      html`<label>
        ${words}<input
          type="time"
          required
          .value=${quiet[which]}
          @change=${(event: Event) => set({ ...quiet, [which]: (event.target as HTMLInputElement).value })}
        />
      </label>`
    return html`${switchTemplate(t.quietHours, t.quietHoursText, quiet !== undefined, (on) => set(on ? usualNight : undefined))}
    ${quiet ? html`<div class="times">${field('from', t.from)} ${field('until', t.until)}</div>` : nothing}`
  }

  #prefer(name: ChoiceName, value: string): void {
    ask(this, 'preference', { name, value })
  }
}

customElements.define('parley-notifications-sheet', ParleyNotificationsSheet)
