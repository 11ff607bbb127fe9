// <parley-storage-sheet>: what is kept on this device and how much, whether the browser may throw it away, and how to free some: of a
// conversation that was left everything, of another what is old. Asks `forget` and `free-up`.
import { css, html, nothing } from 'lit'
import type { ConversationId } from '../../core/ids.ts'
import { msPerDay } from '../../core/time.ts'
import type { FreedUp } from '../../ports/commands.ts'
import type { StorageView } from '../../ports/queries.ts'
import { avatar, avatarStyles } from '../elements/avatar.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { bytesOf } from '../locales/numbers.ts'
import { t } from '../locales/index.ts'
import { problemLine } from '../elements/problem.ts'
import { fields } from '../styles/shared.ts'
import '../elements/question.ts'

interface Usage {
  readonly used: number
  readonly free: number
  readonly isKept: boolean
}

/** What came of freeing room. */
export interface FreedPlace extends FreedUp {
  readonly conversation: ConversationId
}

/** How old something has to be, in days; all that was read has no age. */
const ages = { month: 30, half: 182, year: 365, all: 0 } as const
type Age = keyof typeof ages

export class ParleyStorageSheet extends SheetElement {
  static override properties = {
    places: { attribute: false },
    outcome: { attribute: false },
    problem: {},
    busy: { type: Boolean },
    usage: { state: true },
    asking: { state: true },
    age: { state: true },
  }
  declare places: readonly StorageView[] | undefined
  declare outcome: FreedPlace | undefined
  declare problem: string | undefined
  declare busy: boolean
  declare usage: Usage | undefined
  /** The conversation in which room is to be freed, while it is asked how, and once more. */
  declare asking: ConversationId | undefined
  declare age: Age

  constructor() {
    super()
    this.age = 'year'
  }

  static override styles = [
    ...sheetStyles,
    avatarStyles,
    fields,
    css`
      meter {
        display: block;
        appearance: none;
        inline-size: 100%;
        block-size: 0.5rem;
        margin-block-start: var(--space-2);
        border: 0;
        border-radius: var(--radius-round);
        background: var(--sunken);
        overflow: hidden;
      }
      meter::-webkit-meter-bar {
        block-size: 100%;
        border: 0;
        background: none;
      }
      meter::-webkit-meter-optimum-value {
        background: var(--accent);
      }
      meter::-moz-meter-bar {
        background: var(--accent);
      }
      @media (forced-colors: active) {
        meter {
          border: 1px solid CanvasText;
        }
      }
      li {
        --avatar: 2rem;
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--space-2) var(--space-3);
        padding-block: var(--space-1);
      }
      li > p {
        overflow-wrap: anywhere;
      }
      parley-question,
      li > label,
      li > [role='status'] {
        grid-column: 1 / -1;
      }
    `,
  ]

  get heading(): string {
    return t.storage
  }

  override get cameFrom(): SheetRequest {
    return { kind: 'settings' }
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#measure()
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('outcome')) void this.#measure()
  }

  body() {
    const { usage, places } = this
    if (!places) return undefined
    return html`
      ${
        usage &&
        html`<div>
          <p>${t.usedOf(bytesOf(usage.used), bytesOf(usage.used + usage.free))}</p>
          <meter aria-label=${t.storage} min="0" max=${usage.used + usage.free} value=${usage.used}></meter>
        </div>
        ${
          usage.isKept
            ? html`<p class="soft small">${t.keptSafe}</p>`
            : html`<p class="soft small">${t.notKeptSafe}</p>
              <button class="button" type="button" @click=${this.#persist}>${icon('shield')}${t.keepSafe}</button>`
        }`
      }
      <ul role="list" aria-label=${t.conversations}>
        ${places.map((place) => this.#place(place))}
      </ul>
      <p class="soft small">${t.freeText} ${t.sizesText}</p>
      ${problemLine(this.problem)}
    `
  }

  #place(place: StorageView) {
    const title = shownName(place.title, t.untitled)
    const { outcome } = this
    const isAsking = this.asking === place.conversation
    const name = place.standing === 'left' ? t.forgetConversation(title) : t.freeUpIn(title)
    return html`<li data-place=${place.conversation}>
      ${avatar(place.peer ?? place.conversation, place.kind)}
      <p><bdi>${title}</bdi><br /><span class="soft small">${t.entries(place.events)} · ${t.aboutSize(bytesOf(place.bytes))}</span></p>
      ${
        isAsking
          ? nothing
          : html`<button class="icon-button" type="button" aria-label=${name} title=${name} ?disabled=${this.busy} @click=${() => this.#ask(place)}>
            ${icon(place.standing === 'left' ? 'trash' : 'history')}
          </button>`
      }
      ${isAsking ? (place.standing === 'left' ? this.#forgetting(place) : this.#freeing(place)) : nothing}
      <p class="small" role="status">${
        outcome?.conversation === place.conversation ? `${t.freedUp(outcome.removed)} ${outcome.isAll ? '' : t.freedUpNotAll}` : nothing
      }</p>
    </li>`
  }

  #forgetting({ conversation }: StorageView) {
    return html`<parley-question
      .text=${t.forgetText}
      .yes=${t.forgetConfirm}
      .no=${t.keep}
      @yes=${() => this.#forget(conversation)}
      @no=${() => this.#keep(conversation)}
    ></parley-question>`
  }

  #freeing({ conversation }: StorageView) {
    const choose = (event: Event): void => {
      this.age = (event.target as HTMLSelectElement).value as Age
    }
    return html`<label>
        ${t.freeUpWhat}
        <select @change=${choose}>
          ${(Object.keys(ages) as Age[]).map((age) => html`<option value=${age} ?selected=${age === this.age}>${t.freeUpAges[age]}</option>`)}
        </select>
      </label>
      <parley-question
        .text=${t.freeUpText}
        .yes=${t.freeUpConfirm}
        .no=${t.keep}
        @yes=${() => this.#freeUp(conversation)}
        @no=${() => this.#keep(conversation)}
      ></parley-question>`
  }

  #ask({ conversation }: StorageView): void {
    this.age = 'year'
    this.asking = conversation
  }

  /** The focus goes back to where the question came from. */
  #keep(conversation: ConversationId): void {
    this.asking = undefined
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-place="${conversation}"] button`)?.focus())
  }

  #freeUp(conversation: ConversationId): void {
    this.asking = undefined
    ask(this, 'free-up', { conversation, before: Date.now() - ages[this.age] * msPerDay })
  }

  #forget(id: ConversationId): void {
    this.asking = undefined
    ask(this, 'forget', id)
  }

  #persist = async (): Promise<void> => {
    await navigator.storage?.persist?.()
    await this.#measure()
  }

  async #measure(): Promise<void> {
    const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {}
    this.usage = { used: usage, free: Math.max(0, quota - usage), isKept: (await navigator.storage?.persisted?.()) ?? false }
  }
}

customElements.define('parley-storage-sheet', ParleyStorageSheet)
