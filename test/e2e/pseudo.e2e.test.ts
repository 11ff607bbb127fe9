// Story 33: the page in the language that nobody speaks, a third longer than English, in the smallest window: every word is said in it, and none is
// cut off.
import { pseudoOf } from '../../src/ui/locales/pseudo.ts'
import { act, press, sheet } from './world/sheets.ts'
import { wordsAtFault } from './world/pseudo.ts'
import { story } from './world/story.ts'
import { untilEqual } from './world/until.ts'

/** What Alice has typed, and what the browser says of days and times. */
const known = ['Alice', 'Choir', 'Good', 'morning', 'evening', 'Today', 'Yesterday', 'AM', 'PM']

story('Alice reads the page in the pseudo-language on 320 pixels, and goes back to her own in the settings', async (world) => {
  const alice = await world.person('Alice')
  const page = alice.page()
  await alice.visit(world.url)
  await alice.getStarted()
  await alice.createGroup('Choir')
  await alice.say('Good morning')
  await alice.sees(['Good morning'])
  await act(alice, 'Good morning', 'Reply')
  await alice.say('Good evening')
  await page.setViewportSize({ width: 320, height: 640 })
  // As translators do: the settings name it only while it is on.
  await page.evaluate(() => localStorage.setItem('parley.screen.language', 'en-xa'))
  await page.reload()

  const button = (name: string) => page.getByRole('button', { name: pseudoOf(name), exact: true })
  const isWhole = (screen: string): Promise<number> => untilEqual(`the words of ${screen}`, () => wordsAtFault(page, known), [])
  const article = page.getByRole('article').filter({ hasText: 'Good evening' })
  await article.waitFor()
  await isWhole('a conversation')
  await article.focus()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: pseudoOf('Reply'), exact: true }).waitFor()
  await isWhole('what one does with a message')
  await page.keyboard.press('Escape')
  await button('Conversation details').click()
  await sheet(alice).getByRole('heading', { name: 'Choir' }).waitFor()
  await isWhole('the details')
  await alice.closeSheet()
  await button('Back to conversations').click()
  await button('New conversation').first().click()
  await sheet(alice).waitFor()
  await isWhole('the ways to begin')
  await alice.closeSheet()
  await isWhole('the list')
  await button('Settings').click()
  await sheet(alice).waitFor()
  await isWhole('the settings')
  for (const name of ['Notifications', 'Privacy', 'Storage', 'Looks and language']) {
    await press(alice, pseudoOf(name))
    await sheet(alice)
      .getByRole('heading', { name: pseudoOf(name), exact: true })
      .waitFor()
    await isWhole(name)
    if (name !== 'Looks and language') await press(alice, pseudoOf('Back'))
  }
  const language = sheet(alice).getByRole('combobox', { name: pseudoOf('Language'), exact: true })
  await untilEqual('the language', () => language.inputValue(), 'en-xa')
  const loaded = page.waitForEvent('load')
  await language.selectOption('')
  await loaded
  await page.getByRole('button', { name: 'Settings', exact: true }).waitFor()
})
