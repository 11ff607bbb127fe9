// <parley-found>: messages that fit what was typed, app-level: follows the search, offers to narrow it down, and leads to each message.
import { ContextConsumer } from '@lit/context'
import { css, html, LitElement, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ConversationId, IdentityId } from '../../core/ids.ts'
import type { ConversationSummary, PersonView, SearchView, SearchWish } from '../../ports/queries.ts'
import { depsContext } from '../context.ts'
import { avatarStyles } from '../elements/avatar.ts'
import { shownName } from '../elements/names.ts'
import { ask } from '../events.ts'
import { LiveQuery } from '../live-query.ts'
import { t } from '../locales/index.ts'
import { base, buttons, selectArrow } from '../styles/shared.ts'
import { hitStyles, hitTemplate } from './hit.ts'
import { narrowed, spans, wishOf, type SpanName } from './wish.ts'
import '../locales/later.ts'

/** Messages shown at first, and added by each wish for more. */
const pageSize = 30
/** Milliseconds of rest after a key before anything is looked for. */
const restMs = 120

export class ParleyFound extends LitElement {
  static override properties = {
    query: {},
    conversations: { attribute: false },
    person: { state: true },
    place: { state: true },
    span: { state: true },
    limit: { state: true },
    wish: { state: true },
  }
  /** What was typed. */
  declare query: string
  declare conversations: readonly ConversationSummary[]
  declare person: IdentityId | undefined
  declare place: ConversationId | undefined
  declare span: SpanName
  declare limit: number
  declare wish: SearchWish | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Who was known when it was drawn last. */
  #known: readonly PersonView[] | undefined
  #deps = new ContextConsumer(this, { context: depsContext })
  #people = new LiveQuery<readonly PersonView[]>(
    this,
    () => this.#deps.value,
    () => this.#deps.value?.queries.people(),
  )
  #found = new LiveQuery<SearchView>(
    this,
    () => this.#deps.value,
    () => (this.wish ? this.#deps.value?.queries.search(this.wish, this.limit) : undefined),
    () => `${JSON.stringify(this.wish)} ${this.limit}`,
  )

  constructor() {
    super()
    this.query = ''
    this.conversations = []
    this.span = 'any'
    this.limit = pageSize
  }

  static override styles = [
    base,
    buttons,
    avatarStyles,
    hitStyles,
    selectArrow,
    css`
      :host {
        display: block;
      }
      h2 {
        padding: var(--space-3) var(--space-3) var(--space-1);
        font-size: var(--text-s);
        font-weight: 600;
        color: var(--ink-soft);
      }
      .narrow {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1);
        padding: 0 var(--space-2) var(--space-2);
      }
      select {
        flex: 1 1 6rem;
        min-inline-size: 0;
        max-inline-size: 100%;
        min-block-size: max(2rem, var(--target) - 0.25rem);
        --arrow: 0.625rem;
        padding-block: 0;
        padding-inline-start: var(--space-3);
        border: 1px solid transparent;
        border-radius: var(--radius-round);
        background-color: var(--lifted);
        color: var(--ink);
        font: var(--text-s) var(--sans);
        text-overflow: ellipsis;
      }
      .none {
        padding: var(--space-4) var(--space-3);
      }
      @media (forced-colors: active) {
        select {
          border-color: ButtonText;
        }
      }
    `,
  ]

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('query')) this.limit = pageSize
    if (['query', 'person', 'place', 'span'].some((name) => changed.has(name))) this.#lookSoon()
    // Names and labels that were no words of anybody's mean somebody now.
    if (this.#people.value !== this.#known && this.wish !== undefined) this.#look()
    this.#known = this.#people.value
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  override render() {
    const view = this.#found.value
    return html`
      <h2 id="messages">${t.messages}</h2>
      ${this.#narrowing()}
      <ul role="list" aria-labelledby="messages">
        ${repeat(
          view?.hits ?? [],
          (hit) => hit.message,
          (hit) => html`<li>${hitTemplate(hit, (to) => ask(this, 'open-conversation', to))}</li>`,
        )}
      </ul>
      <p class="none soft" role="status">${this.wish && view?.hits.length === 0 ? t.noMessagesFound : nothing}</p>
      ${
        view?.more === true
          ? html`<button class="button plain" type="button" @click=${() => (this.limit += pageSize)}>${t.moreResults}</button>`
          : nothing
      }
    `
  }

  #narrowing() {
    const people = this.#people.value ?? []
    return html`<div class="narrow">
      <select aria-label=${t.fromWhom} @change=${(event: Event) => (this.person = chosen<IdentityId>(event))}>
        <option value="">${t.fromAnyone}</option>
        ${people.map(({ identity, name, isMe }) => html`<option value=${identity}>${isMe ? t.you : shownName(name, t.someone)}</option>`)}
      </select>
      <select aria-label=${t.inWhich} @change=${(event: Event) => (this.place = chosen<ConversationId>(event))}>
        <option value="">${t.inAny}</option>
        ${this.conversations.map(({ id, title }) => html`<option value=${id}>${shownName(title, t.untitled)}</option>`)}
      </select>
      <select aria-label=${t.when} @change=${(event: Event) => (this.span = chosen<SpanName>(event) ?? 'any')}>
        ${(Object.keys(spans) as SpanName[]).map((span) => html`<option value=${span}>${t.spans[span]}</option>`)}
      </select>
    </div>`
  }

  #lookSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#look(), this.wish === undefined ? 0 : restMs)
  }

  #look(): void {
    const named = { people: this.#people.value ?? [], conversations: this.conversations }
    this.wish = narrowed(wishOf(this.query, named), { person: this.person, conversation: this.place, span: this.span }, startOfToday())
  }
}

/** The same all day, so that the same wish is not asked anew. */
const startOfToday = (): number => new Date().setHours(24, 0, 0, 0)

const chosen = <T extends string>(event: Event): T | undefined => ((event.target as HTMLSelectElement).value as T) || undefined

customElements.define('parley-found', ParleyFound)
