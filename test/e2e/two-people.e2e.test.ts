// Story 2: open the page, type a name, have a link and a QR code; a second profile opens it, sees who invites, joins, and they talk.
import { expect } from 'vitest'
import { story } from './world/story.ts'
import { until, untilEqual } from './world/until.ts'
import type { Person } from './world/world.ts'
import { setClockWrong } from './world/wrong-clock.ts'

/** Milliseconds by which Bob's clock is behind. */
const behindMs = 600_000

story('Alice invites Bob with a short link and a QR code, Bob sees who invites him, and both talk', async (world) => {
  const alice = await world.person('Alice')
  await alice.visit(world.url)
  const page = alice.page()
  await page.getByRole('textbox', { name: 'Your name', exact: true }).waitFor()
  // Who has only looked so far is connected with nothing.
  const hasNetwork = (person: Person) => (): Promise<boolean> =>
    person.page().evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('network-libp2p')))
  expect(await hasNetwork(alice)()).toBe(false)
  await alice.getStarted()
  await until('the network comes', hasNetwork(alice))
  await page.getByRole('button', { name: 'New conversation', exact: true }).first().click()
  await page.getByRole('button', { name: 'Invite someone', exact: true }).click()
  const field = page.getByRole('textbox', { name: 'Invite link', exact: true })
  const link = await field.inputValue()
  expect(link.length).toBeLessThanOrEqual(140)
  expect(link.startsWith(`${world.url}#/j/`)).toBe(true)
  const code = await page.getByRole('img', { name: 'Invite QR code', exact: true }).boundingBox()
  expect(Math.min(code?.width ?? 0, code?.height ?? 0)).toBeGreaterThan(120)
  await page.getByText('Nobody has joined yet').waitFor()

  const bob = await world.person('Bob')
  await setClockWrong(bob.page(), -behindMs)
  await bob.visit(link)
  await bob.page().getByRole('heading', { name: 'Alice invites you to talk' }).waitFor()
  expect(bob.page().url()).toBe(world.url)
  await bob.page().getByRole('textbox', { name: 'Your name', exact: true }).waitFor()
  expect(await hasNetwork(bob)()).toBe(false)
  await bob.page().getByRole('textbox', { name: 'Your name', exact: true }).fill('Bob')
  await bob.page().getByRole('button', { name: 'Join', exact: true }).click()
  // One can write at once, before anybody was reached.
  await bob.say('Hello Alice, this is Bob')

  await page.getByText('1 person has joined').waitFor()
  await page.getByRole('button', { name: 'Open conversation', exact: true }).click()
  await alice.sees(['Hello Alice, this is Bob'])
  await alice.say('Hello Bob')
  await bob.sees(['Hello Alice, this is Bob', 'Hello Bob'])
  await alice.seesState('Hello Bob', 'Read')
  await bob.seesState('Hello Alice, this is Bob', 'Read')
  expect(await alice.messages()).toEqual([
    { author: 'Bob', text: 'Hello Alice, this is Bob' },
    { author: 'You', text: 'Hello Bob', state: 'Read' },
  ])
  await alice.connection(/Direct/)
  await bob.connection(/Direct/)

  // His clock is ten minutes behind hers, and each says what they say after what the other said.
  const said = ['Hello Alice, this is Bob', 'Hello Bob']
  for (const [speaker, listener] of [
    [bob, alice],
    [alice, bob],
    [bob, alice],
  ] as const) {
    said.push(`${said.length} said before`)
    await speaker.say(said.at(-1) ?? '')
    for (const person of [listener, speaker]) await person.sees(said)
  }
  const [worker] = bob.page().workers()
  expect(Date.now() - ((await worker?.evaluate(() => Date.now())) ?? Date.now())).toBeGreaterThan(behindMs / 2)

  // The secret is gone from the address and from the history.
  await bob
    .page()
    .goBack()
    .catch(() => undefined)
  expect(bob.page().url()).not.toContain('#/j/')
  await bob
    .page()
    .goForward()
    .catch(() => undefined)
  expect(bob.page().url()).not.toContain('#/j/')
})

story(
  'A message waits, is delivered, and is read when Bob has looked at it; bold is bold, and nothing that is typed can run',
  async (world) => {
    const [alice, bob] = await world.pair('Alice', 'Bob')
    await alice.say('one')
    await alice.seesState('one', 'Read')

    // Bob is there but looks at his settings' neighbour: another conversation.
    await bob.createGroup('Bird watchers')
    await alice.say('two')
    await alice.seesState('two', 'Delivered')
    expect((await alice.messages()).find(({ text }) => text === 'two')?.state).toBe('Delivered')
    await until('Bob is told of one unread message', async () => (await bob.page().title()).startsWith('(1)'))

    await bob.leave()
    await alice.say('three')
    await alice.seesState('three', 'Waiting')
    await bob.comeBack()
    await alice.seesState('three', 'Delivered')
    await bob.open('Alice')
    await bob.sees(['one', 'two', 'three'])
    await alice.seesState('three', 'Read')
    await alice.seesState('two', 'Read')

    const hostile = [
      '<img src=x onerror=alert(1)>',
      '<script>alert(2)</script>',
      '[click me](javascript:alert(3))',
      '[and me](data:text/html,<script>alert(4)</script>)',
      '<a href="javascript:alert(5)">here</a>',
      '![picture](https://elsewhere.example/pixel.png)',
    ]
    for (const { browser } of [alice, bob])
      browser
        .page()
        .on('dialog', (dialog) => dialog.type() !== 'beforeunload' && void dialog.dismiss().then(() => console.error('something ran')))

    await alice.say('This is **bold** and this is https://example.org/path for you')
    const article = bob.article('This is **bold**')
    await article.waitFor()
    expect(await article.getByRole('strong').innerText()).toBe('bold')
    const anchor = article.getByRole('link', { name: 'https://example.org/path' })
    expect(await anchor.getAttribute('href')).toBe('https://example.org/path')
    expect(await anchor.getAttribute('rel')).toContain('noopener')
    expect(await anchor.getAttribute('target')).toBe('_blank')

    for (const text of hostile) await alice.say(text)
    await untilEqual('hostile texts', async () => (await bob.messages()).slice(4).map(({ text }) => text), hostile)
    for (const tab of [alice, bob]) {
      const log = tab.page().getByRole('log', { name: 'Messages', exact: true })
      expect(await log.getByRole('link').count(), 'only the honest link is one').toBe(1)
      expect(await log.getByRole('img').count(), 'no picture came of it').toBe(0)
      // As typed, for everybody to read.
      await until('the texts stand there as typed', async () => {
        const words = await log.innerText()
        return ['<img src=x onerror=alert(1)>', '<script>alert(2)</script>', '[click me](javascript:alert(3))'].every((text) =>
          words.includes(text),
        )
      })
    }
  },
)
