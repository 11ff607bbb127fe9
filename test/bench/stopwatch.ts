// What a page's own screen and keyboard say about time, seen from within the page but not from within the product: a script that runs
// before the page's does. All moments are milliseconds since 1970 by the page's fine clock, so those of two browsers on one machine
// can be compared (see `clockErrors`).
import type { Page } from 'playwright-core'

export interface Stopwatch {
  /** When Enter went down, in order: the moment of the event, not of its handling. */
  readonly enters: number[]
  /** When an article with this text was first on the screen: the frame after the change. */
  readonly articles: Record<string, number>
  /** When something was first on the screen. */
  readonly firsts: Partial<Record<Milestone, number>>
  /** The start of the navigation. */
  readonly start: number
}

/** The name field of a first run; the composer; the first message; a relay slot; a direct link; a line that somebody joined. */
export type Milestone = 'name' | 'composer' | 'article' | 'reserved' | 'direct' | 'joined'

declare global {
  interface Window {
    stopwatch: Stopwatch
    /** Set by who wants to be told of milestones at once. */
    stopwatchTold?: (milestone: string) => void
  }
}

/** Runs in the page: keep it free of anything from outside. */
export const watchScreen = (): void => {
  const watch: Stopwatch = { enters: [], articles: {}, firsts: {}, start: performance.timeOrigin }
  window.stopwatch = watch
  addEventListener('keydown', (event) => event.key === 'Enter' && watch.enters.push(performance.timeOrigin + event.timeStamp), true)

  const milestones = {
    name: 'input[name="name"]',
    composer: 'textarea',
    article: 'article',
    reserved: '.pill.ready, .pill.direct, .pill.relayed',
    direct: '.pill.direct',
  }
  const first = (name: Milestone, at: number): void => {
    if (watch.firsts[name] !== undefined) return
    watch.firsts[name] = at
    window.stopwatchTold?.(name)
  }
  const look = (root: Element): void => {
    const has = (selector: string): boolean => root.matches(selector) || root.querySelector(selector) !== null
    const names = Object.entries(milestones).flatMap(([name, selector]) =>
      watch.firsts[name as Milestone] === undefined && has(selector) ? [name as Milestone] : [],
    )
    const texts = (root.matches('article') ? [root] : [...root.querySelectorAll('article')]).map((article) => article.textContent)
    const isJoined = watch.firsts.joined === undefined && root.textContent.includes(' joined') && has('.notice')
    if (names.length + texts.length === 0 && !isJoined) return
    requestAnimationFrame(() => {
      const at = performance.timeOrigin + performance.now()
      for (const name of names) first(name, at)
      if (isJoined) first('joined', at)
      for (const text of texts) {
        const mark = /\[[^\]]+\]/.exec(text)?.[0]
        if (mark !== undefined) watch.articles[mark] ??= at
      }
    })
  }
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'attributes') look(target as Element)
      else for (const node of addedNodes) if (node instanceof Element) look(node)
    }
  })
  const attachShadow = Element.prototype.attachShadow
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options)
    observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] })
    return root
  }
}

export const read = (page: Page): Promise<Stopwatch> => page.evaluate(() => window.stopwatch)

/**
 * By how much (milliseconds) a page's fine clock differs from the machine's: each process sets it once, at its start. The machine's clock
 * ticks in whole milliseconds, so it is compared at the edges of its ticks.
 */
export const clockError = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const errors: number[] = []
    for (let edge = 0; edge < 40; edge += 1) {
      const before = Date.now()
      while (Date.now() === before);
      errors.push(performance.timeOrigin + performance.now() - Date.now())
    }
    return errors.toSorted((a, b) => a - b)[2] ?? 0
  })
