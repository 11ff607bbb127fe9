// What a live value has said so far, with a way to wait for it: on a condition and with a deadline, never for luck.
import type { Live } from '../../src/ports/live.ts'

export interface Seen<T> {
  readonly values: readonly T[]
  /** The first value, seen already or to come, that satisfies `is`. Rejects after `withinMs`. */
  first(is: (value: T) => boolean, withinMs?: number): Promise<T>
  /** Waits until the newest value satisfies `is`. */
  newest(is: (value: T) => boolean, withinMs?: number): Promise<T>
  stop(): void
}

export const see = <T>(live: Live<T>): Seen<T> => {
  const values: T[] = []
  const waiting = new Set<() => void>()
  const stop = live.subscribe((value) => {
    values.push(value)
    for (const look of waiting) look()
  })
  const wait = (find: () => number, withinMs: number) =>
    new Promise<T>((resolve, reject) => {
      const end = () => {
        clearTimeout(timer)
        waiting.delete(look)
      }
      const look = () => {
        const found = find()
        if (found < 0) return
        end()
        resolve(values[found]!)
      }
      const timer = setTimeout(() => {
        end()
        reject(new Error(`not seen within ${withinMs} ms; seen: ${JSON.stringify(values)}`))
      }, withinMs)
      waiting.add(look)
      look()
    })
  return {
    values,
    stop,
    first: (is, withinMs = 5_000) => wait(() => values.findIndex(is), withinMs),
    newest: (is, withinMs = 5_000) => wait(() => (values.length > 0 && is(values.at(-1)!) ? values.length - 1 : -1), withinMs),
  }
}
