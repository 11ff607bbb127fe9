// A person with a Firefox. It is spoken to by WebDriver BiDi, which knows less than the other stories use; so it has verbs of its own, as few
// as a story about two engines needs. Everything is found by its accessible name, through shadow roots.
import { launch, type Page } from 'puppeteer-core'
import { expect } from 'vitest'
import { findFirefox } from '../../../scripts/lib/firefox.mjs'
import { shownFrom } from './messages.ts'
import { until, untilEqual } from './until.ts'

export interface FirefoxPerson extends FirefoxTab {
  readonly name: string
  /** Another tab of the same browser, with the page open. */
  secondTab(): Promise<FirefoxTab>
  /** From now on the node may be away, of which this browser complains by itself. */
  nodeIsAway(): void
  /** What went wrong without a person's seeing it. */
  readonly faults: readonly string[]
  end(): Promise<void>
}

export interface FirefoxTab {
  visit(address: string): Promise<void>
  /** Types the name on the first screen, be it an invite's or not. */
  getStarted(): Promise<void>
  /** Asks for an invite for one person, and lays the sheet aside. */
  invite(): Promise<string>
  /** Makes a group and opens it; the invite into it. */
  createGroup(title: string): Promise<string>
  open(title: string): Promise<void>
  /** Presses, in the settings, the switch that keeps one's address from everybody. */
  hideAddress(): Promise<void>
  /** Opens the sheet for two who are side by side; the code that the other one is to take. */
  showCode(): Promise<string>
  /** Takes somebody's code, with the sheet open that waits for it. */
  takeCode(code: string): Promise<void>
  /** Takes somebody's code as the first of the two; the code that is shown in return. */
  answerCode(code: string): Promise<string>
  /** Lays the sheet aside. */
  closeSheet(): Promise<void>
  /** Waits until the page itself is kept on this device. */
  isKept(): Promise<void>
  say(text: string): Promise<void>
  /** Waits until these texts, in this order and none twice, are all that stands in the open conversation. */
  sees(texts: readonly string[]): Promise<void>
  /** The text of the newest message that is in the page. */
  lastSeen(): Promise<string>
  /** How many messages are in the page at once. */
  drawn(): Promise<number>
  /** Pixels between what is on screen and the newest message. */
  belowScreen(): Promise<number>
  /** Scrolls by so many pixels; a negative number leads to what is older. */
  scroll(pixels: number): Promise<void>
  /** How far the first message that is whole on screen stands from the top of the timeline, and which one it is. */
  firstOnScreen(): Promise<{ readonly text: string; readonly top: number }>
  close(): Promise<void>
}

/** Somebody with a Firefox for as long as the tale lasts, in which nothing may go wrong unseen. */
export const withFirefox = async (name: string, url: string, tell: (person: FirefoxPerson) => Promise<void>): Promise<void> => {
  const person = await createFirefox(name, url)
  try {
    await tell(person)
    expect(person.faults, 'what no page may ever do').toEqual([])
  } finally {
    await person.end()
  }
}

/** `url` is the page's: its host is the only one that may be asked for anything. */
const createFirefox = async (name: string, url: string): Promise<FirefoxPerson> => {
  const executablePath = findFirefox()
  if (executablePath === undefined) throw new Error('there is no Firefox')
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    // WebRTC between two browsers on this one machine.
    extraPrefsFirefox: { 'media.peerconnection.ice.loopback': true, 'media.peerconnection.ice.obfuscate_host_addresses': false },
  })
  const faults: string[] = []
  const { host } = new URL(url)
  let isAway = false
  const newPage = async (): Promise<Page> => {
    const page = await browser.newPage()
    await page.evaluateOnNewDocument(looksThroughShadows)
    page.on('request', (request) => {
      const asked = new URL(request.url())
      if (/^(?:https?|wss?):$/.test(asked.protocol) && asked.host !== host) faults.push(`${name}: asked another host: ${asked.href}`)
    })
    page.on('pageerror', (error) => {
      if (!isAway || !String(error).includes(`ws://${host}`)) faults.push(`${name}: threw ${String(error)}`)
    })
    // Whoever goes before the acknowledgement of their last message is back is asked; unanswered, the question would hold the page for ever.
    page.on('dialog', (dialog) => dialog.type() === 'beforeunload' && void dialog.accept())
    return page
  }

  return {
    ...createTab(name, await newPage()),
    name,
    faults,
    secondTab: async () => {
      const tab = createTab(name, await newPage())
      await tab.visit(url)
      return tab
    },
    nodeIsAway: () => void (isAway = true),
    end: () => browser.close(),
  }
}

