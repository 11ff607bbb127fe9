// <parley-message-list>: the timeline. Opens at the first unread or at the end, follows only at the end, keeps its place otherwise,
// asks for older ones near the top, says what has been seen, and moves the focus between messages with the arrow keys.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import { repeat } from 'lit/directives/repeat.js'
import type { EventId } from '../../core/ids.ts'
import type { ConversationKind, MessageView, TimelineItem } from '../../ports/queries.ts'
import { icon } from '../elements/icons.ts'
import { ask } from '../events.ts'
import { dayOf } from '../locales/dates.ts'
import { t } from '../locales/index.ts'
import { avatarStyles } from '../elements/avatar.ts'
import { lineStart } from '../elements/line-start.ts'
import { base, buttons } from '../styles/shared.ts'
import { onLexer } from './markdown.ts'
import { messageStyles } from './message-styles.ts'
import { messageTemplate, type MessageAnswers, type MessageLooks } from './message.ts'
import { createPress, type Press } from '../elements/press.ts'
import { noticeTemplate } from './notice.ts'
import { dueAt, overdueOf } from './overdue.ts'
import { daysOf, drawnNext, keepOlder, rowsOf, rowsWithin, type Row } from './rows.ts'
import type { Selection } from './selection.ts'
import { createScrollKeeper, type ScrollKeeper } from './scroll-keeper.ts'
import { drawnRows, fewRows, sliceAround, sliceAtEnd, slid, type Slice } from './slice.ts'
import { listStyles } from './list-styles.ts'

/** Distance from the top (pixels) at which older messages are asked for. */
const reachPx = 900
/** Rows beyond which older ones are let go again once one is at the end. */
const keepRows = 300
/** Once nothing new has come for so long (milliseconds), what is ready above is drawn again. */
const calmMs = 1_000
/** New rows that one task draws while one follows: when a screenful is replaced, it takes several, so that a key is heard in between. */
const stepRows = 8
/** What is due only in a longer time (milliseconds) is due when the page has long been drawn anew. */
const longestTimerMs = 86_400_000
/** How long (milliseconds) a message that one jumped to is marked. */
const jumpMarkMs = 1_600

/** What only some messages have comes with the first that does. */
const parts = [
  ['poll', () => import('./poll.ts')],
  ['fades', () => import('./fading.ts')],
  ['replies', () => import('./thread-line.ts')],
  ['place', () => import('./place.ts')],
  ['card', () => import('./contact-card.ts')],
] as const satisfies readonly (readonly [keyof MessageView, () => Promise<unknown>])[]

export class ParleyMessageList extends LitElement {
  static override properties = {
    items: { attribute: false },
    more: { type: Boolean },
    newer: { type: Boolean },
    kind: {},
    still: { type: Boolean },
    mayVote: { type: Boolean },
    inThread: { type: Boolean },
    selection: { attribute: false },
    reached: { type: Number },
    firstUnread: { attribute: false },
    below: { state: true },
    belowCalls: { state: true },
    pinned: { state: true },
    jumped: { state: true },
    focused: { state: true },
    slice: { state: true },
  }
  declare items: readonly TimelineItem[]
  declare more: boolean
  /** There are newer ones that are not loaded. */
  declare newer: boolean
  declare kind: ConversationKind
  declare firstUnread: EventId | undefined
  /** Nothing can be said about these messages any more. */
  declare still: boolean
  declare mayVote: boolean
  /** What is shown is a thread, not a conversation. */
  declare inThread: boolean
  /** While messages are selected, a click or Space puts one in or takes it out. */
  declare selection: Selection | undefined
  /** Since when somebody who is to have these messages is connected: milliseconds since 1970. */
  declare reached: number | undefined
  declare below: number
  /** Among those below is one that calls the person here. */
  declare belowCalls: boolean
  declare pinned: boolean
  declare jumped: EventId | undefined
  declare focused: EventId | undefined
  /** Which of the rows are drawn. */
  declare slice: Slice
  #rows: readonly Row[] = []
  /** What stands in the page, on the way to the slice. */
  #drawn: readonly Row[] = []
  #isGoing = false
  #shown: readonly TimelineItem[] = []
  #keeper: ScrollKeeper | undefined
  #press: Press
  #asked = false
  #placed = false
  #returnTo: EventId | undefined
  #calm: ReturnType<typeof setTimeout> | undefined
  #step: ReturnType<typeof setTimeout> | undefined
  #due: ReturnType<typeof setTimeout> | undefined
  #resizes: ResizeObserver
  #seen: EventId | undefined
  #today = Date.now()
  /** How often texts have been given another form. */
  #texts = 0
  #unhear: (() => void) | undefined

