// Keeps the page as high as what is left above a phone's keyboard, where the browser lays the keyboard over the page instead of
// making room for it (iOS). A pinched zoom is not a keyboard.

/** Follows the visual viewport with `--visible-height` on the element; the returned function stops it. */
export const followKeyboard = (element: HTMLElement): (() => void) => {
  const viewport = globalThis.visualViewport
  if (!viewport) return () => undefined
  const follow = (): void => {
    if (viewport.scale !== 1) return
    element.style.setProperty('--visible-height', `${viewport.height}px`)
    // The browser scrolls the field into view by moving the page; there is nothing to move it to once it fits.
    if (viewport.offsetTop > 0) scrollTo(0, 0)
  }
  viewport.addEventListener('resize', follow)
  return () => viewport.removeEventListener('resize', follow)
}
