// The sources at the address of the real page, in a browser that has used it: they see its database, and can fill it as months of use would.
import type { Page } from 'playwright-core'
import type { Person, Site } from './people.ts'
import { serveSources } from './source-page.ts'

/** They take the node's place for as long as they are used; `program` is what they load, from the top of the tree. */
export const onSourcesOf = async <T>(
  { url, node }: Site,
  { page }: Person,
  program: string,
  use: (page: Page) => Promise<T>,
): Promise<T> => {
  // Nothing there asks for the service worker again, which would give the page that it keeps.
  await page.goto(new URL('healthz', url).href)
  await page.evaluate(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister()
  })
  await page.goto('about:blank')
  await node.kill()
  const sources = await serveSources([program], node.port)
  try {
    await page.goto(url)
    return await use(page)
  } finally {
    await page.goto('about:blank')
    await sources.close()
    await node.revive()
  }
}
