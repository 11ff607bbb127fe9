// Story 29: reading what was said while one was elsewhere, and all that one does with a message then.
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { act, choose, composer, details, entry, press, sheet } from './world/sheets.ts'
import { movedOn, watchMotion } from './world/motion.ts'
import { story } from './world/story.ts'
import { until, untilEqual } from './world/until.ts'
import type { Tab } from './world/tab.ts'

/** Higher than any window. */
const tall = Array.from({ length: 60 }, (_, i) => `verse ${i}`).join('\n')
const topOf = async (place: Locator): Promise<number> => (await place.boundingBox())?.y ?? Number.NaN
const hasFocus = (place: Locator): Promise<boolean> => place.evaluate((element) => element.matches(':focus'))
// Runs in the page: what is read out to those who listen, text by text.
const listen = (): void => {
  const said: string[] = []
  Object.assign(globalThis, { said })
  const announcer = document.querySelector('parley-app')?.shadowRoot?.querySelector('parley-announcer')?.shadowRoot
  const region = announcer?.querySelector('[aria-live="polite"]')
  if (!region) throw new Error('nothing is read out')
  const heard = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element) said.push(node.textContent)
  })
  heard.observe(region, { childList: true })
}
const said = (person: Tab, text: string): Promise<number> =>
  person.page().evaluate((one) => (globalThis as unknown as { said: string[] }).said.filter((other) => other === one).length, text)
const reaction = (person: Tab, text: string, emoji: string): Locator =>
  person.article(text).getByRole('button', { name: new RegExp(`^${emoji}`, 'u') })