  constructor() {
    super()
    this.items = []
    this.more = false
    this.newer = false
    this.slice = sliceAtEnd(0)
    this.still = false
    this.mayVote = true
    this.inThread = false
    this.kind = 'direct'
    this.below = 0
    this.belowCalls = false
    this.pinned = true
    this.#press = createPress((target, x, y) => this.#openMenu(target, x, y))
    this.#resizes = new ResizeObserver(() => {
      if (this.#keeper?.pinned) this.#keeper.after()
      if (this.#calm !== undefined && this.slice.from > 0 && this.#isShort()) this.#whenCalm(0)
    })
  }

  static override styles = [base, buttons, avatarStyles, messageStyles, listStyles]

  override render(): TemplateResult {
    const tabStop = this.#tabStop
    return html`
      <div
        class="scroller"
        role="log"
        aria-live="off"
        aria-label=${t.messages}
        @scroll=${this.#scrolled}
        @keydown=${this.#key}
        @focusin=${this.#focusIn}
        @click=${this.#click}
        @contextmenu=${this.#press.contextmenu}
        @pointerdown=${this.#press.down}
        @pointermove=${this.#press.move}
        @pointerup=${this.#press.end}
        @pointercancel=${this.#press.end}
      >
        <div class="rows">
          ${
            this.more || this.slice.from > 0
              ? html`<p class="edge-line soft small">${t.loadingOlder}</p>`
              : this.inThread
                ? nothing
                : html`<p class="edge-line soft small">${t.historyStart}</p>`
          }
          ${repeat(
            daysOf(this.#drawn),
            (day) => day.key,
            ({ at, rows }) =>
              html`<section class="day-part">
                <div class="day"><span>${dayOf(at, this.#today)}</span></div>
                ${repeat(
                  rows,
                  (row) => row.key,
                  (row, i) => this.#row(row, rows[i + 1], tabStop),
                )}
              </section>`,
          )}
        </div>
      </div>
      ${
        this.pinned && this.#returnTo === undefined
          ? nothing
          : html`<button class="down" type="button" aria-label=${this.belowCalls ? `${t.down(this.below)}, ${t.callsYou}` : t.down(this.below)} @click=${this.#goDown}>
            ${this.belowCalls ? html`<span class="count">@</span>` : nothing}${this.below > 0 ? html`<span class="count">${this.below}</span>` : nothing}${icon('arrowDown')}
          </button>`
      }
    `
  }

  #row(row: Row, next: Row | undefined, tabStop: EventId | undefined): unknown {
    switch (row.kind) {
      case 'day':
        return html``
      case 'new':
        return html`<div class="new"><span>${t.newLine}</span></div>`
      case 'notice':
        return noticeTemplate(row.notice, (person) => ask(this, 'compare', person.identity))
      case 'message': {
        const { message, first, last } = row
        const nextState = next?.kind === 'message' ? next.message.delivery?.state : undefined
        const state = message.delivery?.state
        const overdue = overdueOf(message, this.reached, Date.now())
        if (overdue) void import('./not-sent.ts')
        const looks: MessageLooks = {
          first,
          last,
          named: this.kind === 'group',
          overdue,
          telling:
            last ||
            overdue !== undefined ||
            message.edited ||
            message.late ||
            message.pinned === true ||
            message.later !== undefined ||
            message.starred === true ||
            message.fades !== undefined ||
            (state !== undefined && state !== nextState),
          jumped: this.jumped === message.id,
          tabbable: message.id === tabStop,
          still: this.still,
          mayVote: this.mayVote,
          selected: this.selection?.has(message.id),
        }
        // When it goes out is said by the clock, anew each time; all else is drawn again only if it is to look otherwise.
        const clock = message.later && Date.now()
        return guard([message, this.#texts, clock, ...Object.values(looks)], () =>
          messageTemplate(message, { ...looks, ...this.#answersFor(message) }),
        )
      }
    }
  }

  #answersFor(message: MessageView): MessageAnswers {
    return {
      onQuote: (id) => {
        this.#returnTo = message.id
        ask(this, 'jump-to', id)
      },
      onThread: () => message.thread && ask(this, 'open-thread', message.thread),
      onTakeBack: () => ask(this, 'message-action', { action: 'take-back', message: message.id }),
      onReact: (emoji) => ask(this, 'react', { message: message.id, emoji }),
      onMore: (event, react) => {
        const button = event.currentTarget as HTMLElement
        ask(this, 'open-menu', { message: message.id, x: lineStart(button), y: button.getBoundingClientRect().bottom + 4, react })
      },
    }
  }

  get #messages(): readonly MessageView[] {
    return this.#shown.filter((item) => item.kind === 'message')
  }

  get #tabStop(): EventId | undefined {
    const messages = this.#messages
    const drawn = new Set(this.#rows.slice(this.slice.from, this.slice.to).map((row) => row.key))
    const candidates = messages.filter((message) => drawn.has(message.id))
    return candidates.find((message) => message.id === this.focused)?.id ?? candidates.at(-1)?.id
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('items')) this.#take()
    this.#drawNext()
  }

  #drawNext(): void {
    const wanted = rowsWithin(this.#rows, this.slice)
    const isFollowing = this.#placed && this.#keeper?.pinned === true && !this.#isGoing
    this.#drawn = isFollowing ? drawnNext(this.#drawn, wanted, stepRows) : wanted
    clearTimeout(this.#step)
    if (this.#drawn !== wanted) this.#step = setTimeout(() => this.requestUpdate('slice', undefined))
  }

  #take(): void {
    this.#today = Date.now()
    for (const [part, code] of parts) if (this.items.some((item) => item.kind === 'message' && item[part] !== undefined)) void code()
    const before = this.#shown
    const isPinned = this.#keeper?.pinned ?? true
    this.#shown = isPinned || this.newer ? this.items : keepOlder(before, this.items)
    this.#asked = false
    this.#reslice(isPinned)
    const known = new Set(before.map((item) => item.id))
    const lastKnown = this.#shown.findLastIndex((item) => known.has(item.id))
    const fresh = this.#shown.slice(lastKnown + 1).filter((item) => item.kind === 'message')
    if (!this.#placed || before.length === 0) return
    // One's own new message is always gone to.
    if (fresh.some((message) => message.author.isMe) && !this.newer) {
      this.#keeper?.pin()
      this.slice = sliceAtEnd(this.#rows.length)
    } else if (!isPinned && lastKnown >= 0) {
      this.below += fresh.length
      this.belowCalls ||= fresh.some((message) => message.callsMe)
    }
  }

  // The rows have changed: what was drawn stays drawn.
  #reslice(isPinned: boolean): void {
    const before = this.#rows
    const few = fewRows(this.#onScreen)
    // A day line says nothing about the place: older messages of that day may come in under it.
    const top = this.#rows.slice(this.slice.from, this.slice.to).find((row) => row.kind !== 'day')?.key
    this.#rows = rowsOf(this.#shown, this.firstUnread)
    const count = this.#rows.length
    const unread = this.#placed ? -1 : this.#rows.findIndex((row) => row.kind === 'new')
    const at = top === undefined ? -1 : this.#rows.findIndex((row) => row.key === top)
    if (unread >= 0) this.slice = sliceAround(count, unread)
    else if (isPinned && !this.newer) this.slice = this.#end(before, few)
    else if (at < 0) this.slice = isPinned ? sliceAtEnd(count) : sliceAround(count, count / 2)
    else this.slice = { from: at, to: Math.min(count, at + Math.max(drawnRows, this.slice.to - this.slice.from)) }
  }

  /**
   * The end of the rows. When hundreds arrive in a second, each time all rows are others; then only those on screen are drawn, and the rest
   * of them once it is calm.
   */
  #end(before: readonly Row[], few: number): Slice {
    const count = this.#rows.length
    const whole = sliceAtEnd(count)
    const drawn = new Set(before.slice(this.slice.from, this.slice.to).map(({ key }) => key))
    const fresh = this.#rows.slice(whole.from).filter(({ key }) => !drawn.has(key)).length
    if (fresh > few) {
      this.#whenCalm(calmMs)
    }
    return this.#calm === undefined ? whole : sliceAtEnd(count, few)
  }

  #whenCalm(ms: number): void {
    clearTimeout(this.#calm)
    this.#calm = setTimeout(() => this.#drawReady(), ms)
  }

  #drawReady(): void {
    clearTimeout(this.#calm)
    this.#calm = undefined
    if (this.#keeper?.pinned === true && !this.newer) this.slice = sliceAtEnd(this.#rows.length)
  }

  get #onScreen(): number {
    const [first, last] = this.#visible()
    return last - first + 1
  }

  /** The first and the last row on screen, as indexes of rows; -1 where there is none. */
  #visible(): readonly [first: number, last: number] {
    const [first, last] = this.#keeper?.visible() ?? []
    const at = (id: EventId | undefined): number => this.#rows.findIndex(({ key }) => key === id)
    return [at(first), at(last)]
  }

  protected override update(changed: PropertyValues<this>): void {
    const moves = changed.has('items') || changed.has('more') || changed.has('slice') || changed.has('reached')
    if (moves && this.#placed) this.#keeper?.before()
    super.update(changed)
    if (!moves || !this.#placed) return
    // While hundreds arrive the layout is a task of its own, and the observer of sizes goes to the end behind it.
    if (this.#calm !== undefined && this.#keeper?.pinned) this.#keeper.afterLayout()
    else this.#keeper?.after()
  }

  /** Whether fewer rows are drawn than two screens hold. */
  #isShort(): boolean {
    const scroller = this.renderRoot.querySelector('.scroller')
    return scroller !== null && scroller.scrollHeight < 2 * scroller.clientHeight
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('items') || changed.has('reached')) this.#awaitDue()
    if (!changed.has('items')) return
    if (!this.#placed && this.items.length > 0) this.#place()
    // The last one may be the same while something new stands above it.
    this.#seen = undefined
    this.#look()
  }

  // Drawn anew, as a change of rows, when the next message is overdue.
  #awaitDue(): void {
    clearTimeout(this.#due)
    const now = Date.now()
    const next = Math.min(...this.#messages.map((message) => dueAt(message, this.reached) ?? 0).filter((at) => at > now))
    if (next - now > longestTimerMs) return
    this.#due = setTimeout(() => this.requestUpdate('items', []), next - now)
  }

  override firstUpdated(): void {
    const scroller = this.renderRoot.querySelector<HTMLElement>('.scroller')
    const rows = this.renderRoot.querySelector('.rows')
    if (!scroller || !rows) return
    this.#keeper = createScrollKeeper(scroller, () => !this.newer && this.slice.to >= this.#rows.length)
    this.#resizes.observe(scroller)
    this.#resizes.observe(rows)
    document.addEventListener('visibilitychange', this.#look)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // As a change of rows: what one reads stays in its place while texts take their form.
    this.#unhear = onLexer(() => {
      this.#texts += 1
      this.requestUpdate('items', [])
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#unhear?.()
    this.#resizes.disconnect()
    this.#press.end()
    clearTimeout(this.#calm)
    clearTimeout(this.#step)
    clearTimeout(this.#due)
    document.removeEventListener('visibilitychange', this.#look)
  }

  /** Goes to a message and marks it; false when it is not among those loaded. */
  jumpTo(id: EventId): boolean {
    const row = this.#rows.findIndex(({ key }) => key === id)
    if (row < 0) return false
    this.#keeper?.unpin()
    this.#draw(sliceAround(this.#rows.length, row))
    const article = this.#article(id)
    if (!article) return false
    article.scrollIntoView({ block: 'center' })
    article.focus({ preventScroll: true })
    this.jumped = id
    setTimeout(() => (this.jumped = undefined), jumpMarkMs)
    return true
  }

  override focus(): void {
    this.focusOn(this.#tabStop)
  }

  /** Puts the focus on a message without moving anything, or on the one that Tab leads to. */
  focusOn(id: EventId | undefined): void {
    const article = (id === undefined ? null : this.#article(id)) ?? this.#article(this.#tabStop ?? '')
    article?.focus({ preventScroll: true })
  }

  // At once: whoever asks for rows wants to go to them, so where one is meanwhile does not count.
  #draw(slice: Slice): void {
    this.slice = slice
    this.#isGoing = true
    if (this.isUpdatePending) this.performUpdate()
    this.#isGoing = false
  }

  #article(id: string): HTMLElement | null {
    return this.renderRoot.querySelector(`article[data-id="${CSS.escape(id)}"]`)
  }

  #place(): void {
    this.#placed = true
    const line = this.renderRoot.querySelector('.new')
    const scroller = this.renderRoot.querySelector('.scroller')
    this.#keeper?.toBottom()
    if (!line || !scroller) return
    const above = line.getBoundingClientRect().top - scroller.getBoundingClientRect().top
    const wanted = scroller.clientHeight * 0.2
    if (above < wanted) {
      scroller.scrollTop += above - wanted
      this.#scrolled()
    }
  }

  #goDown(): void {
    const back = this.#returnTo
    this.#returnTo = undefined
    if (back !== undefined) {
      this.requestUpdate()
      if (!this.jumpTo(back)) ask(this, 'jump-to', back)
    } else if (this.newer) {
      this.#keeper?.pin()
      ask(this, 'to-newest')
    } else {
      const isFar = this.slice.to < this.#rows.length
      if (isFar) this.#draw(sliceAtEnd(this.#rows.length))
      this.#keeper?.toBottom(!isFar && this.below === 0 && !matchMedia('(prefers-reduced-motion: reduce)').matches)
      this.#look()
    }
  }

  #scrolled = (): void => {
    if (!this.#placed) return
    this.#keeper?.scrolled()
    this.#look()
  }

  // What is on screen now: whether one follows, what has been seen, whether more is needed.
  #look = (): void => {
    const scroller = this.renderRoot.querySelector('.scroller')
    const keeper = this.#keeper
    if (!scroller || !keeper || !this.#placed) return
    this.pinned = keeper.pinned
    if (keeper.pinned) {
      this.below = 0
      this.belowCalls = false
    }
    this.#slide(keeper)
    const isNear = { above: this.slice.from === 0 && scroller.scrollTop < reachPx, below: this.slice.to >= this.#rows.length }
    if (this.more && !this.#asked && isNear.above) {
      this.#asked = true
      ask(this, 'load-older')
    } else if (this.newer && !this.#asked && isNear.below && scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < reachPx) {
      this.#asked = true
      ask(this, 'load-newer')
    }
    if (keeper.pinned && this.items.length > keepRows && scroller.scrollTop > reachPx) ask(this, 'trim-older')
    if (document.visibilityState !== 'visible') return
    const seen = keeper.pinned ? this.#shown.at(-1)?.id : keeper.lastVisible()
    if (seen !== undefined && seen !== this.#seen) {
      this.#seen = seen
      ask(this, 'seen', seen)
    }
  }

  /** Says once more what is seen: nobody looked at it for a while. */
  look(): void {
    this.#seen = undefined
    this.#look()
  }

  #slide(keeper: ScrollKeeper): void {
    if (keeper.pinned || this.#isGoing) return
    const [top, bottom] = this.#visible()
    if (top >= 0 && bottom >= 0) this.slice = slid(this.#rows.length, this.slice, top, bottom)
  }

  #focusIn(event: FocusEvent): void {
    const article = (event.target as Element).closest<HTMLElement>('article')
    if (article) this.focused = article.dataset['id'] as EventId
  }

  #openMenu(target: Element, x: number, y: number): boolean {
    const id = target.closest<HTMLElement>('article')?.dataset['id']
    if (id === undefined) return false
    ask(this, 'open-menu', { message: id as EventId, x, y })
    return true
  }

  #click(event: MouseEvent): void {
    const article = (event.target as Element).closest<HTMLElement>('article')
    if (!article || !this.selection) return
    event.preventDefault()
    article.focus({ preventScroll: true })
    ask(this, 'select', article.dataset['id'] as EventId)
  }

  #key(event: KeyboardEvent): void {
    const article = (event.target as Element).closest('article')
    if (!article) return
    if (this.selection && (event.key === ' ' || event.key === 'Enter' || event.key === 'Escape')) {
      event.preventDefault()
      if (event.key === 'Escape') ask(this, 'end-selection')
      else ask(this, 'select', article.dataset['id'] as EventId)
      return
    }
    if (event.key === 'Home') this.#draw(sliceAround(this.#rows.length, 0))
    if (event.key === 'End') this.#draw(sliceAtEnd(this.#rows.length))
    const articles = [...this.renderRoot.querySelectorAll<HTMLElement>('article')]
    const at = articles.indexOf(article)
    const goal = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: articles.length - 1 }[event.key]
    if (goal !== undefined) {
      event.preventDefault()
      const next = articles[goal]
      next?.focus({ preventScroll: true })
      next?.scrollIntoView({ block: 'nearest' })
    } else if (
      (event.key === 'F10' && event.shiftKey) ||
      event.key === 'ContextMenu' ||
      (event.key === 'Enter' && event.target === article)
    ) {
      event.preventDefault()
      this.#openMenu(article, lineStart(article, 16), Math.min(article.getBoundingClientRect().bottom, innerHeight) - 8)
    }
  }
}

customElements.define('parley-message-list', ParleyMessageList)
