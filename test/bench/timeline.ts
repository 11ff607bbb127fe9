// A conversation of fifty thousand messages, on the real page over the real database: how long it takes to open, how evenly it scrolls, how
// many rows are drawn, and how quickly what is typed is on the screen.
import { setTimeout as sleep } from 'node:timers/promises'
import { figureHead, figureOf, figureRow, table, type Figure } from './figures.ts'
import { messageField, openSite, signUp, until, type Person, type Site } from './people.ts'
import { onSourcesOf } from './sources-of.ts'
import { read } from './stopwatch.ts'
import type { fill } from './timeline-page.ts'

export interface TimelineFigures {
  readonly messages: number
  /** From the click on the conversation, on a page that was just loaded, to the newest message on the screen. The bar is 500 ms. */
  readonly open: Figure
  /** From the load of a page on which it is open to the newest message on the screen. */
  readonly load: Figure
  /** Between frames while one scrolls back through thousands of messages. The bar is 20 ms for p95. */
  readonly frame: Figure
  /** The same while one scrolls down again. */
  readonly frameDown: Figure
  /** Messages that were scrolled over. */
  readonly scrolled: number
  /** Rows in the page at most, in any of those frames. The bar is 60. */
  readonly mostRows: number
  /** From a key to the frame that shows its letter. The bar is 50 ms for p95. */
  readonly typing: Figure
}

const program = 'test/bench/timeline-page.ts'
const opens = 10
const letters = 'a sentence of an ordinary length, typed as quickly as people do. '.repeat(2)
/** Milliseconds between two keys, and between two turns of a wheel. */
const keyMs = 60
const turnMs = 30
const turns = 300
/** Pixels of one turn of a wheel. */
const turnPx = 400

export const benchTimeline = async (built: string, messages: number): Promise<TimelineFigures> => {
  const site = await openSite(built)
  try {
    const alice = await site.person('Alice')
    await alice.context.addInitScript(watchFrames)
    await signUp(alice, site.url)
    await makeGroup(alice, large)
    await fillFrom(site, alice, messages)
    const last = `[${messages - 1}]`
    await alice.page.goto(site.url)
    await makeGroup(alice, small)
    const [opened, loaded]: [number[], number[]] = [[], []]
    for (let run = 0; run < opens; run += 1) {
      opened.push(await openOnce(site, alice, last))
      await alice.page.goto(site.url)
      loaded.push((await shownAt(alice, last)) - (await read(alice.page)).start)
      await entry(alice, small).click()
    }
    await openOnce(site, alice, last)
    await sleep(2_000)

    const up = await scroll(alice, -turnPx)
    const down = await scroll(alice, turnPx)
    await alice.page.goto(site.url)
    await shownAt(alice, last)
    return {
      messages,
      open: figureOf(opened),
      load: figureOf(loaded),
      frame: figureOf(up.frames),
      frameDown: figureOf(down.frames),
      scrolled: messages - up.reached,
      mostRows: Math.max(up.mostRows, down.mostRows),
      typing: figureOf(await type(alice)),
    }
  } finally {
    await site.end()
  }
}

/** The conversation that is measured, and one that is open before. */
const [large, small] = ['Garden', 'Shed'] as const

export const makeGroup = async ({ page }: Person, name: string): Promise<void> => {
  await page.getByRole('button', { name: 'New conversation' }).first().click()
  await page.getByRole('button', { name: 'New group' }).first().click()
  await page.getByRole('textbox', { name: 'Group name' }).fill(name)
  await page.getByRole('button', { name: 'Create group' }).click()
  await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
}

/** In the list. */
export const entry = ({ page }: Person, name: string) =>
  page
    .getByRole('list', { name: 'Conversations' })
    .getByRole('button', { name: new RegExp(name) })
    .first()

/** When an article with this mark was first on the screen: milliseconds since 1970; rejects when it was not within so many. */
export const shownAt = ({ page }: Person, mark: string, withinMs?: number): Promise<number> =>
  until(async () => (await read(page)).articles[mark], 20, withinMs)

