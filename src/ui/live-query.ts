// The one bridge from the local database to pixels: a controller that follows a Live value while its host is connected.
// It subscribes anew when the identity changes (the old value is gone at once) or when only the detail does (the old value stays
// until the new one comes, so that nothing flickers). What says the same as before is no change.
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Live } from '../ports/live.ts'
import { keepSame } from './keep-same.ts'

export class LiveQuery<T> implements ReactiveController {
  /** The newest value; `undefined` until the first one came. */
  value: T | undefined
  /** How much of it was asked for when the value came. */
  detail: unknown
  /** Whether a value has come; tells "none" from "not yet" where `undefined` is a value. */
  arrived = false
  #host: ReactiveControllerHost
  #identity: () => unknown
  #detail: () => unknown
  #source: () => Live<T> | undefined
  #seen: { identity: unknown; detail: unknown } | undefined
  #stop: (() => void) | undefined

  /** `identity` says what is followed, `source` opens it, `detail` how much of it. */
  constructor(host: ReactiveControllerHost, identity: () => unknown, source: () => Live<T> | undefined, detail: () => unknown = () => 0) {
    this.#host = host
    this.#identity = identity
    this.#source = source
    this.#detail = detail
    host.addController(this)
  }

  hostUpdate(): void {
    const [identity, detail] = [this.#identity(), this.#detail()]
    if (this.#seen && this.#seen.identity === identity && this.#seen.detail === detail) return
    if (this.#seen?.identity !== identity) {
      this.value = this.detail = undefined
      this.arrived = false
    }
    this.#stop?.()
    this.#seen = { identity, detail }
    this.#stop = this.#source()?.subscribe((value) => {
      const kept = keepSame<T | undefined>(this.value, value)
      if (this.arrived && kept === this.value && detail === this.detail) return
      this.value = kept
      this.detail = detail
      this.arrived = true
      this.#host.requestUpdate()
    })
  }

  hostConnected(): void {
    this.#host.requestUpdate()
  }

  hostDisconnected(): void {
    this.#stop?.()
    this.#stop = this.#seen = undefined
  }
}
