// What two sheets share: a span of seconds is chosen for a conversation from some usual ones, and saved once, with what it cannot promise.
import { css, html } from 'lit'
import type { ConversationView } from '../../ports/queries.ts'
import { problemLine } from '../elements/problem.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import type { SheetRequest } from '../events.ts'
import { spanOf } from '../locales/numbers.ts'
import { fields } from '../styles/shared.ts'
import { choicesStyles, choicesTemplate } from './choices.ts'

export interface SpanWords {
  /** Of the group of choices, unlike any other on the page. */
  readonly name: string
  readonly legend: string
  /** 0 seconds. */
  readonly none: string
  readonly text: string
  readonly save: string
}

export abstract class SpanSheet extends SheetElement {
  static override properties = { conversation: { attribute: false }, problem: {}, busy: { type: Boolean }, wish: { state: true } }
  declare conversation: ConversationView | undefined
  declare problem: string | undefined
  declare busy: boolean
  /** What was chosen and is not saved yet. */
  declare wish: number | undefined

  static override styles = [
    ...sheetStyles,
    fields,
    choicesStyles,
    css`
      .choices + p {
        margin-block-start: var(--space-2);
      }
    `,
  ]

  /** Seconds that are offered, 0 among them. */
  abstract get usual(): readonly number[]
  abstract get words(): SpanWords
  /** What holds now, in seconds. */
  abstract present(view: ConversationView): number
  abstract save(seconds: number): void

  override get cameFrom(): SheetRequest | undefined {
    return this.conversation && { kind: 'people', conversation: this.conversation.id }
  }

  body() {
    const view = this.conversation
    if (!view) return undefined
    const { usual, words } = this
    const present = this.present(view)
    const chosen = this.wish ?? present
    const offered = usual.includes(present) ? usual : [...usual, present].toSorted((a, b) => a - b)
    const choices = offered.map((seconds) => ({ value: `${seconds}`, label: seconds === 0 ? words.none : spanOf(seconds) }))
    const save = (event: Event): void => {
      event.preventDefault()
      this.save(chosen)
    }
    return html`<form @submit=${save}>
      <div>
        ${choicesTemplate(words.name, words.legend, choices, `${chosen}`, (value) => {
          this.wish = Number(value)
        })}
        <p class="small soft">${words.text}</p>
      </div>
      ${problemLine(this.problem)}
      <button class="button primary wide" ?disabled=${this.busy}>${words.save}</button>
    </form>`
  }
}
