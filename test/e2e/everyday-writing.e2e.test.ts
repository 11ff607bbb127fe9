// Story 28: all that goes into the field where one writes, by every way that leads there, and what the other one reads then.
import { expect } from 'vitest'
import { act, attach, composer, entry, press, sheet } from './world/sheets.ts'
import { story } from './world/story.ts'
import { until, untilEqual } from './world/until.ts'
import type { Tab } from './world/tab.ts'

/** Types what something is offered for, and takes it with a key. */
const take = async (person: Tab, typed: string, offered: RegExp, key = 'Enter'): Promise<void> => {
  await composer(person).pressSequentially(typed)
  await person.page().getByRole('listbox', { name: 'Suggestions', exact: true }).getByRole('option', { name: offered }).waitFor()
  await composer(person).press(key)
  await person.page().getByRole('listbox', { name: 'Suggestions', exact: true }).waitFor({ state: 'detached' })
}
const typed = (person: Tab): Promise<string> => composer(person).inputValue()

const marked = [
  '**loud** *soft* ~~wrong~~ `a = 440` ||she dies||',
  '',
  '> said Bob',
  '',
  '- tenor',
  '- bass',
  '',
  '```js',
  'const pitch = 440',
  '```',
].join('\n')

story('What Alice writes with marks, by names, from templates and by commands is what Bob reads', async (world) => {
  const {
    people: [alice, bob],
  } = await world.group('Choir', 'Alice', 'Bob')
  const page = alice.page()

  // A key puts marks around what is selected; what is pasted comes without its looks.
  await composer(alice).fill('loud')
  await composer(alice).press('Control+a')
  await composer(alice).press('Control+b')
  expect(await typed(alice)).toBe('**loud**')
  await page.evaluate(() =>
    navigator.clipboard.write([
      new ClipboardItem({
        'text/html': new Blob(['<h1>in <em>large</em></h1>'], { type: 'text/html' }),
        'text/plain': new Blob(['in large'], { type: 'text/plain' }),
      }),
    ]),
  )
  await composer(alice).fill('')
  await composer(alice).press('Control+v')
  await untilEqual('what was pasted', () => typed(alice), 'in large')

  // The field grows with what is in it, up to a part of the window.
  const height = async (): Promise<number> => (await composer(alice).boundingBox())?.height ?? 0
  const low = await height()
  await composer(alice).fill(Array.from({ length: 60 }, (_, i) => `line ${i}`).join('\n'))
  await until('it has grown', async () => (await height()) > 2 * low)
  expect(await height()).toBeLessThanOrEqual((page.viewportSize()?.height ?? 0) * 0.4 + 1)

  await alice.say(marked)
  const article = bob.article('**loud**')
  await article.getByRole('strong').getByText('loud', { exact: true }).waitFor()
  await article.getByRole('emphasis').getByText('soft', { exact: true }).waitFor()
  expect(await article.getByText('wrong', { exact: true }).evaluate((element) => getComputedStyle(element).textDecorationLine)).toBe(
    'line-through',
  )
  await article.getByRole('code').getByText('a = 440', { exact: true }).waitFor()
  await article.getByRole('blockquote').getByText('said Bob', { exact: true }).waitFor()
  expect(await article.getByRole('listitem').allInnerTexts()).toEqual(['tenor', 'bass'])
  const number = article.getByRole('code').getByText('440', { exact: true })
  const colour = (element: Element): string => getComputedStyle(element).color
  await number.waitFor()
  expect(await number.evaluate(colour)).not.toBe(await article.getByRole('code').last().evaluate(colour))
  // Covered until one wants to read it, for the ear as for the eye.
  const cover = article.getByRole('button', { name: 'Covered words: show them', exact: true })
  expect(await article.getAttribute('aria-label')).not.toContain('she dies')
  expect(await article.innerText()).not.toContain('she dies')
  await cover.click()
  await cover.waitFor({ state: 'detached' })
  expect(await article.innerText()).toContain('she dies')

  // A picture by its name, a person by theirs, everybody at once.
  await take(alice, 'Hello :waving', /waving hand/i)
  await take(alice, '@Bo', /Bob/, 'Tab')
  expect(await typed(alice)).toBe('Hello 👋 @Bob ')
  await composer(alice).press('Enter')
  await bob
    .page()
    .getByRole('article', { name: /Hello 👋 @Bob.*calls you/ })
    .waitFor()
  await take(alice, '@ro', /everybody here is told/)
  await composer(alice).pressSequentially('all of you')
  await composer(alice).press('Enter')
  await bob
    .page()
    .getByRole('article', { name: /@room all of you.*calls you/ })
    .waitFor()

  // Commands, and texts that one uses again and again.
  await take(alice, '/shr', /\/shrug/)
  await composer(alice).press('Enter')
  await bob.page().getByRole('article').getByText('¯\\_(ツ)_/¯', { exact: true }).waitFor()
  await alice.say('/me hums')
  await bob.page().getByRole('article').getByRole('emphasis').getByText('Alice hums', { exact: true }).waitFor()
  await take(alice, '/po', /\/poll/)
  await sheet(alice).getByRole('heading', { name: 'New poll', exact: true }).waitFor()
  await alice.closeSheet()
  await attach(alice, 'Templates')
  await sheet(alice).getByRole('textbox', { name: 'New template', exact: true }).fill('I am on my way')
  await press(alice, 'Keep this text')
  await sheet(alice)
    .getByRole('list', { name: 'Templates', exact: true })
    .getByRole('button', { name: 'I am on my way', exact: true })
    .waitFor()
  await alice.closeSheet()
  await take(alice, '/way', /I am on my way/)
  await composer(alice).press('Enter')
  await bob.article('I am on my way').waitFor()

  // An input method that takes Enter for itself sends nothing by it.
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 })
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 })
  await session.send('Input.insertText', { text: '日本' })
  await untilEqual('what was composed', () => typed(alice), '日本')
  await composer(alice).press('Enter')
  await bob.article('日本').waitFor()

  // What is to go out later goes out at once when she wants it to.
  await composer(alice).fill('Good night')
  await page.getByRole('button', { name: 'Send later', exact: true }).click()
  await press(alice, /^In an hour/)
  await page.getByRole('article', { name: /Good night.*Goes out: / }).waitFor()
  expect(await bob.article('Good night').count()).toBe(0)
  await act(alice, 'Good night', 'Send now')
  await bob.article('Good night').waitFor()

  // Where she is, and the way to ask her to talk.
  await page.context().grantPermissions(['geolocation', 'clipboard-read', 'clipboard-write'])
  await page.context().setGeolocation({ latitude: 48.8584, longitude: 2.2945, accuracy: 20 })
  await attach(alice, 'Location')
  await press(alice, 'Find where I am')
  await sheet(alice).getByRole('status').getByText('48.858', { exact: false }).waitFor()
  await press(alice, 'Send this location')
  await bob.article('Location: 📍 48.858').getByRole('button', { name: 'Copy the coordinates', exact: true }).waitFor()
  await attach(alice, 'My contact card')
  await press(alice, 'Send my card')
  await bob.page().getByRole('button', { name: 'Ask Alice to talk', exact: true }).click()
  await sheet(bob).getByRole('heading', { name: 'Join with a link', exact: true }).waitFor()
  await bob.closeSheet()

  // What she has not sent waits for her with what it answers, also over a reload; all else is there again, too.
  await act(alice, '日本', 'Reply')
  await composer(alice).fill('Half a sent')
  await alice.createGroup('Elsewhere')
  await entry(alice, 'Choir').getByText('Draft: Half a sent').waitFor()
  await page.reload()
  await alice.open('Choir')
  await untilEqual('the draft', () => typed(alice), 'Half a sent')
  await page.getByText('Replying to Alice', { exact: true }).waitFor()
  const texts = (await bob.messages()).map(({ text }) => text)
  await alice.sees(texts)
  await bob.page().reload()
  await bob.sees(texts)
})
