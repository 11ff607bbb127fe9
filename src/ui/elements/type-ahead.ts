// Keys that are typed between a shortcut and the sheet that it asks for, whose code and rows may take a moment: they are meant for the
// sheet. Held back from whatever has the focus meanwhile, and handed to the sheet's field when it is there.

/** Milliseconds after which keys go their usual way again: a sheet that takes longer does not come. */
const longestMs = 3_000

export interface Typed {
  readonly text: string
  /** Enter came last. */
  readonly isEntered: boolean
}

export interface TypeAhead {
  /** Ends the holding and gives what was typed; nothing the second time. */
  take(): Typed
}

/** Begins to hold keys on this page. Esc ends it, as it would close the sheet; composition by an input method goes its own way. */
export const holdKeys = (): TypeAhead => {
  let [text, isEntered] = ['', false]
  const holding = new AbortController()
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') return holding.abort()
    if (event.key === 'Enter') isEntered = true
    else if (event.key === 'Backspace') text = text.slice(0, -1)
    else if ([...event.key].length === 1 && !isEntered) text += event.key
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  addEventListener('keydown', onKey, { capture: true, signal: holding.signal })
  const end = setTimeout(() => holding.abort(), longestMs)
  return {
    take: () => {
      clearTimeout(end)
      holding.abort()
      const typed = { text, isEntered }
      ;[text, isEntered] = ['', false]
      return typed
    },
  }
}
