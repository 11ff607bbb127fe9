// <parley-switcher-sheet>: picks a conversation by the keyboard alone: type a part of its name, choose with the arrows, Enter. Asks
// `pick-conversation`; whoever shows it knows what for.
import { css, html, nothing } from 'lit'
import type { ConversationSummary } from '../../ports/queries.ts'
import { shownIn } from '../conversation-list/shown-in.ts'
import { avatar, avatarStyles } from '../elements/avatar.ts'
import { shownName } from '../elements/names.ts'
import { SheetElement, sheetStyles } from '../elements/sheet.ts'
import type { TypeAhead } from '../elements/type-ahead.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { fields } from '../styles/shared.ts'
import { problemLine } from '../elements/problem.ts'

/** Conversations offered at most. */
const most = 8

export class ParleySwitcherSheet extends SheetElement {
  static override properties = {
    conversations: { attribute: false },
    heading: {},
    problem: {},
    ahead: { attribute: false },
    query: { state: true },
    chosen: { state: true },
  }
  declare conversations: readonly ConversationSummary[] | undefined
  declare heading: string
  declare problem: string | undefined
  /** What was typed before this was here. */
  declare ahead: TypeAhead | undefined
  declare query: string
  declare chosen: number

  constructor() {
    super()
    this.query = ''
    this.chosen = 0
  }

  static override styles = [
    ...sheetStyles,
    fields,
    avatarStyles,
    css`
      [role='option'] {
        --avatar: 2rem;
        display: flex;
        align-items: center;
        gap: var(--space-3);
        padding: var(--space-2) var(--space-3);
        border-radius: var(--radius-m);
        cursor: pointer;
      }
      [role='option'] .title {
        flex: 1;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      [aria-selected='true'] {
        background: var(--lifted);
      }
      @media (forced-colors: active) {
        [aria-selected='true'] {
          outline: 2px solid Highlight;
        }
      }
    `,
  ]

  override willUpdate(): void {
    const typed = this.conversations && this.ahead?.take()
    if (!typed) return
    this.ahead = undefined
    this.query = typed.text
    const [first] = this.#found
    if (typed.isEntered && first) ask(this, 'pick-conversation', first.id)
  }

  get #found(): readonly ConversationSummary[] {
    const all = (this.conversations ?? []).filter(({ blocked }) => !blocked)
    return shownIn(all, 'all', this.query.trim().toLocaleLowerCase(), Date.now()).slice(0, most)
  }

  body() {
    if (!this.conversations) return undefined
    const found = this.#found
    const chosen = Math.min(this.chosen, found.length - 1)
    return html`
      <input
        type="text"
        role="combobox"
        aria-label=${this.heading}
        aria-expanded="true"
        aria-controls="found"
        aria-autocomplete="list"
        aria-activedescendant=${found.length > 0 ? `option-${chosen}` : nothing}
        autocomplete="off"
        autofocus
        dir="auto"
        placeholder=${t.search}
        .value=${this.query}
        @input=${(event: Event) => {
          this.query = (event.target as HTMLInputElement).value
          this.chosen = 0
        }}
        @keydown=${(event: KeyboardEvent) => this.#key(event, found, chosen)}
      />
      <div id="found" role="listbox" aria-label=${t.conversations}>
        ${found.map(
          (summary, i) =>
            html`<div
              id=${`option-${i}`}
              role="option"
              aria-selected=${i === chosen ? 'true' : 'false'}
              @click=${() => ask(this, 'pick-conversation', summary.id)}
            >
              ${avatar(summary.peer ?? summary.id, summary.kind)}<span class="title"><bdi>${shownName(summary.title, t.untitled)}</bdi></span>
              ${summary.unread > 0 ? html`<span class="small soft">${t.unread(summary.unread)}</span>` : nothing}
            </div>`,
        )}
      </div>
      ${problemLine(this.problem)}
      ${found.length === 0 ? html`<p class="soft" role="status">${t.noneFound(this.query.trim())}</p>` : nothing}
    `
  }

  #key(event: KeyboardEvent, found: readonly ConversationSummary[], chosen: number): void {
    if (event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && found.length > 0) this.chosen = (chosen + step + found.length) % found.length
    else if (event.key === 'Enter' && found[chosen]) ask(this, 'pick-conversation', found[chosen].id)
    else return
    event.preventDefault()
  }
}

customElements.define('parley-switcher-sheet', ParleySwitcherSheet)
