// <parley-slow-sheet>: how long everybody waits between two messages, but for those who look after the group, and what that cannot promise.
// Asks `set-slow`, once, when it is saved.
import { html } from 'lit'
import type { ConversationView } from '../../ports/queries.ts'
import { problemLine } from '../elements/problem.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'
import { spanOf } from '../locales/numbers.ts'
import { fields } from '../styles/shared.ts'
import { choicesStyles, choicesTemplate } from './choices.ts'

/** Seconds: off, and from ten of them to an hour. */
const usual = [0, 10, 30, 60, 300, 900, 3_600]

export class ParleySlowSheet extends SheetElement {
  static override properties = { conversation: { attribute: false }, problem: {}, busy: { type: Boolean }, wish: { state: true } }
  declare conversation: ConversationView | undefined
  declare problem: string | undefined
  declare busy: boolean
  /** What was chosen and is not saved yet. */
  declare wish: number | undefined

  static override styles = [...sheetStyles, fields, choicesStyles]

  get heading(): string {
    return t.slow
  }

  override get cameFrom(): SheetRequest | undefined {
    return this.conversation && { kind: 'people', conversation: this.conversation.id }
  }

  body() {
    const view = this.conversation
    if (!view) return undefined
    const chosen = this.wish ?? view.slow
    const offered = usual.includes(view.slow) ? usual : [...usual, view.slow].toSorted((a, b) => a - b)
    const choices = offered.map((seconds) => ({ value: `${seconds}`, label: seconds === 0 ? t.slowOff : spanOf(seconds) }))
    const save = (event: Event): void => {
      event.preventDefault()
      ask(this, 'set-slow', chosen)
    }
    return html`<form @submit=${save}>
      <div>
        ${choicesTemplate('slow', t.slowBetween, choices, `${chosen}`, (value) => {
          this.wish = Number(value)
        })}
        <p class="small soft">${t.slowText}</p>
      </div>
      ${problemLine(this.problem)}
      <button class="button primary wide" ?disabled=${this.busy}>${t.save}</button>
    </form>`
  }
}

customElements.define('parley-slow-sheet', ParleySlowSheet)
