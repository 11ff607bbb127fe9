// A newer version of the page, as a controller: says when one is ready, takes it into use when nobody is looking, and loads anew when it
// has come. Drafts are in the database by then, so nothing that was typed is lost.
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { PageUpdates, UpdateState } from '../ports/page-updates.ts'

/** Milliseconds out of sight after which a page counts as idle. */
const idleMs = 60_000

export class NewerVersion implements ReactiveController {
  state: UpdateState = 'none'
  #host: ReactiveControllerHost
  #updates: () => PageUpdates | undefined
  #reload: () => void
  #stop: (() => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost, updates: () => PageUpdates | undefined, reload: () => void) {
    this.#host = host
    this.#updates = updates
    this.#reload = reload
    host.addController(this)
  }

  apply(): void {
    this.#updates()?.apply('at-once')
  }

  hostUpdate(): void {
    this.#stop ??= this.#updates()
      ?.state()
      .subscribe((state) => {
        this.state = state
        if (state === 'replaced') this.#reload()
        this.#look()
        this.#host.requestUpdate()
      })
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#look)
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#look)
    clearTimeout(this.#timer)
    this.#stop?.()
    this.#stop = undefined
  }

  #look = (): void => {
    clearTimeout(this.#timer)
    if (this.state === 'ready' && document.visibilityState === 'hidden')
      this.#timer = setTimeout(() => this.#updates()?.apply('if-alone'), idleMs)
  }
}
