// <parley-poll-sheet>: a question for everybody, and its answers; another field comes with the last one that is filled in. Asks `ask-everybody`.
import { css, html } from 'lit'
import { maxPollOptionCharacters, maxPollOptions } from '../../core/limits.ts'
import { msPerDay } from '../../core/time.ts'
import { problemLine } from '../elements/problem.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { switches } from '../styles/switches.ts'

const least = 2

/** After how long (milliseconds) a poll ends by itself. */
const pollSpans = [
  ['never', undefined],
  ['hour', msPerDay / 24],
  ['day', msPerDay],
  ['week', 7 * msPerDay],
] as const

export class ParleyPollSheet extends SheetElement {
  static override properties = { problem: {}, options: { state: true }, lacks: { state: true } }
  declare problem: string | undefined
  declare options: readonly string[]
  /** Something that is needed was not filled in. */
  declare lacks: boolean

  constructor() {
    super()
    this.options = ['', '']
    this.lacks = false
  }

  static override styles = [
    ...sheetStyles,
    fields,
    switches,
    css`
      fieldset {
        display: grid;
        gap: var(--space-2);
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0 0 var(--space-1);
        font-size: var(--text-s);
        color: var(--ink-soft);
      }
    `,
  ]

  get heading(): string {
    return t.attachments.poll
  }

  body() {
    return html`<form @submit=${this.#submit} novalidate>
      <label>${t.pollQuestion}<input name="question" maxlength="500" autocomplete="off" dir="auto" autofocus /></label>
      <fieldset>
        <legend>${t.pollAnswers}</legend>
        ${this.options.map(
          (option, at) =>
            html`<input
              name="answer"
              aria-label=${t.pollAnswer(at + 1)}
              maxlength=${maxPollOptionCharacters}
              autocomplete="off"
              dir="auto"
              .value=${option}
              @input=${(event: Event) => this.#typed(at, (event.target as HTMLInputElement).value)}
            />`,
        )}
      </fieldset>
      <label class="switch"><input type="checkbox" role="switch" name="multiple" /><span>${t.pollMultiple}</span></label>
      <label>
        ${t.pollEnds}
        <select name="ends">
          ${pollSpans.map(([name]) => html`<option value=${name}>${t.pollSpans[name]}</option>`)}
        </select>
      </label>
      <p class="soft small">${t.pollAbout} ${t.pollClocks}</p>
      ${problemLine(this.lacks ? t.pollNeeds : this.problem)}
      <button class="button primary wide">${t.sendPoll}</button>
    </form>`
  }

  #typed(at: number, text: string): void {
    const options = this.options.with(at, text)
    const isFull = options.every((option) => option.trim() !== '')
    this.options = isFull && options.length < maxPollOptions ? [...options, ''] : options
  }

  #submit(event: Event): void {
    event.preventDefault()
    const field = (name: string) => this.renderRoot.querySelector<HTMLInputElement>(`[name="${name}"]`)
    const question = field('question')?.value.trim() ?? ''
    const options = this.options.map((option) => option.trim()).filter((option) => option !== '')
    this.lacks = question === '' || options.length < least
    if (this.lacks) return
    const span = pollSpans.find(([name]) => name === field('ends')?.value)?.[1]
    const closesAt = span === undefined ? {} : { closesAt: Date.now() + span }
    ask(this, 'ask-everybody', { question, options, multiple: field('multiple')?.checked === true, ...closesAt })
  }
}

customElements.define('parley-poll-sheet', ParleyPollSheet)