story('Bob finds where he stopped reading; he and Alice answer, react, correct, take back, pass on and find again', async (world) => {
  const [alice, bob] = await world.people('Alice', 'Bob')
  // Bob has asked his device for less motion.
  for (const person of [alice, bob]) await watchMotion(person.page())
  await bob.page().emulateMedia({ reducedMotion: 'reduce' })
  await alice.visit(world.url)
  await alice.getStarted()
  await alice.createGroup('Choir')
  await bob.join(await alice.inviteToGroup())
  const log = bob.page().getByRole('log', { name: 'Messages', exact: true })
  await bob.createGroup('Elsewhere')
  await alice.say('The first')
  await alice.say(tall)
  await alice.say('The last')
  await entry(bob, 'Choir').getByText('3 unread', { exact: true }).waitFor()
  await until('the title counts them', async () => (await bob.page().title()).startsWith('(3)'))

  // It opens where he has not read yet, and stays there while something comes below.
  await bob.open('Choir')
  await log.getByText('New', { exact: true }).waitFor()
  await log.getByText('Today', { exact: true }).first().waitFor()
  const first = bob.article('The first')
  const before = await topOf(first)
  expect(before).toBeGreaterThan(0)
  await bob.page().evaluate(listen)
  await alice.say('@Bob come down')
  const down = bob.page().getByRole('button', { name: '1 new message below, calls you', exact: true })
  await down.waitFor()
  expect(Math.abs((await topOf(first)) - before)).toBeLessThanOrEqual(2)
  await down.click()
  await alice.seesState('@Bob come down', 'Read')
  expect(await said(bob, 'Alice: @Bob come down')).toBe(1)
  // Who wrote it stands over the first of what one person says in a row; the exact time is told on hover.
  expect(await log.getByText('Alice', { exact: true }).count()).toBe(1)
  expect(await bob.article('The last').getByRole('time').getAttribute('title')).toMatch(/\d{4}.*\d:\d\d/)

  // A quote leads to what it is about, and there is a way back.
  await act(bob, 'The first', 'Reply')
  await bob.say('I like the first')
  await alice
    .article('I like the first')
    .getByRole('button', { name: /^In reply to Alice/ })
    .click()
  await until('Alice is at the first', () => hasFocus(alice.article('The first')))
  await alice.page().getByRole('button', { name: 'To the newest message', exact: true }).click()
  await until('Alice is back', () => hasFocus(alice.article('I like the first')))

  // By hover, by a click with the right button, by keyboard: the same.
  await alice.article('I like the first').hover()
  await alice.article('I like the first').getByRole('button', { name: 'React', exact: true }).click()
  await choose(alice, 'React with 👍')
  await reaction(bob, 'I like the first', '👍').click()
  await alice.article('I like the first').click({ button: 'right' })
  await choose(alice, 'React')
  await choose(alice, 'More reactions')
  await sheet(alice).getByRole('radio', { name: 'Dark', exact: true }).check({ force: true })
  await sheet(alice).getByRole('searchbox', { name: 'Find an emoji', exact: true }).fill('raised hand')
  await press(alice, 'raised hand')
  await reaction(bob, 'I like the first', '✋🏿').waitFor()
  await act(bob, 'I like the first', 'Message details')
  const who = sheet(bob).getByRole('list', { name: 'Reactions', exact: true }).getByRole('listitem')
  await untilEqual('who reacted', async () => (await who.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ')), [
    '👍 Alice and Bob',
    '✋🏿 Alice',
  ])
  await sheet(bob).getByText('Seen (1 of 1)', { exact: true }).waitFor()
  await bob.closeSheet()
  await reaction(bob, 'I like the first', '👍').click()
  await reaction(alice, 'I like the first', '👍').getByText('1', { exact: true }).waitFor()

  // Second thoughts: Up brings the last one back, Esc leaves it as it was.
  await composer(bob).press('ArrowUp')
  await untilEqual('what is edited', () => composer(bob).inputValue(), 'I like the first')
  await composer(bob).press('Escape')
  await untilEqual('what is left', () => composer(bob).inputValue(), '')
  await composer(bob).press('ArrowUp')
  await untilEqual('what is edited', () => composer(bob).inputValue(), 'I like the first')
  await bob.say('I love the first')
  await alice.article('I love the first').getByText('edited', { exact: true }).waitFor()
  await act(alice, 'I love the first', 'Message details')
  await sheet(alice)
    .getByRole('list', { name: 'What it said before', exact: true })
    .getByText('I like the first', { exact: true })
    .waitFor()
  await alice.closeSheet()

  // Taken back, which says what it can and what it cannot do.
  const gone = 'Deleted. People who saw it may have kept a copy.'
  await act(alice, 'The last', 'Delete')
  await sheet(alice).getByText('Everyone is asked to delete it. People who saw it may have kept a copy.', { exact: true }).waitFor()
  await press(alice, 'Delete')
  await bob.article(gone).waitFor()
  expect(await bob.article('The last').count()).toBe(0)

  // Several at once: copied, passed on, taken back.
  await bob.say('one')
  await bob.say('two')
  const select = async (): Promise<void> => {
    await act(bob, 'one', 'Select')
    await bob.article('two').click()
    await bob.page().getByRole('status').filter({ hasText: '2 selected' }).waitFor()
  }
  const bar = bob.page().getByRole('toolbar', { name: 'Actions for the selected messages', exact: true })
  await select()
  await bar.getByRole('button', { name: 'Copy', exact: true }).click()
  await untilEqual('what was copied', () => bob.page().evaluate(() => navigator.clipboard.readText()), 'You: one\nYou: two')
  await select()
  await bar.getByRole('button', { name: 'Forward', exact: true }).click()
  await sheet(bob).getByRole('combobox', { name: 'Forward to', exact: true }).fill('else')
  await bob.page().keyboard.press('Enter')
  await bob.page().getByRole('heading', { name: 'Elsewhere', exact: true }).waitFor()
  await bob.sees(['one', 'two'])
  await bob.open('Choir')
  await select()
  await bar.getByRole('button', { name: 'Delete', exact: true }).click()
  await sheet(bob).getByRole('heading', { name: 'Delete 2 messages?', exact: true }).waitFor()
  await press(bob, 'Delete')
  const left = ['The first', tall, gone, '@Bob come down', 'I love the first', gone, gone]
  for (const person of [alice, bob]) await person.sees(left)
  await entry(alice, 'Choir').getByText(gone, { exact: false }).waitFor()

  // Found by words, by who said it and where; a day is gone to.
  const found = bob.page().getByRole('list', { name: 'Messages', exact: true }).getByRole('listitem')
  const search = bob.page().getByRole('searchbox', { name: 'Search', exact: true })
  await search.fill('the first')
  await untilEqual('found', () => found.count(), 2)
  await search.fill('the first from:alice in:choir')
  await untilEqual('found of Alice', () => found.count(), 1)
  await search.fill('two')
  await untilEqual('found where it was not taken back', () => found.count(), 1)
  await search.fill('the first')
  await bob.page().getByRole('combobox', { name: 'From whom', exact: true }).selectOption('You')
  await untilEqual('found of Bob', () => found.allInnerTexts().then((texts) => texts.map((text) => /I love the first/.test(text))), [true])
  await bob.page().getByRole('combobox', { name: 'From whom', exact: true }).selectOption('Anyone')
  await untilEqual('found of anyone', () => found.count(), 2)
  await found.filter({ hasText: 'Alice' }).getByRole('button').click()
  await until('Bob is at the first', () => hasFocus(first))
  await search.fill('')
  await composer(bob).focus()
  await details(bob)
  await press(bob, 'Go to a day')
  const today = await bob.page().evaluate(() => new Date().toLocaleDateString('sv'))
  await sheet(bob).getByLabel('Day', { exact: true }).fill(today)
  await press(bob, 'Go there')
  await until('Bob is at the beginning of the day', () => hasFocus(first))

  expect(await movedOn(bob.page())).toEqual([])
  expect(await movedOn(alice.page())).not.toEqual([])
  for (const person of [alice, bob]) await person.page().reload()
  for (const person of [alice, bob]) {
    await person.sees(left)
    await reaction(person, 'I love the first', '✋🏿').waitFor()
  }
})
