// How much of a timeline is loaded, as a controller: the newest messages at first, more of them upwards, and from some length on a window
// that moves with whoever reads. It also remembers where one wants to go until that is loaded.
import type { ReactiveControllerHost } from 'lit'
import type { ConversationId, EventId } from '../../core/ids.ts'
import type { Queries, TimelineItem, TimelineView } from '../../ports/queries.ts'
import { LiveQuery } from '../live-query.ts'

/** Messages loaded at first, and added at each step upwards. */
const pageSize = 100
/** Messages loaded at most. */
const largest = 400

/** A message, or a moment in milliseconds since 1970. */
export type Goal = EventId | number

export class TimelineWindow {
  /** Where one wants to go, until one is there. */
  goal: Goal | undefined
  #host: ReactiveControllerHost
  #limit = pageSize
  #around: Goal | undefined
  #query: LiveQuery<TimelineView>

  constructor(host: ReactiveControllerHost, conversation: () => ConversationId, queries: () => Queries | undefined) {
    this.#host = host
    this.#query = new LiveQuery(
      host,
      conversation,
      () => queries()?.timeline(conversation(), this.#limit, this.#around),
      () => this.#wanted,
    )
  }

  get #wanted(): string {
    return `${this.#limit} ${this.#around ?? ''}`
  }

  /** What was there when something else was last asked for stays until that comes. */
  get #isStale(): boolean {
    return this.#query.detail !== this.#wanted
  }

  get view(): TimelineView | undefined {
    return this.#query.value
  }

  /** Whether all that is wanted at once is here: the messages from the first unread one on. */
  hasFrom(first: EventId | undefined): boolean {
    const { view } = this
    if (!view || first === undefined) return view !== undefined
    return !view.more || this.#around !== undefined || this.#limit >= largest || view.items.some((item) => item.id === first)
  }

  /** Enough for so many unread ones; if they are too many, those around the first. */
  size(unread: number, first: EventId | undefined): void {
    if (unread < this.#limit) return
    if (unread + pageSize / 2 > largest && first !== undefined) this.#set(largest, first)
    else this.#set(Math.min(unread + pageSize / 2, largest), undefined)
  }

  /** The first unread one may lie far before the others, because it came late: then those around it. */
  reach(first: EventId | undefined): void {
    if (this.view !== undefined && !this.#isStale && !this.hasFrom(first)) this.#set(largest, first)
  }

  older(): void {
    if (this.goal !== undefined) return
    const first = this.view?.items[0]
    if (this.#around === undefined && this.#limit < largest) this.#set(this.#limit + pageSize, undefined)
    else if (first) this.#set(largest, first.id)
  }

  newer(): void {
    const last = this.view?.items.at(-1)
    if (this.goal === undefined && this.view?.newer === true && last) this.#set(largest, last.id)
  }

  newest(): void {
    this.goal = undefined
    this.#set(pageSize, undefined)
  }

  /** One is at the end: what lies far above is let go of. */
  trim(): void {
    if (this.goal === undefined) this.#set(pageSize, undefined)
  }

  /** Wants to go somewhere; `tryJump` goes there if it is loaded and drawn. */
  seek(goal: Goal, tryJump: (id: EventId) => boolean): void {
    this.goal = goal
    const { view } = this
    if (!view) return
    const isAround = this.#around === goal && !this.#isStale
    const target = typeof goal === 'string' ? goal : isAround ? messageFrom(view.items, goal) : undefined
    if (target !== undefined && tryJump(target)) this.goal = undefined
    else if (this.#around !== goal) this.#set(largest, goal)
    // It is loaded as far as it ever will be, and not there: deleted from here, or hidden, or nothing was ever said.
    else if (isAround && !view.items.some((item) => item.id === target)) this.goal = undefined
  }

  #set(limit: number, around: Goal | undefined): void {
    if (this.#limit === limit && this.#around === around) return
    this.#limit = limit
    this.#around = around
    this.#host.requestUpdate()
  }
}

/** The first that was said from a moment on, or the last of all; lines between messages are no place to go to. */
const messageFrom = (items: readonly TimelineItem[], at: number): EventId | undefined => {
  const messages = items.filter(({ kind }) => kind === 'message')
  return (messages.find((message) => message.at >= at) ?? messages.at(-1))?.id
}
