// Whether words stand outside of what they belong to: measured line by line, through shadow roots.

/** Half a pixel is rounding, and slanted letters lean over by a little more. */
const slackPx = 2

/** One for all: a range follows every change of its document for as long as it is there, and thousands of them made each change slow. */
const range = document.createRange()

const parentOf = (node: Node): Element | null => {
  const parent = node.parentNode
  return parent instanceof ShadowRoot ? parent.host : ((node as Element).assignedSlot ?? (parent as Element | null))
}

const textsIn = (root: Element | ShadowRoot): Text[] => {
  const found: Text[] = []
  const walk = (node: Node): void => {
    if (node instanceof Text && node.data.trim() !== '') found.push(node)
    if (node instanceof HTMLStyleElement) return
    for (const child of node.childNodes) walk(child)
    if (node instanceof Element && node.shadowRoot) walk(node.shadowRoot)
  }
  walk(root)
  return found
}

/** Says what cuts an element's content off, along the line or across; each element is looked at once. */
const createCutter = (axis: 'overflowX' | 'overflowY') => {
  const known = new Map<Element, Element | undefined>()
  const cutBy = (node: Node): Element | undefined => {
    const at = parentOf(node)
    if (!at || at === document.body) return undefined
    if (known.has(at)) return known.get(at)
    const style = getComputedStyle(at)
    const found = style.display !== 'inline' && style[axis] !== 'visible' ? at : cutBy(at)
    known.set(at, found)
    return found
  }
  return cutBy
}

/**
 * The first letters of every text of which something would be seen outside of the page, and of every letter that is heaped with marks where
 * nothing but the screen's own scroller would cut them off.
 */
export const spills = (root: Element, widthPx: number): readonly string[] => {
  const cutAlong = createCutter('overflowX')
  const cutAcross = createCutter('overflowY')
  const isOver = ({ left, right, width }: DOMRect): boolean => width > 0 && (left < -slackPx || right > widthPx + slackPx)
  return textsIn(root).flatMap((text) => {
    range.selectNodeContents(text)
    const lines = [...range.getClientRects()]
    if (lines.length === 0) return []
    const words = text.data.trim().slice(0, 40)
    // Some box on the way up that stands on the page itself has to cut off what is too long.
    if (lines.some(isOver)) {
      let box = cutAlong(text)
      while (box && isOver(box.getBoundingClientRect())) box = cutAlong(box)
      if (box === undefined) return [`over the edge: ${words}`]
    }
    if (!/\p{M}{5}/u.test(text.data)) return []
    const across = cutAcross(text)
    return across === undefined || across.matches('.scroller, dialog, .page, .list, .rows') ? [`heaped: ${words}`] : []
  })
}
