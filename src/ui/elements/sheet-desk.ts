// What stands behind an open sheet: the ports, the rows that it follows, the questions that it answers, and the outcome of what it asked
// for. A sheet's plan speaks to its desk; the desk ends with the sheet, and so does everything that was begun at it.
import type { LitElement, TemplateResult } from 'lit'
import type { Failure, Result } from '../../core/result.ts'
import type { ConnectionView, PersonView, Privacy, StatusView } from '../../ports/queries.ts'
import type { Live } from '../../ports/live.ts'
import type { NotifyPermission } from '../../ports/notifier.ts'
import type { Choices } from '../choices.ts'
import type { UiDeps } from '../context.ts'
import { ask, type Ask, type Questions, type SheetRequest } from '../events.ts'
import { settle } from '../settle.ts'

/** What the page knows of itself. */
export interface PageView {
  readonly me: PersonView | undefined
  readonly connection: ConnectionView | undefined
  readonly privacy: Privacy | undefined
  /** What one is up to. */
  readonly status: StatusView | undefined
  readonly choices: Choices
  /** Whether this browser may tell of new messages. */
  readonly notifying: NotifyPermission
}

export interface Desk extends UiDeps {
  /** As it is now. */
  readonly page: PageView
  /** A command of this sheet is under way. */
  readonly busy: boolean
  /** Why the last one failed, in words. */
  problem: string | undefined
  /** Follows a value for as long as the sheet is open; `value` is undefined until the first one came; `came` is told of each. */
  follow<T>(live: Live<T>, came?: () => void): { readonly value: T | undefined }
  /** Answers a question that comes up from the sheet. */
  on<K extends keyof Questions>(type: K, answer: (detail: Questions[K]) => unknown): void
  /** Runs a command. Undefined when it failed, and when the sheet was closed meanwhile: then it is nobody's business any more. */
  run<T, E extends Failure>(asked: Promise<Result<T, E>>): Promise<{ readonly value: T } | undefined>
  /** Draws anew: something in the plan's own hands has changed. */
  changed(): void
  /** Whether the sheet is still open. */
  readonly isOpen: boolean
  ask<K extends keyof Questions>(type: K, ...detail: undefined extends Questions[K] ? [] : [Questions[K]]): void
}

/** How a kind of sheet comes about. `open` is called once for each wish; what it gives back draws the sheet, again and again. */
export interface SheetPlan<Kind extends SheetRequest['kind']> {
  readonly open: (desk: Desk, request: SheetRequest & { readonly kind: Kind }) => () => TemplateResult
}

export interface OpenDesk extends Desk {
  close(): void
}

/** A desk for one sheet, which lies inside `host`. */
export const createDesk = (host: LitElement, deps: UiDeps, page: () => PageView): OpenDesk => {
  const closing = new AbortController()
  const { signal } = closing
  const changed = (): void => host.requestUpdate()
  const desk: OpenDesk & { busy: boolean } = {
    ...deps,
    busy: false,
    problem: undefined,
    get page() {
      return page()
    },
    get isOpen() {
      return !signal.aborted
    },
    changed,
    follow: <T>(live: Live<T>, came?: () => void) => {
      const followed: { value: T | undefined } = { value: undefined }
      const stop = live.subscribe((value) => {
        followed.value = value
        came?.()
        changed()
      })
      signal.addEventListener('abort', stop)
      return followed
    },
    on: (type, answer) => host.addEventListener(type, (event) => void answer((event as Ask<typeof type>).detail), { signal }),
    run: async (asked) => {
      desk.busy = true
      desk.problem = undefined
      changed()
      const done = await settle(asked)
      if (signal.aborted) return undefined
      desk.busy = false
      changed()
      if (done.ok) return { value: done.value }
      desk.problem = done.error.here
      return undefined
    },
    ask: (type, ...detail) => ask(host, type, ...detail),
    close: () => closing.abort(),
  }
  return desk
}
