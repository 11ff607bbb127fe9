// What moves on a page: animations, transitions, and scrolling that takes its time. For those who asked for less of it.
import type { Page } from 'playwright-core'

/** Watches from now on whatever the page draws. Before it is opened. */
export const watchMotion = async (page: Page): Promise<void> => {
  await page.addInitScript(watchInside)
}

/** What has moved since the page was opened, in words, and what would scroll smoothly. */
export const movedOn = (page: Page): Promise<readonly string[]> => page.evaluate(movedInside)

// Runs in the page before anything of the page does.
const watchInside = (): void => {
  const moved: string[] = []
  Object.assign(globalThis, { moved })
  // These events do not leave a shadow root.
  const watch = (root: Document | ShadowRoot): void => {
    root.addEventListener('transitionrun', (event) => moved.push(`transition of ${(event as TransitionEvent).propertyName}`))
    root.addEventListener('animationstart', (event) => {
      const { animationName, pseudoElement } = event as AnimationEvent
      const { animationDuration } = getComputedStyle(event.target as Element, pseudoElement || null)
      if (/[1-9]/.test(animationDuration)) moved.push(`animation ${animationName}`)
    })
  }
  watch(document)
  const { attachShadow } = Element.prototype
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init)
    watch(root)
    return root
  }
  for (const name of ['scroll', 'scrollTo', 'scrollBy', 'scrollIntoView', 'animate'] as const) {
    const real = Element.prototype[name] as (...given: unknown[]) => unknown
    Object.defineProperty(Element.prototype, name, {
      value(...given: unknown[]) {
        const isSmooth = given.some((one) => typeof one === 'object' && one !== null && 'behavior' in one && one.behavior === 'smooth')
        if (isSmooth || name === 'animate') moved.push(name)
        return Reflect.apply(real, this, given)
      },
    })
  }
}

// Runs in the page at the end.
const movedInside = (): readonly string[] => {
  const found: string[] = []
  const look = (root: Document | ShadowRoot): void => {
    for (const animation of root.getAnimations())
      if (Number(animation.effect?.getComputedTiming().activeDuration) > 0) found.push(`still moves: ${animation.id || 'no name'}`)
    for (const element of root.querySelectorAll('*')) {
      if (getComputedStyle(element).scrollBehavior === 'smooth') found.push(`scrolls smoothly: ${element.localName}`)
      if (element.shadowRoot) look(element.shadowRoot)
    }
  }
  look(document)
  return [...(globalThis as unknown as { moved: readonly string[] }).moved, ...found]
}
