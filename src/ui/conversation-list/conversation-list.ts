// <parley-conversation-list>: home. Who one talks with, newest first, with search, the connection pill and the way to begin.
import { css, html, LitElement, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ConversationId } from '../../core/ids.ts'
import type { ConnectionView, ConversationSummary, FolderView, PersonView, RequestsView } from '../../ports/queries.ts'
import { requestsRow, requestsRowStyles } from '../contact/requests-row.ts'
import { avatarStyles } from '../elements/avatar.ts'
import { badgeStyles } from '../elements/badge.ts'
import { bringMenu } from '../elements/bring-menu.ts'
import { icon } from '../elements/icons.ts'
import { lineStart } from '../elements/line-start.ts'
import { statusPill, statusPillStyles } from '../elements/status-pill.ts'
import { ask } from '../events.ts'
import { t } from '../locales/index.ts'
import { base, buttons, fields } from '../styles/shared.ts'
import { offerStyles, offerTemplate, type Offer } from './offer.ts'
import { rowStyles, rowTemplate } from './conversation-row.ts'
import { hasLabel, shownIn, type ListView } from './shown-in.ts'
import { viewsStyles, viewsTemplate } from './views.ts'
import { createPress } from '../elements/press.ts'
import { emptyHome, emptyHomeStyles } from './empty-home.ts'

export class ParleyConversationList extends LitElement {
  static override properties = {
    conversations: { attribute: false },
    connection: { attribute: false },
    me: { attribute: false },
    selected: {},
    covered: { type: Boolean },
    welcomes: { type: Boolean },
    offer: {},
    requests: { attribute: false },
    folders: { attribute: false },
    query: { state: true },
    view: { state: true },
    menu: { state: true },
  }
  declare conversations: readonly ConversationSummary[] | undefined
  declare connection: ConnectionView | undefined
  declare me: PersonView | undefined
  declare selected: ConversationId | undefined
  /** A sheet lies over the page: its buttons are the ones that count. */
  declare covered: boolean
  /** Shows the invitation to begin itself (on a phone, where there is no second pane). */
  declare welcomes: boolean
  /** Strangers who want to talk. */
  declare requests: RequestsView | undefined
  declare folders: readonly FolderView[] | undefined
  /** What the page offers at the foot. */
  declare offer: Offer | undefined
  declare query: string
  /** What of it is shown. */
  declare view: ListView
  declare menu: { readonly id: ConversationId; readonly x: number; readonly y: number } | undefined
  #press = createPress((target, x, y) => this.#openMenu(target, x, y))

  constructor() {
    super()
    this.query = ''
    this.view = 'all'
    this.addEventListener('close-menu', () => (this.menu = undefined))
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
    offerStyles,
    requestsRowStyles,
    viewsStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: auto auto minmax(0, 1fr) auto auto;
        block-size: 100%;
        min-inline-size: 0;
        background: var(--page);
      }
      .top {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        padding-block: var(--space-4) var(--space-2);
        padding-inline: var(--space-5) var(--space-4);
      }
      h1 {
        flex: 1;
        font-size: var(--text-2xl);
      }
      .new {
        background: var(--accent);
        color: var(--on-accent);
        forced-color-adjust: none;
      }
      @media (hover: hover) {
        .new:hover {
          background: var(--accent-hover);
          color: var(--on-accent);
        }
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
        padding-block: var(--space-2) max(var(--space-2), env(safe-area-inset-bottom));
        padding-inline: var(--space-4) var(--space-3);
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

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    // Brought by the first letter that is typed.
    if (changed.has('query') && this.query !== '') void import('../search/found.ts')
  }

  override render() {
    const all = this.conversations
    const view = this.#view
    const query = this.query.trim().toLocaleLowerCase()
    const now = Date.now()
    const found = shownIn(all ?? [], query === '' ? view : 'all', query, now)
    const isSearching = query !== ''
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
      <div
        class="list"
        @contextmenu=${this.#press.contextmenu}
        @pointerdown=${this.#press.down}
        @pointermove=${this.#press.move}
        @pointerup=${this.#press.end}
        @pointercancel=${this.#press.end}
        @keydown=${this.#key}
      >
        ${
          isSearching || !all || all.length < 2
            ? nothing
            : viewsTemplate(all, this.folders ?? [], view, now, (chosen) => (this.view = chosen))
        }
        ${isSearching ? nothing : requestsRow(this.requests, () => ask(this, 'open-sheet', { kind: 'requests' }))}
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
          all && all.length > 0 && found.length === 0 && !isSearching
            ? html`<div class="none"><p class="soft">${view === 'unread' ? t.nothingUnread : t.nothingHere}</p></div>`
            : nothing
        }
        ${isSearching ? html`<parley-found .query=${this.query.trim()} .conversations=${all ?? []}></parley-found>` : nothing}
      </div>
      ${
        this.menu && all?.some(({ id }) => id === this.menu?.id)
          ? html`<parley-row-menu .summary=${all.find(({ id }) => id === this.menu?.id)} .x=${this.menu.x} .y=${this.menu.y}></parley-row-menu>`
          : nothing
      }
      ${offerTemplate(this.offer, (yes) => this.offer && ask(this, 'answer-offer', { offer: this.offer, yes }))}
      <footer>
        ${statusPill(this.connection, () => ask(this, 'open-sheet', { kind: 'connection' }))}
        <button class="icon-button" type="button" aria-label=${t.settings} @click=${() => ask(this, 'open-sheet', { kind: 'settings' })}>
          ${icon('settings')}
        </button>
      </footer>
    `
  }

  /** A folder as it is now; all of them when it, or the last of a label, has been removed. */
  get #view(): ListView {
    const { view } = this
    if (typeof view !== 'object') return view
    if ('label' in view) return this.conversations?.some(({ labels }) => hasLabel(labels, view.label)) === true ? view : 'all'
    const folder = this.folders?.find(({ id }) => id === view.folder.id)
    return folder === undefined ? 'all' : { folder }
  }

  #openMenu(target: Element, x: number, y: number): boolean {
    const id = target.closest<HTMLElement>('.entry')?.dataset['id'] as ConversationId | undefined
    if (id === undefined) return false
    this.menu = { id, x, y }
    bringMenu(
      () => import('./row-menu.ts'),
      () => (this.menu = undefined),
    )
    return true
  }

  #key(event: KeyboardEvent): void {
    const entry = (event.target as Element).closest('.entry')
    if (!entry || !((event.key === 'F10' && event.shiftKey) || event.key === 'ContextMenu')) return
    event.preventDefault()
    this.#openMenu(entry, lineStart(entry, 24), entry.getBoundingClientRect().bottom - 8)
  }
}

customElements.define('parley-conversation-list', ParleyConversationList)
