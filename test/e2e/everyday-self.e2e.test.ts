// Story 31: what is a person's own: how conversations are kept, how the page looks and in which language, what is on this device, and the end
// of it.
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { holdCameraOver } from './world/camera.ts'
import { arrange, choose, composer, entry, listed, lookAt, press, settings, sheet } from './world/sheets.ts'
import { story } from './world/story.ts'
import { until, untilEqual } from './world/until.ts'
import type { Tab } from './world/tab.ts'

// Runs in the page before anything of the page does: what the browser would ask a person for.
const countPrompts = (): void => {
  const asked: string[] = []
  Object.assign(globalThis, { asked })
  const count = (of: object, name: string): void => {
    const real: unknown = Reflect.get(of, name)
    if (typeof real !== 'function') return
    Object.defineProperty(of, name, {
      value(...given: unknown[]) {
        asked.push(name)
        return Reflect.apply(real, this, given) as unknown
      },
    })
  }
  count(Notification, 'requestPermission')
  count(Geolocation.prototype, 'getCurrentPosition')
  count(MediaDevices.prototype, 'getUserMedia')
  count(StorageManager.prototype, 'persist')
}
const asked = (page: Page): Promise<readonly string[]> => page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)

const show = (person: Tab, view: string): Promise<void> =>
  person
    .page()
    .getByRole('group', { name: 'Show', exact: true })
    .getByRole('button', { name: new RegExp(`^${view}`) })
    .click()
const looked = {
  Theme: 'Dark',
  Contrast: 'More',
  Accent: 'Violet',
  'Size of text': 'Large',
  Density: 'Compact',
  Messages: 'Outlined',
  Wallpaper: 'Dots',
}
const look = (person: Tab, group: string, choice: string) =>
  sheet(person).getByRole('radiogroup', { name: group, exact: true }).getByRole('radio', { name: choice, exact: true })
const isWithin = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
/** Waits until axe finds nothing serious in the page as it stands: what still moves is not drawn in its last colours. */
const isAccessible = async (page: Page): Promise<void> => {
  await page.evaluate(axe.source)
  const serious = async (): Promise<readonly string[]> =>
    page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] })
      return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)
    })
  await untilEqual('what axe finds', serious, [])
}
/** What the page's buttons are called in Arabic. */
const arabic = { settings: 'الإعدادات', looks: 'المظهر واللغة', language: 'اللغة' }

