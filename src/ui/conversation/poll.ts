// <parley-poll>: the answers of a poll inside its message: how many chose each, and who; a click chooses, another takes it back. Everybody sees
// who chose what, and it says so. Asks `vote`.
import { css, html, LitElement, nothing } from 'lit'
import type { MessageView, PollView } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { listNames, shownName } from '../elements/names.ts'
import { ask } from '../events.ts'
import { dayAndTime } from '../locales/dates.ts'
import { t } from '../locales/index.ts'
import { base, buttons } from '../styles/shared.ts'
import '../locales/later.ts'

/** A timer cannot wait for longer: about 24 days, in milliseconds. */
const longestTimerMs = 2 ** 31 - 1

export class ParleyPoll extends LitElement {
  static override properties = { message: { attribute: false }, still: { type: Boolean }, barred: { type: Boolean } }
  declare message: MessageView
  /** Nothing can be said about it any more. */
  declare still: boolean
  /** Not for the person here to vote on. */
  declare barred: boolean
  #end: ReturnType<typeof setTimeout> | undefined

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-1);
        min-inline-size: min(18rem, 60vw);
        margin-block: var(--space-2) var(--space-1);
      }
      .answer {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: 2px var(--space-2);
        min-block-size: max(2.5rem, var(--target));
        padding: var(--space-1) var(--space-2);
        border: 1px solid color-mix(in srgb, currentColor 18%, transparent);
        border-radius: var(--radius-m);
        text-align: start;
      }
      .answer[aria-pressed='true'] {
        border-color: var(--accent);
      }
      .answer.most .text {
        font-weight: 700;
      }
      .answer:disabled {
        opacity: 1;
        cursor: default;
      }
      .foot .icon {
        inline-size: 1em;
        block-size: 1em;
        vertical-align: -0.125em;
      }
      .mark {
        display: grid;
        place-items: center;
        inline-size: 1.25rem;
        block-size: 1.25rem;
        border: 2px solid currentColor;
        border-radius: 50%;
        opacity: 0.6;
      }
      .multiple .mark {
        border-radius: 25%;
      }
      [aria-pressed='true'] .mark {
        border-color: var(--accent);
        background: var(--accent);
        color: var(--on-accent);
        forced-color-adjust: none;
        opacity: 1;
      }
      .text {
        overflow-wrap: anywhere;
      }
      .count {
        font-size: var(--text-s);
        font-variant-numeric: tabular-nums;
      }
      progress {
        grid-column: 2 / -1;
        appearance: none;
        inline-size: 100%;
        block-size: 4px;
        border: 0;
        border-radius: 2px;
        background: color-mix(in srgb, currentColor 12%, transparent);
        overflow: hidden;
      }
      progress::-webkit-progress-bar {
        background: none;
      }
      progress::-webkit-progress-value {
        background: var(--accent);
      }
      progress::-moz-progress-bar {
        background: var(--accent);
      }
      .who {
        grid-column: 2 / -1;
        overflow: hidden;
        font-size: var(--text-xs);
        overflow-wrap: anywhere;
      }
      .foot {
        font-size: var(--text-xs);
      }
      @media (forced-colors: active) {
        progress {
          appearance: auto;
          block-size: 0.5rem;
        }
        .answer[aria-pressed='true'] {
          outline: 2px solid Highlight;
        }
      }
    `,
  ]

  override render() {
    const { poll } = this.message
    if (!poll) return nothing
    const most = Math.max(1, ...poll.options.map(({ by }) => by.length))
    const isOver = poll.closed || (poll.closesAt !== undefined && poll.closesAt <= Date.now())
    return html`
      ${poll.options.map((option, at) => this.#answer(poll, option, at, most, isOver))}
      <p class="foot">${isOver ? html`<b>${icon('lock')} ${t.pollClosed}</b>` : poll.multiple ? t.pollMany : t.pollOne} ${t.voters(poll.voters)}</p>
      ${this.barred && !this.still && !isOver ? html`<p class="foot">${t.pollWriters}</p>` : nothing}
      ${poll.tooLate > 0 ? html`<p class="foot">${t.votedTooLate(poll.tooLate)}</p>` : nothing}
      ${poll.closesAt === undefined || isOver ? nothing : html`<p class="foot">${t.pollOpenUntil(dayAndTime(poll.closesAt))}</p>`}
    `
  }

  // An open poll becomes a closed one while somebody looks at it.
  override updated(): void {
    clearTimeout(this.#end)
    const left = (this.message.poll?.closesAt ?? 0) - Date.now()
    if (left > 0) this.#end = setTimeout(() => this.requestUpdate(), Math.min(left, longestTimerMs))
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#end)
  }

  #answer({ multiple }: PollView, { text, by, mine }: PollView['options'][number], at: number, most: number, isOver: boolean) {
    const names = listNames(by.map((name) => shownName(name, t.someone)))
    return html`<button
      class="answer ${multiple ? 'multiple' : ''} ${isOver && by.length === most ? 'most' : ''}"
      type="button"
      aria-pressed=${mine ? 'true' : 'false'}
      ?disabled=${this.still || this.barred || isOver}
      @click=${() => this.#choose(at)}
    >
      <span class="mark">${mine ? icon('check') : nothing}</span>
      <span class="text" dir="auto">${text}</span>
      <span class="count"><span class="hidden-text">${t.voters(by.length)}</span><span aria-hidden="true">${by.length}</span></span>
      <progress aria-hidden="true" max=${most} .value=${by.length}></progress>
      ${names === '' ? nothing : html`<span class="who">${names}</span>`}
    </button>`
  }

  #choose(at: number): void {
    const { id, poll } = this.message
    const chosen = poll?.options.flatMap(({ mine }, place) => (mine ? [place] : [])) ?? []
    const others = poll?.multiple ? chosen.filter((place) => place !== at) : []
    ask(this, 'vote', { message: id, choices: chosen.includes(at) ? others : [...others, at].toSorted((a, b) => a - b) })
  }
}

customElements.define('parley-poll', ParleyPoll)
