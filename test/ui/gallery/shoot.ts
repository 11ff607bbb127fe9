// Makes the pictures: each screen on a phone and on a desktop, light and dark, on 320 pixels and in forced colours, in English and in Arabic.
import { mkdirSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../../scripts/lib/chromium.mjs'
import { shots, type Shot } from './shots.ts'

const viewports = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
  narrow: { width: 320, height: 640 },
} as const
type Form = keyof typeof viewports
type Theme = 'light' | 'dark' | 'forced'
/** How a screen is looked at; what there is by default comes first. */
const views: readonly (readonly [Form, Theme])[] = [
  ['phone', 'light'],
  ['desktop', 'light'],
  ['phone', 'dark'],
  ['desktop', 'dark'],
  ['narrow', 'light'],
  ['desktop', 'forced'],
]
const stepMs = 20_000

export interface Shooting {
  readonly made: number
  /** Of which a step could not be done: the picture shows how far it came. */
  readonly failed: number
}

/** `only` is a part of the names of the files, as `group-phone-dark-ar`. */
export const shoot = async (address: string, folder: string, only: string, all: boolean): Promise<Shooting> => {
  mkdirSync(folder, { recursive: true })
  const browser = await chromium.launch({ executablePath: findChromium() ?? 'chromium', args: chromiumArgs })
  const counted = { made: 0, failed: 0 }
  try {
    for (const [form, theme] of views) {
      const context = await contextFor(browser, theme, form)
      for (const [name, shot] of Object.entries(shots).filter(([, { main }]) => all || main))
        for (const lang of shot.lang === undefined ? ['en', 'ar'] : [shot.lang]) {
          const file = `${name}-${form}-${theme}-${lang}`
          if (!file.includes(only)) continue
          counted.made += 1
          if (!(await picture(context, address, shot, lang, `${folder}/${file}.png`))) counted.failed += 1
        }
      await context.close()
    }
  } finally {
    await browser.close()
  }
  return counted
}

/** In the page: whether the sheet that was asked for lies over it, if one was. */
const isSheetThere = (): boolean => {
  const app = document.querySelector<Element & { readonly sheet?: unknown }>('parley-app')
  const sheet = app?.shadowRoot?.querySelector('parley-sheets')?.shadowRoot?.firstElementChild
  return app?.sheet === undefined || sheet?.shadowRoot?.querySelector('dialog')?.open === true
}

const contextFor = (browser: Browser, theme: Theme, form: Form): Promise<BrowserContext> =>
  browser.newContext({
    viewport: viewports[form],
    ...(theme === 'forced' ? { colorScheme: 'dark', forcedColors: 'active' } : { colorScheme: theme }),
    reducedMotion: 'reduce',
    hasTouch: form !== 'desktop',
    isMobile: form !== 'desktop',
  })

const picture = async (context: BrowserContext, address: string, shot: Shot, lang: string, path: string): Promise<boolean> => {
  const page = await context.newPage()
  page.setDefaultTimeout(stepMs)
  page.on('pageerror', (error) => console.error(path, error.message))
  page.on('console', (message) => message.type() === 'error' && console.error(path, message.text()))
  const isDone = await steps().then(
    () => true,
    (error: unknown) => {
      console.error(path, String(error).split('\n')[0])
      return false
    },
  )
  // What has just come may still be drawn.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))))
  await page.screenshot({ path })
  await page.close()
  return isDone

  async function steps(): Promise<void> {
    await page.goto(`${address}test/ui/playground/index.html?scene=${shot.scene}&lang=${lang}${shot.hash ?? ''}`)
    await page.locator('parley-conversation-list, parley-welcome, .rest').first().waitFor()
    for (const step of shot.steps ?? []) await step(page, lang)
    // Parts of the page come when they are wanted.
    await page.waitForLoadState('networkidle')
    await page.waitForFunction(isSheetThere)
  }
}