const createTab = (name: string, page: Page): FirefoxTab => {
  const find = (tag: string, called: string): Promise<boolean> => page.evaluate(act, tag, called, false)
  const press = (called: string, tag = 'button'): Promise<unknown> =>
    until(`${name} presses ${called}`, () => page.evaluate(act, tag, called, true))
  const focused = (called: string): Promise<unknown> => until(`${name} can type into ${called}`, () => find(':focus', called))
  const fill = (called: string, text: string): Promise<unknown> =>
    until(`${name} fills in ${called}`, () => page.evaluate(fillIn, called, text))
  const shown = async (called: string): Promise<string> => {
    await until(`${name} is shown ${called}`, async () => (await page.evaluate(shownIn, called)) !== '')
    return page.evaluate(shownIn, called)
  }
  const link = async (): Promise<string> => {
    const text = await shown('Invite link')
    await tab.closeSheet()
    return text
  }
  const standBeside = async (): Promise<void> => {
    await press('New conversation')
    await press('Connect side by side')
  }

  const tab: FirefoxTab = {
    visit: async (address) => {
      await page.goto(address)
    },
    getStarted: async () => {
      await focused('Your name')
      await page.keyboard.down('Control')
      await page.keyboard.press('a')
      await page.keyboard.up('Control')
      await page.keyboard.type(name)
      await page.keyboard.press('Enter')
    },
    invite: async () => {
      await press('New conversation')
      await press('Invite someone')
      return link()
    },
    createGroup: async (title) => {
      await press('New conversation')
      await press('New group')
      await fill('Group name', title)
      await press('Create group')
      await press('Invite people')
      return link()
    },
    open: async (title) => {
      await press(title)
      await focused('Message')
    },
    hideAddress: async () => {
      await press('Settings')
      await press('Hide my IP address', '[role="switch"]')
      await tab.closeSheet()
    },
    showCode: async () => {
      await standBeside()
      await press('Show my code')
      return shown('Your code')
    },
    takeCode: async (code) => {
      await fill('Their code', code)
      await press('Continue')
    },
    answerCode: async (code) => {
      await standBeside()
      await tab.takeCode(code)
      const answer = await shown('Your code')
      await tab.closeSheet()
      return answer
    },
    closeSheet: () => page.keyboard.press('Escape'),
    isKept: async () => {
      await until(`the page is kept for ${name}`, () => page.evaluate(() => navigator.serviceWorker.controller !== null))
    },
    say: async (text) => {
      await focused('Message')
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    },
    sees: async (texts) => {
      await untilEqual(
        `what ${name} sees`,
        async () => (await page.evaluate(namesOfArticles)).map((article) => shownFrom(article).text),
        texts,
      )
    },
    lastSeen: async () => shownFrom((await page.evaluate(namesOfArticles)).at(-1) ?? '').text,
    drawn: () => page.evaluate(() => everything().filter((element) => element.matches('article')).length),
    belowScreen: () =>
      page.evaluate(() => {
        const scroller = everything().find((element) => element.matches('.scroller'))
        return scroller ? scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop : Number.NaN
      }),
    scroll: (pixels) =>
      page.evaluate(
        (by) =>
          everything()
            .find((element) => element.matches('.scroller'))
            ?.scrollBy(0, by),
        pixels,
      ),
    firstOnScreen: async () => {
      const { name: article, top } = await page.evaluate(firstArticle)
      return { text: shownFrom(article).text, top }
    },
    close: () => page.close(),
  }
  return tab
}

declare global {
  /** Every element of the page, in order, through shadow roots. */
  var everything: (root?: Document | ShadowRoot) => Element[]
  /** The first that fits the selector and whose accessible name begins so. */
  var calledSo: (selector: string, called: string) => Element | undefined
}

const looksThroughShadows = (): void => {
  globalThis.everything = (root = document) =>
    [...root.querySelectorAll('*')].flatMap((element) => [element, ...(element.shadowRoot ? everything(element.shadowRoot) : [])])
  const nameOf = (element: Element): string => {
    const labels = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels : null
    return (element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent).trim()
  }
  globalThis.calledSo = (selector, called) =>
    everything().find((element) => element.matches(selector) && nameOf(element).startsWith(called))
}

/** In the page: whether there is one whose accessible name begins so; `isPress` presses it. */
const act = (selector: string, called: string, isPress: boolean): boolean => {
  const found = calledSo(selector, called)
  if (isPress && found instanceof HTMLElement) found.click()
  return found !== undefined
}

const fillIn = (called: string, text: string): boolean => {
  const found = calledSo('input', called)
  if (!(found instanceof HTMLInputElement)) return false
  found.value = text
  found.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
  return true
}

const shownIn = (called: string): string => {
  const found = calledSo('input[readonly]', called)
  return found instanceof HTMLInputElement ? found.value : ''
}

const firstArticle = (): { name: string; top: number } => {
  const start =
    everything()
      .find((element) => element.matches('.scroller'))
      ?.getBoundingClientRect().top ?? 0
  const first = everything().find((element) => element.matches('article') && element.getBoundingClientRect().top >= start)
  return { name: first?.getAttribute('aria-label') ?? '', top: (first?.getBoundingClientRect().top ?? 0) - start }
}

const namesOfArticles = (): string[] =>
  everything().flatMap((element) => (element.matches('article') ? [element.getAttribute('aria-label') ?? ''] : []))
