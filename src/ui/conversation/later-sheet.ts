// <parley-later-sheet>: when a text is to go out: at a few usual times, at any other, or when somebody is connected. Asks `send-when`. It says
// plainly that nobody but this page will send it.
import { css, html, nothing } from 'lit'
import type { ConversationView, SendWhen } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { problemLine } from '../elements/problem.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask } from '../events.ts'
import { weekdayAndTime } from '../locales/dates.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { localInput, usualTimes } from './usual-times.ts'

export class ParleyLaterSheet extends SheetElement {
  static override properties = { conversation: { attribute: false }, problem: {}, wrong: { state: true } }
  declare conversation: ConversationView | undefined
  declare problem: string | undefined
  declare wrong: boolean

  static override styles = [
    ...sheetStyles,
    fields,
    css`
      .choices {
        display: grid;
        gap: var(--space-1);
      }
      .choice {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        inline-size: 100%;
        min-block-size: max(2.75rem, var(--target));
        padding: var(--space-2) var(--space-3);
        border-radius: var(--radius-m);
        text-align: start;
      }
      .choice span {
        flex: 1;
      }
      .choice .icon,
      .choice small {
        color: var(--ink-soft);
      }
      @media (hover: hover) {
        .choice:hover {
          background: var(--lifted);
        }
      }
      @media (forced-colors: active) {
        .choice {
          border: 1px solid ButtonText;
        }
      }
    `,
  ]

  get heading(): string {
    return t.sendLater
  }

  body() {
    const view = this.conversation
    if (!view) return undefined
    const now = Date.now()
    return html`
      <p class="soft small">${t.sendLaterText}</p>
      <div class="choices">
        ${usualTimes(now).map(({ name, at }) => this.#choice(t.laterTimes[name], { kind: 'at', at }, weekdayAndTime(at)))}
        ${
          view.members.length > 1
            ? this.#choice(
                view.kind === 'group' ? t.whenSomebodyHere : t.whenHere(shownName(view.title, t.someone)),
                { kind: 'here' },
                undefined,
              )
            : nothing
        }
      </div>
      <form @submit=${this.#submit} novalidate>
        <label>${t.anotherTime}<input type="datetime-local" name="at" min=${localInput(now)} .value=${localInput(now + 3_600_000)} /></label>
        ${problemLine(this.wrong ? t.timeNeeded : this.problem)}
        <button class="button primary wide">${t.sendThen}</button>
      </form>
    `
  }

  #choice(words: string, when: SendWhen, at: string | undefined) {
    return html`<button class="choice" type="button" ?autofocus=${when.kind === 'at'} @click=${() => ask(this, 'send-when', when)}>
      ${icon(when.kind === 'at' ? 'clock' : 'person')}<span>${words}</span>${at === undefined ? nothing : html`<small>${at}</small>`}
    </button>`
  }

  #submit(event: Event): void {
    event.preventDefault()
    const at = new Date(this.renderRoot.querySelector<HTMLInputElement>('[name="at"]')?.value ?? '').getTime()
    this.wrong = Number.isNaN(at) || at <= Date.now()
    if (!this.wrong) ask(this, 'send-when', { kind: 'at', at })
  }
}

customElements.define('parley-later-sheet', ParleyLaterSheet)