const fillFrom = (site: Site, alice: Person, messages: number): Promise<void> =>
  onSourcesOf(site, alice, program, (page) =>
    page.evaluate(
      async ([from, count]) => {
        const program: { readonly fill: typeof fill } = await import(from)
        await program.fill(count)
      },
      [`/${program}`, messages] as const,
    ),
  )

const openOnce = async ({ url }: Site, alice: Person, last: string): Promise<number> => {
  await alice.page.goto(url)
  await entry(alice, large).waitFor()
  // What a page does in its first moments is no part of it.
  await sleep(1_000)
  await entry(alice, large).click()
  const shown = await shownAt(alice, last)
  return shown - (await alice.page.evaluate(() => window.frameWatch.clicked))
}

interface Scrolled {
  readonly frames: readonly number[]
  readonly mostRows: number
  /** The number of the message that is on top. */
  readonly reached: number
}

const scroll = async ({ page }: Person, px: number): Promise<Scrolled> => {
  const box = await page.getByRole('log').boundingBox()
  if (box === null) throw new Error('there is no timeline')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.evaluate(() => window.frameWatch.start())
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, px)
    await sleep(turnMs)
  }
  return page.evaluate(() => window.frameWatch.stop())
}

const type = async (alice: Person): Promise<readonly number[]> => {
  const field = messageField(alice)
  await field.click()
  for (const letter of letters) {
    await alice.page.keyboard.press(letter === ' ' ? 'Space' : letter)
    await sleep(keyMs)
  }
  return alice.page.evaluate(() => window.frameWatch.keys)
}

interface Frames {
  /** When the page was last clicked; milliseconds since 1970. */
  clicked: number
  /** From each key to the end of the frame behind it. */
  readonly keys: number[]
  start(): void
  stop(): Scrolled
}

declare global {
  interface Window {
    frameWatch: Frames
  }
}

/** Runs in the page before its own programs: keep it free of anything from outside. */
export const watchFrames = (): void => {
  let frames: number[] = []
  let mostRows = 0
  let last = 0
  let isOn = false
  const scrollerIn = (root: ParentNode): Element | undefined => {
    const found = root.querySelector('.scroller')
    if (found !== null) return found
    for (const element of root.querySelectorAll('*')) {
      const inside = element.shadowRoot === null ? undefined : scrollerIn(element.shadowRoot)
      if (inside !== undefined) return inside
    }
    return undefined
  }
  const tick = (now: number): void => {
    if (!isOn) return
    if (last > 0) frames.push(now - last)
    last = now
    mostRows = Math.max(mostRows, scroller?.querySelectorAll('[data-id]').length ?? 0)
    requestAnimationFrame(tick)
  }
  let scroller: Element | undefined
  const found: Frames = {
    clicked: 0,
    keys: [],
    start: () => {
      frames = []
      mostRows = last = 0
      isOn = true
      scroller = scrollerIn(document)
      requestAnimationFrame(tick)
    },
    stop: () => {
      isOn = false
      const top = scroller?.getBoundingClientRect().top ?? 0
      const article = [...(scroller?.querySelectorAll('article') ?? [])].find((each) => each.getBoundingClientRect().bottom > top)
      return { frames, mostRows, reached: Number(/\[(\d+)\]/.exec(article?.textContent ?? '')?.[1]) }
    },
  }
  window.frameWatch = found
  addEventListener('click', ({ timeStamp }) => (found.clicked = performance.timeOrigin + timeStamp), true)
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      // The message comes when the frame has been handed over.
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => found.keys.push(performance.now() - timeStamp)
        channel.port2.postMessage(undefined)
      })
    },
    true,
  )
}

export const showTimeline = (figures: TimelineFigures): string =>
  [
    table([
      figureHead,
      figureRow('click to the newest message', figures.open),
      figureRow('page loaded to the newest message', figures.load),
      figureRow('between frames, scrolling back', figures.frame),
      figureRow('between frames, scrolling down', figures.frameDown),
      figureRow('key to the frame with its letter', figures.typing),
    ]),
    `of ${figures.messages} messages ${figures.scrolled} scrolled over; at most ${figures.mostRows} rows in the page`,
  ].join('\n')