story(
  'Alice keeps her conversations in order, has the page as she likes it, sees what it keeps, and erases it',
  async (world) => {
    const [alice, bob] = await Promise.all([world.person('Alice'), world.person('Bob', 'camera')])
    const page = alice.page()
    await page.addInitScript(countPrompts)
    await alice.visit(world.url)
    await alice.getStarted()

    // The code on her screen is read by his camera.
    await page.getByRole('button', { name: 'New conversation', exact: true }).first().click()
    await press(alice, 'Invite someone')
    await sheet(alice).getByRole('img', { name: 'Invite QR code', exact: true }).waitFor()
    await holdCameraOver(bob, alice)
    await bob.visit(world.url)
    await bob.getStarted()
    await bob.page().getByRole('button', { name: 'New conversation', exact: true }).first().click()
    await press(bob, 'Join with a link')
    await press(bob, 'Scan their code')
    await press(bob, 'Join')
    await sheet(alice).getByText('1 person has joined', { exact: false }).waitFor()
    await alice.closeSheet()
    await alice.createGroup('Notes')
    await alice.createGroup('Choir')
    await bob.say('Hello Alice')

    // The list: what is unread, in front, put away, in a folder, silent.
    await entry(alice, 'Bob').getByText('1 unread', { exact: true }).waitFor()
    await show(alice, 'Unread')
    await untilEqual('what is unread', () => listed(alice), ['Bob'])
    await alice.open('Bob')
    await page.getByText('You have read everything.', { exact: true }).waitFor()
    await show(alice, 'All')
    await lookAt(alice, 'Bob')
    await sheet(alice).getByRole('textbox', { name: 'Labels', exact: true }).fill('Family, tenors')
    await press(alice, 'Save labels')
    for (const label of ['Family', 'tenors']) await entry(alice, 'Bob').getByText(label, { exact: true }).waitFor()
    await alice.closeSheet()
    await show(alice, 'tenors')
    await untilEqual('who sings so', () => listed(alice), ['Bob'])
    const search = page.getByRole('searchbox', { name: 'Search', exact: true })
    const found = page.getByRole('list', { name: 'Messages', exact: true }).getByRole('listitem')
    await search.fill('hello label:ten')
    await untilEqual('what they said', async () => (await found.allInnerTexts()).map((text) => text.includes('Hello Alice')), [true])
    await search.fill('hello label:bass')
    await untilEqual('what nobody said', () => found.count(), 0)
    await search.fill('')
    await show(alice, 'All')
    await arrange(alice, 'Notes', 'Keep at the top')
    await untilEqual('what is in front', async () => (await listed(alice))[0], 'Notes')
    await arrange(alice, 'Choir', 'Archive')
    await untilEqual('what is left', () => listed(alice), ['Notes', 'Bob'])
    await show(alice, 'Archived')
    await untilEqual('what is put away', () => listed(alice), ['Choir'])
    await arrange(alice, 'Choir', 'Put into folders')
    await sheet(alice).getByRole('textbox', { name: 'New folder', exact: true }).fill('Singing')
    await press(alice, 'Add')
    await until('it is in there', () => sheet(alice).getByRole('checkbox', { name: 'Singing', exact: true }).isChecked())
    await alice.closeSheet()
    await arrange(alice, 'Choir', 'Take out of the archive')
    await show(alice, 'Singing')
    await untilEqual('what is in the folder', () => listed(alice), ['Choir'])
    await show(alice, 'Groups')
    await untilEqual('groups', () => listed(alice), ['Notes', 'Choir'])
    await show(alice, 'People')
    await arrange(alice, 'Bob', 'Mute')
    await choose(alice, 'For 8 hours')
    await entry(alice, 'Bob').getByText('Muted', { exact: true }).waitFor()

    // The looks, at once and the next time.
    await page.keyboard.press('Control+/')
    await sheet(alice).getByRole('heading', { name: 'Keyboard shortcuts', exact: true }).waitFor()
    await alice.closeSheet()
    const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const height = async (): Promise<number> => (await sheet(alice).getByText('Size of text', { exact: true }).boundingBox())?.height ?? 0
    await settings(alice, 'Looks and language')
    const [light, small] = [await background(), await height()]
    for (const [group, choice] of Object.entries(looked)) await look(alice, group, choice).check()
    await until('it is dark', async () => (await background()) !== light)
    await until('it is larger', async () => (await height()) > small)
    await isAccessible(page)
    const loaded = page.waitForEvent('load')
    await sheet(alice).getByRole('combobox', { name: 'Language', exact: true }).selectOption('ar')
    await loaded
    await page.getByRole('button', { name: arabic.settings, exact: true }).click()
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl')
    await isAccessible(page)
    await sheet(alice).getByRole('button', { name: arabic.looks, exact: true }).click()
    const again = page.waitForEvent('load')
    await sheet(alice).getByRole('combobox', { name: arabic.language, exact: true }).selectOption('')
    await again
    await untilEqual('all of the list', () => listed(alice), ['Notes', 'Bob', 'Choir'])
    await entry(alice, 'Bob').getByText('Muted', { exact: true }).waitFor()
    await entry(alice, 'Bob').getByText('tenors', { exact: true }).waitFor()
    await settings(alice, 'Looks and language')
    for (const [group, choice] of Object.entries(looked)) expect(await look(alice, group, choice).isChecked(), choice).toBe(true)
    await alice.closeSheet()

    // The smallest window: one pane at a time, nothing beside it, and a finger's way to the actions.
    await page.setViewportSize({ width: 320, height: 640 })
    const back = page.getByRole('button', { name: 'Back to conversations', exact: true })
    await back.waitFor()
    expect(await isWithin(page)).toBe(true)
    await isAccessible(page)
    await back.click()
    expect(await isWithin(page)).toBe(true)
    await alice.open('Bob')
    const { x = 0, y = 0 } = (await alice.article('Hello Alice').boundingBox()) ?? {}
    const session = await page.context().newCDPSession(page)
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: x + 12, y: y + 12 }] })
    await page.getByRole('menuitem', { name: 'Reply', exact: true }).waitFor()
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    expect(await isWithin(page)).toBe(true)
    await choose(alice, 'Reply')
    await alice.say('Hello Bob')
    await bob
      .article('Hello Bob')
      .getByRole('button', { name: /^In reply to You|^In reply to Bob/ })
      .waitFor()
    await back.click()

    // Enter makes a new line for those who want it to.
    await settings(alice)
    await sheet(alice).getByRole('switch', { name: 'Enter sends the message', exact: true }).uncheck()
    await sheet(alice)
      .getByText(/^Version \d+\.\d+\.\d+ ?\S*/)
      .waitFor()
    await alice.closeSheet()
    await alice.open('Bob')
    await composer(alice).fill('two')
    await composer(alice).press('Enter')
    await composer(alice).pressSequentially('lines')
    await composer(alice).press('Control+Enter')
    await bob.sees(['Hello Alice', 'Hello Bob', 'two\nlines'])
    await alice.seesState('two\nlines', ['Delivered', 'Read'])
    await back.click()
    await page.setViewportSize({ width: 1280, height: 720 })

    // What is kept here, with nothing asked of her before she wants it.
    expect(await asked(page)).toEqual([])
    await settings(alice, 'Storage')
    await press(alice, 'Ask the browser to keep it')
    await untilEqual('what the browser was asked', () => asked(page), ['persist'])
    await press(alice, 'Free space in Bob')
    await sheet(alice).getByRole('combobox', { name: 'Remove from this device', exact: true }).selectOption('all')
    await press(alice, 'Remove it here')
    await sheet(alice)
      .getByText(/^\d+ messages? removed from this device\./)
      .waitFor()
    await alice.closeSheet()
    await settings(alice, 'Diagnostics')
    const text = (): Promise<string> => sheet(alice).getByLabel('Diagnostics', { exact: true }).last().innerText()
    await until('it is told', async () => /^version: \d[^]*\nstorage: \d[^]*\nconversations: 3/.test(await text()))
    for (const name of ['Alice', 'Bob', 'Choir']) expect(await text()).not.toContain(name)
    await press(alice, 'Copy')
    await until('it is copied', async () => (await page.evaluate(() => navigator.clipboard.readText())).startsWith('version: '))
    await alice.closeSheet()

    // Something from elsewhere lands in the field of whom she picks.
    await alice.visit(`${world.url}?text=${encodeURIComponent('a path through the woods')}`)
    await sheet(alice).getByRole('combobox', { name: 'Share with', exact: true }).fill('bob')
    await page.keyboard.press('Enter')
    await untilEqual('what is to be sent', () => composer(alice).inputValue(), 'a path through the woods')

    await settings(alice)
    await press(alice, 'Erase this device')
    await press(alice, 'Erase everything')
    const begin = page.getByRole('button', { name: 'Get started', exact: true })
    await begin.waitFor()
    await page.reload()
    await begin.waitFor()
  },
  120_000,
)
