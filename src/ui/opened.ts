// Which conversation is open, kept in the history's state and never in an address: a step back leads home, a reload stays.
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { ConversationId } from '../core/ids.ts'
import type { Goal } from './conversation/timeline-window.ts'

export class Opened implements ReactiveController {
  id: ConversationId | undefined
  /** The message or the moment that it is to be opened at; for the moment of opening only. */
  at: { readonly goal: Goal } | undefined
  #host: ReactiveControllerHost

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  /** False when it was open already. */
  open(id: ConversationId, at?: Goal): boolean {
    // Anew also when it is the same place as before: somebody wants to go there once more.
    this.at = at === undefined ? undefined : { goal: at }
    this.#host.requestUpdate()
    if (this.id === id) return false
    const state = { ...(history.state as object | null), conversation: id, thread: undefined }
    // One step back always leads home, however many conversations were looked at.
    if (this.id === undefined) history.pushState(state, '')
    else history.replaceState(state, '')
    this.id = id
    return true
  }

  hostConnected(): void {
    addEventListener('popstate', this.#popped)
    this.#popped()
  }

  hostDisconnected(): void {
    removeEventListener('popstate', this.#popped)
  }

  #popped = (): void => {
    this.id = (history.state as { conversation?: ConversationId } | null)?.conversation
    this.at = undefined
    this.#host.requestUpdate()
  }
}
