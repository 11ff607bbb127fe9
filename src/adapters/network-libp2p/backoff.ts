// Waiting between attempts: longer each time up to a cap, never the same for two devices, and cut short when something changed.

export interface Wait {
  /** Resolves after the next step, or at once when `kick` is called. */
  next(): Promise<void>
  /** Ends the present wait; the steps start again. */
  kick(): void
  reset(): void
  /** Ends the present wait and all later ones. */
  stop(): void
}

/** `stepMs` gives the milliseconds of the nth step, counted from 0; each is varied by `jitter` of itself, both ways. */
export const createWait = (stepMs: (step: number) => number, jitter = 0.2): Wait => {
  let step = 0
  let stopped = false
  let wake: (() => void) | undefined

  return {
    next() {
      const ms = stepMs(step++)
      if (stopped) return Promise.resolve()
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, varied(ms, jitter))
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    },
    kick() {
      step = 0
      wake?.()
    },
    reset() {
      step = 0
    },
    stop() {
      stopped = true
      wake?.()
    },
  }
}

/** `ms` varied by `jitter` of itself, both ways. */
export const varied = (ms: number, jitter: number): number => ms * (1 - jitter + 2 * jitter * Math.random())
