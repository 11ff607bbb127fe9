// Brings the code of a menu that was asked for. Whoever presses Escape while it is on its way does not want it any more; one that is there
// closes by itself.
import { bring } from '../bring.ts'

/** `giveUp` takes the wish back: by Escape, or because `load` failed for good. */
export const bringMenu = (load: () => Promise<unknown>, giveUp: () => void): void => {
  const onTheWay = new AbortController()
  const { signal } = onTheWay
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return
    // Before anything else hears of the key: it is answered.
    event.preventDefault()
    event.stopPropagation()
    onTheWay.abort()
    giveUp()
  }
  addEventListener('keydown', pressed, { capture: true, signal })
  bring(load, () => !signal.aborted)
    .catch(() => {
      // The next tap asks anew.
      if (!signal.aborted) giveUp()
    })
    .finally(() => onTheWay.abort())
}
