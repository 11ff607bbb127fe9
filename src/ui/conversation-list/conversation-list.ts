// <parley-conversation-list>: home. Who one talks with, newest first, with search, the connection pill and the way to begin.
import { css, html, LitElement, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ConversationId } from '../../core/ids.ts'
import type { ConnectionView, ConversationSummary, PersonView } from '../../ports/queries.ts'
import { avatarStyles } from '../elements/avatar.ts'
import { badgeStyles } from '../elements/badge.ts'
import { icon } from '../elements/icons.ts'
import { shownName } from '../elements/names.ts'
import { statusPill, statusPillStyles } from '../elements/status-pill.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { base, buttons, fields } from '../styles/shared.ts'
import { rowStyles, rowTemplate } from './conversation-row.ts'
import { emptyHome, emptyHomeStyles } from './empty-home.ts'

export class ParleyConversationList extends LitElement {
  static override properties = {
    conversations: { attribute: false },
    connection: { attribute: false },
    me: { attribute: false },
    selected: {},
    covered: { type: Boolean },
    welcomes: { type: Boolean },
    query: { state: true },
  }
  declare conversations: readonly ConversationSummary[] | undefined
  declare connection: ConnectionView | undefined
  declare me: PersonView | undefined
  declare selected: ConversationId | undefined
  /** A sheet lies over the page: its buttons are the ones that count. */
  declare covered: boolean
  /** Shows the invitation to begin itself (on a phone, where there is no second pane). */
  declare welcomes: boolean
  declare query: string

  constructor() {
    super()
    this.query = ''
  }

  static override styles = [
    base,
    buttons,
    fields,
    avatarStyles,
    badgeStyles,
    statusPillStyles,
    rowStyles,
    emptyHomeStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: auto auto minmax(0, 1fr) auto;
        block-size: 100%;
        min-inline-size: 0;
        background: var(--page);
      }
      .top {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        padding: var(--space-4) var(--space-3) var(--space-2) var(--space-5);
      }
      h1 {
        flex: 1;
        font-size: var(--text-2xl);
      }
      .new {
        background: var(--accent);
        color: var(--on-accent);
      }
      .new:hover {
        background: var(--accent-hover);
        color: var(--on-accent);
      }
      .search {
        position: relative;
        margin: var(--space-1) var(--space-4) var(--space-2);
      }
      .search .icon {
        position: absolute;
        inset-block-start: calc(50% - 0.625em);
        inset-inline-start: var(--space-3);
        color: var(--ink-soft);
        pointer-events: none;
      }
      .search input {
        min-block-size: max(2.5rem, var(--target));
        padding-inline-start: 2.5rem;
        border-color: transparent;
        border-radius: var(--radius-round);
        background: var(--lifted);
      }
      .list {
        overflow: hidden auto;
        overscroll-behavior: contain;
        padding: 0 var(--space-2) var(--space-2);
        scrollbar-width: thin;
        scrollbar-color: var(--edge) transparent;
      }
      .none {
        display: grid;
        justify-items: center;
        gap: var(--space-2);
        padding: var(--space-6) var(--space-4);
        text-align: center;
      }
      footer {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2);
        padding: var(--space-2) var(--space-3) max(var(--space-2), env(safe-area-inset-bottom)) var(--space-4);
        border-block-start: 1px solid var(--line);
      }
      @media (forced-colors: active) {
        .search input {
          border-color: CanvasText;
        }
      }
    `,
  ]

  /** Goes to the open conversation, or the first one. */
  override focus(): void {
    const entries = this.renderRoot.querySelectorAll<HTMLElement>('.entry')
    const goal = this.renderRoot.querySelector<HTMLElement>('.entry[aria-current]') ?? entries[0]
    ;(goal ?? this.renderRoot.querySelector<HTMLElement>('.new'))?.focus()
  }

  override render() {
    const all = this.conversations
    const query = this.query.trim().toLocaleLowerCase()
    const found = (all ?? []).filter(
      ({ title, lastText }) =>
        shownName(title).toLocaleLowerCase().includes(query) || (lastText?.text ?? '').toLocaleLowerCase().includes(query),
    )
    const now = Date.now()
    return html`
      <div class="top">
        <h1 class="display">${t.app}</h1>
        <button class="icon-button new" type="button" aria-label=${t.newConversation} @click=${() => ask(this, 'open-sheet', { kind: 'new' })}>
          ${icon('plus')}
        </button>
      </div>
      ${
        all && all.length > 0
          ? html`<div class="search">
            ${icon('search')}
            <input
              type="search"
              aria-label=${t.search}
              placeholder=${t.search}
              autocomplete="off"
              .value=${this.query}
              @input=${(event: Event) => (this.query = (event.target as HTMLInputElement).value)}
              @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && (this.query = '')}
            />
          </div>`
          : html`<div></div>`
      }
      <div class="list">
        <ul aria-label=${t.conversations} role="list">
          ${repeat(
            found,
            (summary) => summary.id,
            (summary) =>
              html`<li>${rowTemplate(summary, summary.id === this.selected, now, () => ask(this, 'open-conversation', summary.id))}</li>`,
          )}
        </ul>
        ${all?.length === 0 && this.welcomes && !this.covered ? emptyHome((sheet) => ask(this, 'open-sheet', sheet)) : nothing}
        ${
          all && all.length > 0 && found.length === 0
            ? html`<div class="none">
              <p class="soft">${t.noneFound(this.query.trim())}</p>
              <button class="button" type="button" @click=${() => (this.query = '')}>${t.clearSearch}</button>
            </div>`
            : nothing
        }
      </div>
      <footer>
        ${statusPill(this.connection, () => ask(this, 'open-sheet', { kind: 'connection' }))}
        <button class="icon-button" type="button" aria-label=${t.settings} @click=${() => ask(this, 'open-sheet', { kind: 'settings' })}>
          ${icon('settings')}
        </button>
      </footer>
    `
  }
}

customElements.define('parley-conversation-list', ParleyConversationList)
