// <parley-emojis-sheet>: seven emojis that two people compare while both are online, and what came out. Asks `answer-emojis` and
// `compare-emojis`. A difference is said loudly; whatever ends it otherwise can be tried again.
import { css, html, nothing, type TemplateResult } from 'lit'
import type { ConversationId } from '../../core/ids.ts'
import type { ComparisonEnd } from '../../core/verification/comparison.ts'
import type { ComparisonView, PersonView } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { problemLine } from '../elements/problem.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { t } from '../locales/index.ts'
import { comparedEmojis } from './compared-emojis.ts'
import { mismatchStyles, mismatchTemplate } from './mismatch.ts'

export class ParleyEmojisSheet extends SheetElement {
  static override properties = {
    comparison: { attribute: false },
    person: { attribute: false },
    conversation: {},
    problem: {},
    busy: { type: Boolean },
  }
  /** Nothing while it has not begun. */
  declare comparison: ComparisonView | undefined
  declare person: PersonView | undefined
  declare conversation: ConversationId
  declare problem: string | undefined
  declare busy: boolean

  static override styles = [
    ...sheetStyles,
    mismatchStyles,
    css`
      [role='status'] {
        display: grid;
        gap: var(--space-3);
      }
      .emojis {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--space-3) var(--space-2);
        margin: 0;
        padding: var(--space-4) var(--space-2);
        list-style: none;
        border-radius: var(--radius-m);
        background: var(--sunken);
      }
      .emojis li {
        display: grid;
        justify-items: center;
        inline-size: 5.5rem;
        text-align: center;
      }
      .emojis span {
        font-size: 2.25rem;
        line-height: 1.25;
      }
      .state {
        display: flex;
        gap: var(--space-2);
        color: var(--good);
      }
    `,
  ]

  get heading(): string {
    return t.compareEmojis
  }

  override get cameFrom(): SheetRequest | undefined {
    return this.person && { kind: 'safety', conversation: this.conversation, person: this.person.identity }
  }

  body() {
    if (!this.person) return undefined
    return html`<div role="status">${this.#now()}</div>
      ${problemLine(this.problem)} ${this.#ways()}`
  }

  #now(): TemplateResult | typeof nothing {
    const view = this.comparison
    if (this.problem !== undefined && view?.stage !== 'looking') return nothing
    if (view?.stage === 'looking') return this.#emojis(view)
    if (view?.stage === 'ended' && view.end) return this.#end(view.end)
    return html`<p>${t.emojisAsking(this.#name)}</p>`
  }

  #emojis({ emojis = [], said }: ComparisonView): TemplateResult {
    return html`<p>${t.emojisText(this.#name)}</p>
      <ol class="emojis" role="list" aria-label=${t.emojis}>
        ${emojis.map((at) => html`<li><span aria-hidden="true">${comparedEmojis[at]}</span>${t.emojiNames[at]}</li>`)}
      </ol>
      <p class="small soft">${said ? t.emojisWaiting(this.#name) : t.safetyWarning}</p>`
  }

  #end(end: ComparisonEnd): TemplateResult {
    const text = t.emojiEnds[end](this.#name)
    if (end === 'same') return html`<p class="state">${icon('verified')}<span>${text}</span></p>`
    return end === 'different' || end === 'cheated' ? mismatchTemplate(text) : html`<p>${text}</p>`
  }

  #ways() {
    const view = this.comparison
    if (view?.stage === 'looking' && !view.said) {
      const say = (same: boolean) => (): void => ask(this, 'answer-emojis', same)
      return html`<div class="row">
        <button class="button primary" type="button" @click=${say(true)}>${t.emojisSame}</button>
        <button class="button risk" type="button" @click=${say(false)}>${t.emojisDiffer}</button>
      </div>`
    }
    const isOver = view?.stage === 'ended' && view.end !== 'same'
    if (this.busy || (!isOver && this.problem === undefined)) return nothing
    return html`<button class="button" type="button" @click=${() => ask(this, 'compare-emojis')}>${t.reload}</button>`
  }

  get #name(): string {
    return shownName(this.person?.name, t.someone)
  }
}

customElements.define('parley-emojis-sheet', ParleyEmojisSheet)
