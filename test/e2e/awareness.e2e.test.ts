// Being told of what is new while one looks elsewhere, and being asked before one leaves with messages that nobody has.
import { expect } from 'vitest'
import { story } from './world/story.ts'
import { until, untilEqual } from './world/until.ts'

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
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
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

  const entry = page.getByRole('list', { name: 'Conversations', exact: true }).getByRole('button', { name: 'Alice' })
  await entry.focus()
  await entry.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Mute', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Until I say so', exact: true }).click()
  await bob.open('Elsewhere')
  await page.evaluate(() => Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' }))
  await alice.say('Psst')
  await until('the message is here', async () => (await entry.innerText()).includes('Psst'))
  expect(await told()).toHaveLength(1)
  expect(await page.title()).toBe('Parley')

  await page.evaluate(() => Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'visible' }))
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole('button', { name: 'Your status', exact: true }).click()
  await page.getByRole('button', { name: 'On holiday' }).click()
  await page.getByRole('button', { name: 'Show status', exact: true }).click()
  await alice.page().getByRole('button', { name: 'Bob' }).getByTitle('On holiday').first().waitFor()
})

story('Alice is asked once before she leaves with a message that nobody has, and it counts as waiting when she is back', async (world) => {
  const [alice, bob] = await world.pair('Alice', 'Bob')
  await bob.leave()
  const page = alice.page()
  await page.getByText('Nobody else is here', { exact: false }).waitFor()
  await alice.say('Tell me when you are back')
  await alice.seesState('Tell me when you are back', 'Waiting')
  const asked: string[] = []
  page.on('dialog', (dialog) => asked.push(dialog.type()))
  await alice.connection(/1 waiting/)
  const loaded = page.waitForEvent('load')
  await page.evaluate(() => location.reload())
  await loaded
  expect(asked).toEqual(['beforeunload'])
  await alice.connection(/1 waiting/)
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
