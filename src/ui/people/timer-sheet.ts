// <parley-timer-sheet>: after which time new messages disappear from all devices, and what that cannot promise. Asks `set-timer`, once, when
// it is saved.
import { html } from 'lit'
import type { ConversationView } from '../../ports/queries.ts'
import { problemLine } from '../elements/problem.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'
import { spanOf } from '../locales/numbers.ts'
import { fields } from '../styles/shared.ts'
import { choicesStyles, choicesTemplate } from './choices.ts'

/** Seconds: never, and from half a minute to four weeks. */
const usual = [0, 30, 300, 3_600, 8 * 3_600, 86_400, 7 * 86_400, 28 * 86_400]

export class ParleyTimerSheet extends SheetElement {
  static override properties = { conversation: { attribute: false }, problem: {}, busy: { type: Boolean }, wish: { state: true } }
  declare conversation: ConversationView | undefined
  declare problem: string | undefined
  declare busy: boolean
  /** What was chosen and is not saved yet. */
  declare wish: number | undefined

  static override styles = [...sheetStyles, fields, choicesStyles]

  get heading(): string {
    return t.timer
  }

  override get cameFrom(): SheetRequest | undefined {
    return this.conversation && { kind: 'people', conversation: this.conversation.id }
  }

  body() {
    const view = this.conversation
    if (!view) return undefined
    const chosen = this.wish ?? view.timer
    const offered = usual.includes(view.timer) ? usual : [...usual, view.timer].toSorted((a, b) => a - b)
    const choices = offered.map((seconds) => ({ value: `${seconds}`, label: seconds === 0 ? t.timerNever : spanOf(seconds) }))
    const save = (event: Event): void => {
      event.preventDefault()
      ask(this, 'set-timer', chosen)
    }
    return html`<form @submit=${save}>
      <div>
        ${choicesTemplate('timer', t.timerAfter, choices, `${chosen}`, (value) => {
          this.wish = Number(value)
        })}
        <p class="small soft">${t.timerText}</p>
      </div>
      ${problemLine(this.problem)}
      <button class="button primary wide" ?disabled=${this.busy}>${t.timerSave}</button>
    </form>`
  }
}

customElements.define('parley-timer-sheet', ParleyTimerSheet)
