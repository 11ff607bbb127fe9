// <parley-status-sheet>: what one is up to: an emoji and a few words, for how long, and whom it is told. Asks `set-status`, and `pick-status`
// for an emoji, after which it opens anew with what was typed.
import { css, html, nothing } from 'lit'
import type { StatusView } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { problemLine } from '../elements/problem.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest, type StatusDraft } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { statusLine } from '../people/status-line.ts'
import { choiceRow, choiceRowStyles } from './choice-row.ts'

const ideas = { busy: '⛔', meeting: '📅', eating: '🍽️', travelling: '🚆', ill: '🤒', holiday: '🏖️' } as const
type Idea = keyof typeof ideas

export class ParleyStatusSheet extends SheetElement {
  static override properties = {
    status: { attribute: false },
    given: { attribute: false },
    problem: {},
    busy: { type: Boolean },
    draft: { state: true },
    missing: { state: true },
  }
  /** As it is told now. */
  declare status: StatusView | undefined
  /** What was typed before an emoji was picked. */
  declare given: StatusDraft | undefined
  declare problem: string | undefined
  declare busy: boolean
  declare draft: StatusDraft
  declare missing: boolean

  static override styles = [
    ...sheetStyles,
    fields,
    choiceRowStyles,
    css`
      .line {
        display: flex;
        align-items: end;
        gap: var(--space-2);
      }
      .line label {
        flex: 1;
        min-inline-size: 0;
      }
      .pick {
        inline-size: 2.75rem;
        block-size: 2.75rem;
        border-radius: var(--radius-m);
        background: var(--sunken);
        font-size: 1.375rem;
        line-height: 1;
        display: grid;
        place-items: center;
      }
      .ideas {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
    `,
  ]

  get heading(): string {
    return t.yourStatus
  }

  override get cameFrom(): SheetRequest {
    return { kind: 'settings' }
  }

  override willUpdate(): void {
    this.draft ??= this.given ?? { emoji: this.status?.emoji ?? '', text: this.status?.text ?? '', span: 'hour' }
  }

  body() {
    const { draft, status } = this
    return html`
      ${statusLine(status)}
      <form @submit=${this.#submit} novalidate>
        <div class="line">
          <button class="pick" type="button" aria-label=${draft.emoji === '' ? t.pickEmoji : `${t.pickEmoji}: ${draft.emoji}`} @click=${() => ask(this, 'pick-status', draft)}>
            ${draft.emoji === '' ? icon('smile') : draft.emoji}
          </button>
          <label>
            ${t.statusField}
            <input name="status" maxlength="64" autocomplete="off" dir="auto" .value=${draft.text} @input=${(event: Event) => this.#change({ text: (event.target as HTMLInputElement).value })} />
          </label>
        </div>
        <div class="ideas" role="group" aria-label=${t.statusIdeasLabel}>
          ${(Object.keys(ideas) as Idea[]).map(
            (idea) =>
              html`<button class="button" type="button" @click=${() => this.#change({ emoji: ideas[idea], text: t.statusIdeas[idea] })}><span aria-hidden="true">${ideas[idea]}</span> ${t.statusIdeas[idea]}</button>`,
          )}
        </div>
        ${choiceRow(
          'span',
          t.statusFor,
          (['half', 'hour', 'today', 'open'] as const).map((value) => ({ value, label: t.statusSpans[value] })),
          draft.span,
          (span) => this.#change({ span }),
        )}
        <p class="soft small">${t.statusTold}</p>
        ${problemLine(this.missing ? t.statusNeeded : this.problem)}
        <button class="button primary wide" ?disabled=${this.busy}>${t.statusSet}</button>
        ${
          status === undefined
            ? nothing
            : html`<button class="button wide" type="button" ?disabled=${this.busy} @click=${() => ask(this, 'set-status', { span: 'open' })}>${t.statusClear}</button>`
        }
      </form>
    `
  }

  #change(change: Partial<StatusDraft>): void {
    this.draft = { ...this.draft, ...change }
    this.missing = false
  }

  #submit(event: Event): void {
    event.preventDefault()
    const { emoji, text, span } = this.draft
    this.missing = emoji === '' && text.trim() === ''
    if (!this.missing) ask(this, 'set-status', { words: { emoji, text }, span })
  }
}

customElements.define('parley-status-sheet', ParleyStatusSheet)
