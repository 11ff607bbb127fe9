// Being told of what is new while one looks elsewhere: messages, what others are up to, and a newer version of the page.
import { expect } from 'vitest'
import { arrange, choose, composer, entry, press, settings, sheet } from './world/sheets.ts'
import { story } from './world/story.ts'
import { staysEqual, until, untilEqual } from './world/until.ts'

story('Bob is told of a message while he looks elsewhere, and lands on it; a muted conversation is silent', async (world) => {
  const [alice, bob] = await world.pair('Alice', 'Bob')
  const page = bob.page()
  await page.context().grantPermissions(['notifications'])
  // What the browser would show, and whether Bob looks at the page, are in the story's hands.
  await page.addInitScript(() => {
    const told: NotificationOptions[] = []
    Object.assign(globalThis, { told })
    ServiceWorkerRegistration.prototype.showNotification = async (title, options) =>
      void told.push({ ...options, body: `${title}: ${options?.body}` })
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' })
    localStorage.setItem('parley.screen.notify', 'yes')
  })
  await bob.isKept()
  await page.reload()
  await page
    .getByRole('button', { name: 'Back to conversations', exact: true })
    .or(page.getByRole('heading', { name: 'Alice', exact: true }))
    .first()
    .waitFor()
  await bob.createGroup('Elsewhere')
  const look = (where: DocumentVisibilityState): Promise<void> =>
    page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
      document.dispatchEvent(new Event('visibilitychange'))
    }, where)
  await look('hidden')
  const told = () => page.evaluate(() => (globalThis as unknown as { told: NotificationOptions[] }).told.map(({ body }) => body))
  await alice.say('Are you **there**?')
  await untilEqual('what Bob is told', told, ['Alice: Are you there?'])
  await until(
    'the icon of the tab says so',
    async () => (await page.locator('link[rel="icon"]').getAttribute('href'))?.includes('unread') === true,
  )

  // A click on it comes back as a message of the service worker.
  const conversation = await page.evaluate(() => (globalThis as unknown as { told: NotificationOptions[] }).told[0]?.tag)
  await page.evaluate((id) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'visible' })
    navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: { kind: 'notification-chosen', conversation: id } }))
  }, conversation)
  await page.getByRole('heading', { name: 'Alice', exact: true }).waitFor()
  await alice.seesState('Are you **there**?', 'Read')

  await arrange(bob, 'Alice', 'Mute')
  await choose(bob, 'Until I say so')
  await bob.open('Elsewhere')
  await look('hidden')
  await alice.say('Psst')
  await until('the message is here', async () => (await entry(bob, 'Alice').innerText()).includes('Psst'))
  expect(await told()).toHaveLength(1)
  expect(await page.title()).toBe('Parley')

  // A word that he listens for is told of all the same, here without saying what; for an hour nothing is.
  await look('visible')
  await settings(bob, 'Notifications')
  await sheet(bob).getByRole('switch', { name: 'Hide who and what', exact: true }).check()
  await sheet(bob).getByRole('textbox', { name: 'Words to listen for', exact: true }).fill('solo')
  await bob.closeSheet()
  await look('hidden')
  await alice.say('A solo for you')
  await untilEqual('what Bob is told', async () => (await told()).slice(1), ['Parley: 2 new messages'])
  await look('visible')
  await settings(bob, 'Notifications')
  await press(bob, 'Quiet for 1 hour')
  await sheet(bob).getByText('Quiet until ', { exact: false }).waitFor()
  await bob.closeSheet()
  const isTold = async (text: string, often: number): Promise<void> => {
    await look('hidden')
    await alice.say(text)
    await until('the message is here', async () => (await entry(bob, 'Alice').innerText()).includes(text))
    await untilEqual('how often Bob was told', async () => (await told()).length, often)
    await look('visible')
  }
  await isTold('One more solo', 2)

  // Every day from one time to another: an hour before and after this moment, and then hours of which it is none.
  const hoursFromNow = (hours: number): Promise<string> =>
    page.evaluate((ms) => new Date(Date.now() + ms).toTimeString().slice(0, 5), hours * 3_600_000)
  const between = async (from: number, until: number): Promise<void> => {
    await sheet(bob)
      .getByLabel('From', { exact: true })
      .fill(await hoursFromNow(from))
    await sheet(bob)
      .getByLabel('Until', { exact: true })
      .fill(await hoursFromNow(until))
    await bob.closeSheet()
  }
  await settings(bob, 'Notifications')
  await press(bob, 'End it now')
  await sheet(bob).getByRole('switch', { name: 'Quiet hours', exact: true }).check()
  await between(-1, 1)
  await isTold('A solo by night', 2)
  await settings(bob, 'Notifications')
  await between(1, 2)
  await isTold('A solo by day', 3)
})

