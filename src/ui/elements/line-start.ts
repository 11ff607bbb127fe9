// Where a line begins on the screen: on the left, or on the right where one reads from there. What opens at something opens from here on.

/** Pixels of the window from its left edge; `insetPx` of them inside the element. */
export const lineStart = (element: Element, insetPx = 0): number => {
  const { left, right } = element.getBoundingClientRect()
  return element.matches(':dir(rtl)') ? right - insetPx : left + insetPx
}
