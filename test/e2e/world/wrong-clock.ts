// Somebody's clock is wrong, in the page and in its workers alike.
import type { Page } from 'playwright-core'

/** From the first visit of the page on its clock is ahead by so many milliseconds, or behind. */
export const setClockWrong = async (page: Page, byMs: number): Promise<void> => {
  const shift = `{ const { now } = Date; Date.now = () => now() + ${byMs} }\n`
  await page.addInitScript(shift)
  await page.route(/\.worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: shift + (await response.text()) })
  })
}
