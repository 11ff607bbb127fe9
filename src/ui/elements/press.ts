// The pointer's ways to a menu: right-click, and a long press on touch. A selection or a link keeps the browser's own menu.

/** How long (milliseconds) a finger rests before the menu opens. */
const longPressMs = 450
/** How far (pixels) it may move meanwhile. */
const slackPx = 10

export interface Press {
  contextmenu(this: void, event: MouseEvent): void
  down(this: void, event: PointerEvent): void
  move(this: void, event: PointerEvent): void
  end(this: void): void
}

/** `open` gets the element and the place; it says whether it opened something. */
export const createPress = (open: (target: Element, x: number, y: number) => boolean): Press => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let start = { x: 0, y: 0 }
  const end = (): void => clearTimeout(timer)
  return {
    contextmenu(event) {
      end()
      const target = event.composedPath()[0]
      if (!(target instanceof Element) || target.closest('a') || (getSelection()?.isCollapsed === false && event.button === 2)) return
      if (open(target, event.clientX, event.clientY)) event.preventDefault()
    },
    down(event) {
      end()
      const target = event.composedPath()[0]
      if (event.pointerType !== 'touch' || !(target instanceof Element) || target.closest('a, button')) return
      start = { x: event.clientX, y: event.clientY }
      timer = setTimeout(() => open(target, start.x, start.y) && swallowTap(), longPressMs)
    },
    move(event) {
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > slackPx) end()
    },
    end,
  }
}

/** A finger that is lifted soon is a tap to the browser, and by then the menu lies under it: nothing there was chosen. */
const swallowTap = (): void => {
  const lifting = new AbortController()
  const options = { capture: true, passive: false, signal: lifting.signal }
  const lifted = (event: Event): void => {
    event.preventDefault()
    lifting.abort()
  }
  for (const type of ['touchend', 'touchcancel']) addEventListener(type, lifted, options)
}
