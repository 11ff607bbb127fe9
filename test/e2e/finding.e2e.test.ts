// Finding what was said long ago, after a reload and without any network.
import { expect } from 'vitest'
import { story } from './world/story.ts'
import { until } from './world/until.ts'

story('Alice finds a message of months ago by half a word, also when nobody is online, and goes there', async (world) => {
  const [alice, bob] = await world.pair('Alice', 'Bob')
  await bob.say('The spare key hangs behind the **blue** door')
  for (let i = 0; i < 40; i += 1) await alice.say(`And then ${i}`)
  await bob.sees(['The spare key hangs behind the **blue** door', ...Array.from({ length: 40 }, (_, i) => `And then ${i}`)], 30_000)
  await alice.createGroup('Choir')
  await world.node.kill()
  await bob.leave()
  const page = alice.page()
  await page.reload()
  const search = page.getByRole('searchbox', { name: 'Search', exact: true })
  await search.fill('spa blu')
  const hit = page.getByRole('button', { name: /spare key hangs/ })
  await hit.waitFor()
  expect(await hit.locator('mark').allInnerTexts()).toEqual(['spare', 'blue'])
  await hit.click()
  const article = alice.article('The spare key hangs')
  await article.waitFor()
  await until('one is there', () => article.evaluate((element) => element.matches(':focus')))
  await search.fill('and then 3')
  await until(
    'all that begin so are found',
    async () => (await page.getByRole('list', { name: 'Messages', exact: true }).getByRole('listitem').count()) === 11,
  )
  await page.keyboard.press('Control+k')
  await page.keyboard.type('cho')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Choir', exact: true }).waitFor()
})
