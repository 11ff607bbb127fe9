// <parley-storage-sheet>: what is kept on this device and how much, whether the browser may throw it away, and how to free some. Asks
// `forget`.
import { css, html, nothing } from 'lit'
import type { ConversationId } from '../../core/ids.ts'
import type { StorageView } from '../../ports/queries.ts'
import { avatar, avatarStyles } from '../elements/avatar.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import { ask, type SheetRequest } from '../events.ts'
import { bytesOf } from '../locales/numbers.ts'
import { t } from '../locales/index.ts'
import { problemLine } from '../elements/problem.ts'
import '../elements/question.ts'

interface Usage {
  readonly used: number
  readonly free: number
  readonly isKept: boolean
}

export class ParleyStorageSheet extends SheetElement {
  static override properties = { places: { attribute: false }, problem: {}, usage: { state: true }, asking: { state: true } }
  declare places: readonly StorageView[] | undefined
  declare problem: string | undefined
  declare usage: Usage | undefined
  /** The conversation that is to be forgotten, while it is asked once more. */
  declare asking: ConversationId | undefined

  static override styles = [
    ...sheetStyles,
    avatarStyles,
    css`
      meter {
        inline-size: 100%;
      }
      li {
        --avatar: 2rem;
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--space-1) var(--space-3);
        padding-block: var(--space-1);
      }
      li > p {
        overflow-wrap: anywhere;
      }
      parley-question {
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
      <p class="soft small">${t.freeText}</p>
      ${problemLine(this.problem)}
    `
  }

  #place(place: StorageView) {
    const title = shownName(place.title, t.untitled)
    const isLeft = place.standing === 'left'
    return html`<li>
      ${avatar(place.peer ?? place.conversation, place.kind)}
      <p><bdi>${title}</bdi><br /><span class="soft small">${t.entries(place.events)}</span></p>
      ${
        isLeft && this.asking !== place.conversation
          ? html`<button class="icon-button" type="button" aria-label=${t.forgetConversation(title)} title=${t.forgetConversation(title)} @click=${() => (this.asking = place.conversation)}>
            ${icon('trash')}
          </button>`
          : nothing
      }
      ${
        this.asking === place.conversation
          ? html`<parley-question
            .text=${t.forgetText}
            .yes=${t.forgetConfirm}
            .no=${t.keep}
            @yes=${() => this.#forget(place.conversation)}
            @no=${() => (this.asking = undefined)}
          ></parley-question>`
          : nothing
      }
    </li>`
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