story('What Bob is up to, whether he is here, reads and types is told as long as he wants it, and so is what others do', async (world) => {
  const [alice, bob] = await world.pair('Alice', 'Bob')
  const typing = bob.page().getByText('Alice is typing', { exact: true })
  const status = alice.page().getByRole('button', { name: 'Bob' }).getByTitle('On holiday').first()
  const face = entry(alice, 'Bob').getByRole('presentation')
  const presence = async (): Promise<string | undefined> => (await alice.people()).find(({ name }) => name.startsWith('Bob'))?.presence
  await settings(bob, 'Your status')
  await press(bob, /On holiday$/)
  await press(bob, 'Show status')
  await sheet(bob).getByRole('heading', { name: 'Settings', exact: true }).waitFor()
  await bob.closeSheet()
  await status.waitFor()
  await until('Bob is here', async () => (await presence())?.includes('Online') === true)

  // A picture of his own, on her screen in place of the drawn one.
  const files = bob.page().waitForEvent('filechooser')
  await settings(bob)
  await press(bob, 'Choose a picture')
  await (await files).setFiles({ name: 'me.png', mimeType: 'image/png', buffer: await bob.page().screenshot() })
  await sheet(bob).getByRole('button', { name: 'Remove the picture', exact: true }).waitFor()
  await until('Alice sees it', () => face.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0))
  await press(bob, 'Remove the picture')
  await face.waitFor({ state: 'detached' })
  await bob.closeSheet()

  await composer(alice).pressSequentially('Are you')
  await typing.waitFor()
  await alice.say('Are you there?')
  await alice.seesState('Are you there?', 'Read')

  const switches = ['Say what I have read', 'Say when I am typing', 'Say when I am here', 'Say when I was last here', 'Show statuses']
  const privacy = (name: string) => sheet(bob).getByRole('switch', { name, exact: true })
  await settings(bob, 'Privacy')
  for (const name of switches) await privacy(name).uncheck()
  await bob.closeSheet()
  await status.waitFor({ state: 'detached' })
  await untilEqual('what Alice sees of Bob', presence, '')
  await composer(alice).pressSequentially('And')
  await alice.say('And now?')
  await bob.sees(['Are you there?', 'And now?'])
  await alice.seesState('And now?', 'Delivered')
  await staysEqual(
    'what is told',
    async () => ({ typing: await typing.count(), read: (await alice.messages()).at(-1)?.state }),
    { typing: 0, read: 'Delivered' },
    1_500,
  )
  await bob.page().reload()
  await settings(bob, 'Privacy')
  for (const name of switches) expect(await privacy(name).isChecked(), name).toBe(false)
  await bob.closeSheet()
})

story('A newer version is offered while one goes on, and nothing that was typed is lost when it comes', async (world) => {
  const alice = await world.person('Alice')
  await alice.visit(world.url)
  await alice.getStarted()
  await alice.createGroup('Choir')
  await alice.isKept()
  const page = alice.page()
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Half a sent')
  await world.newVersion()
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  const loaded = page.waitForEvent('load')
  await page.getByRole('button', { name: 'Use it now', exact: true }).click()
  await loaded
  await page.getByRole('heading', { name: 'Choir', exact: true }).waitFor()
  await untilEqual('the draft', () => page.getByRole('textbox', { name: 'Message', exact: true }).inputValue(), 'Half a sent')
})
