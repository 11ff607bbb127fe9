// Every screen and sheet, light, dark and in forced colours, from the left and from the right: axe finds nothing.
/// <reference types="@vitest/browser-playwright" />
import axe from 'axe-core'
import { afterAll, afterEach, expect, test } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import { scenes, type SceneName } from './playground/scenes.ts'
import { show, until, type Shown } from './mount.ts'
import type { World } from './playground/world.ts'

let shown: Shown
let world: World
afterEach(() => {
  shown[Symbol.dispose]()
  document.documentElement.dir = 'ltr'
})

const button = (name: string) => (): Promise<void> => page.getByRole('button', { name, exact: true }).first().click()
const thread = async (): Promise<void> => {
  await until(() => shown.all('.line').length > 0)
  shown.all('.line')[0]?.click()
  await until(() => shown.all('textarea').length === 2)
}
const attach = (what: string) => async (): Promise<void> => {
  await button('Attach')()
  await page.getByRole('menuitem', { name: what, exact: true }).click()
}
const open = (at: number) => async (): Promise<void> => {
  await until(() => shown.all('.entry')[at])
  shown.all('.entry')[at]?.click()
  await until(() => shown.all('article, .blank').length > 0)
}
const menu = async (): Promise<void> => {
  const article = await until(() => shown.all('article').at(-1))
  article?.focus()
  await userEvent.keyboard('{Shift>}{F10}{/Shift}')
  await until(() => shown.all('[role="menuitem"]').length > 0)
}
const item = (name: string) => (): Promise<void> => page.getByRole('menuitem', { name, exact: true }).click()
const called = (title: string) => async (): Promise<void> => {
  const entry = await until(() => shown.all('.entry').find((found) => found.querySelector('.title bdi')?.textContent === title))
  entry?.click()
  await until(() => shown.all('article, .blank').length > 0)
}
const inSheet = (name: string) => (): Promise<void> => page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
const keys = (typed: string) => (): Promise<void> => userEvent.keyboard(typed)
const typed = (words: string) => async (): Promise<void> => {
  await page.getByRole('searchbox').fill(words)
  await until(() => shown.all('.hit').length > 0)
}
const rowMenu = (title: string) => async (): Promise<void> => {
  const entry = await until(() => shown.all('.entry').find((found) => found.querySelector('.title bdi')?.textContent === title))
  entry?.focus()
  await userEvent.keyboard('{Shift>}{F10}{/Shift}')
  await until(() => shown.all('[role="menuitem"]').length > 0)
}
const found = (words: string) => async (): Promise<void> => {
  await page.getByRole('searchbox', { name: 'Find an emoji' }).fill(words)
  await until(() => shown.all('#found .picture').length > 0)
}
const writing = (words: string) => async (): Promise<void> => {
  await page.getByRole('textbox', { name: 'Message' }).fill(words)
  await until(() => shown.all('[role="listbox"] [role="option"]').length > 0)
}
const drawn = (selector: string) => async (): Promise<void> => void (await until(() => shown.all(selector).length > 0))
const write = (words: string) => (): Promise<void> => page.getByRole('textbox', { name: 'Message' }).fill(words)
const asking = async (): Promise<void> => {
  await page.getByLabelText('Question').fill('Which way?')
  await page.getByLabelText('Answer 1').fill('Over the ridge')
  await page.getByLabelText('Answer 2').fill('Along the river')
  await page.getByRole('button', { name: 'Ask everybody' }).click()
}
const sheet = async (): Promise<void> => void (await until(() => shown.all('dialog[open]').length > 0))

/** What the other side's answer brings. */
const looking = async (): Promise<void> => {
  const begun = await until(() => world.comparison)
  if (begun) world.comparison = { ...begun, stage: 'looking', emojis: [0, 21, 29, 37, 49, 53, 63] }
  world.changed()
  await until(() => shown.all('.emojis li').length === 7)
}

const places: readonly (readonly [string, SceneName, readonly (() => Promise<void>)[]])[] = [
  ['the first run', 'first', []],
  ['storage that cannot be used', 'broken', []],
  ['an empty home', 'quiet', []],
  ['home', 'lively', []],
  ['home on a phone', 'lively', [(): Promise<void> => page.viewport(390, 844), drawn('.panes.narrow')]],
  ['the connection', 'lively', [(): Promise<void> => page.getByRole('status', { name: 'Connection' }).getByRole('button').click(), sheet]],
  ['a group', 'lively', [open(0)]],
  [
    'what is said beside words, and what is not taken',
    'beside',
    [called('Weekend at the lake'), drawn('parley-poll'), drawn('parley-not-sent')],
  ],
  ['a conversation with unread messages', 'lively', [open(1)]],
  ['a conversation with somebody away', 'lively', [open(2)]],
  ['hostile text', 'hostile', [open(0)]],
  ['the ways to begin', 'quiet', [button('New conversation'), sheet]],
  ['a new group', 'quiet', [button('New conversation'), button('New group'), sheet]],
  ['an invite', 'quiet', [button('Invite someone'), sheet]],
  ['joining by link', 'quiet', [button('Join with a link'), sheet]],
  ['people', 'lively', [open(0), button('Conversation details'), sheet]],
  ['a message menu', 'lively', [open(0), menu]],
  ['quick reactions', 'lively', [open(0), menu, item('React')]],
  ['all reactions', 'lively', [open(0), menu, item('React'), item('More reactions'), sheet]],
  ['emoji by a word', 'lively', [open(0), button('Emoji'), sheet, found('hand')]],
  ['suggestions while one writes', 'lively', [open(0), writing(':hik')]],
  ['a message in front', 'lively', [called('Saturday hike'), menu, item('Pin'), drawn('.jump')]],
  [
    'starred messages',
    'lively',
    [called('Saturday hike'), menu, item('Star'), button('Settings'), sheet, inSheet('Starred messages'), drawn('.hit')],
  ],
  ['several messages', 'lively', [called('Saturday hike'), menu, item('Select'), drawn('.bar')]],
  ['when to send', 'lively', [called('Bob'), write('See you'), button('Send later'), sheet]],
  [
    'a message that goes out later',
    'lively',
    [
      called('Bob'),
      write('See you'),
      button('Send later'),
      sheet,
      (): Promise<void> => page.getByRole('dialog').getByRole('button', { name: 'In an hour', exact: false }).click(),
      drawn('.take-back'),
    ],
  ],
  ['what can be attached', 'lively', [called('Saturday hike'), button('Attach'), drawn('[role="menuitem"]')]],
  ['a new poll', 'lively', [called('Saturday hike'), attach('New poll'), sheet]],
  ['a poll', 'lively', [called('Saturday hike'), attach('New poll'), sheet, asking, drawn('.answer')]],
  ['a location to be sent', 'lively', [called('Saturday hike'), attach('Location'), sheet]],
  ['templates', 'lively', [called('Saturday hike'), attach('Templates'), sheet, drawn('textarea')]],
  ['a thread', 'lively', [called('Saturday hike'), thread]],
  [
    'after which time messages disappear',
    'lively',
    [called('Bob'), button('Conversation details'), inSheet('Change the time'), drawn('.choice')],
  ],
  [
    'a message that disappears',
    'lively',
    [
      called('Bob'),
      button('Conversation details'),
      inSheet('Change the time'),
      (): Promise<void> => page.getByRole('radio', { name: '1 hour', exact: true }).click(),
      inSheet('Save the time'),
      keys('{Escape}'),
      drawn('.head .timer'),
      write('For an hour'),
      keys('{Enter}'),
      drawn('parley-fading'),
    ],
  ],
  ['message details', 'lively', [open(0), menu, item('Message details'), sheet]],
  ['deleting a message', 'lively', [called('Saturday hike'), menu, item('Delete'), sheet]],
  ['settings', 'lively', [button('Settings'), sheet]],
  ['the meeting points', 'lively', [button('Settings'), sheet, inSheet('Manage meeting points'), sheet]],
  ['connecting side by side', 'quiet', [button('New conversation'), button('Connect side by side'), sheet, inSheet('Show my code')]],
  ['a group with everything that trust shows', 'trust', [called('Choir')]],
  ['people of every role, and gaps', 'trust', [called('Choir'), button('Conversation details'), sheet]],
  ['leaving a group', 'trust', [called('Choir'), button('Conversation details'), sheet, inSheet('Leave')]],
  ['a person', 'trust', [called('Choir'), button('Conversation details'), sheet, inSheet('Carol the Librarian')]],
  ['removing a person', 'trust', [called('Choir'), button('Conversation details'), sheet, inSheet('Bob'), inSheet('Remove Bob')]],
  ['somebody who is blocked', 'trust', [called('Choir'), button('Conversation details'), sheet, inSheet('Alice II')]],
  [
    'a safety number',
    'trust',
    [called('Choir'), button('Conversation details'), sheet, inSheet('Carol the Librarian'), inSheet('Compare safety numbers')],
  ],
  [
    'emojis',
    'trust',
    [
      called('Choir'),
      button('Conversation details'),
      sheet,
      inSheet('Carol the Librarian'),
      inSheet('Compare safety numbers'),
      inSheet('Compare emojis'),
      looking,
    ],
  ],
  ['a verified one', 'trust', [called('Bob'), button('Conversation details'), sheet, inSheet('Bob'), inSheet('Compare safety numbers')]],
  ['rules', 'trust', [called('Choir'), button('Conversation details'), sheet, inSheet('Change rules')]],
  ['another name', 'trust', [called('Choir'), button('Conversation details'), sheet, inSheet('Rename the group')]],
  ['a conversation that is hidden', 'trust', [called('Bob'), button('Conversation details'), sheet, inSheet('Bob'), inSheet('Block Bob')]],
  ['settings with people who are blocked', 'trust', [button('Settings'), sheet]],
  ['an announcement group, for a reader', 'trust', [called('Announcements')]],
  ['a group that people ask to join', 'approving', [called('Allotment')]],
  ['who asks to join', 'approving', [called('Allotment'), button('Show'), sheet]],
  ['a group for announcements, and its rules', 'approving', [called('Allotment'), button('Conversation details'), sheet]],
  ['waiting for approval', 'approving', [called('Night swimmers')]],
  ['withdrawing a request', 'approving', [called('Night swimmers'), button('Withdraw request'), sheet]],
  ['a group that one is not in any more', 'trust', [called('Old book club')]],
  ['search', 'lively', [typed('the')]],
  ['going to another conversation', 'lively', [keys('{Control>}k{/Control}'), sheet]],
  ['going to a day', 'lively', [open(0), button('Conversation details'), sheet, inSheet('Go to a day')]],
  ['the archive', 'lively', [rowMenu('Dave'), item('Archive'), button('Archived')]],
  ['the actions of a conversation', 'lively', [rowMenu('Dave')]],
  ['looks', 'lively', [button('Settings'), button('Looks and language'), sheet]],
  [
    'looks with a colour of one’s own and a wallpaper',
    'lively',
    [
      open(0),
      button('Settings'),
      button('Looks and language'),
      sheet,
      ...['Own', 'Tiles', 'Outlined'].map(
        (name) => (): Promise<void> => page.getByRole('radio', { name, exact: true }).click({ force: true }),
      ),
      drawn('[type="color"]'),
    ],
  ],
  ['privacy', 'lively', [button('Settings'), button('Privacy'), sheet]],
  ['folders', 'lively', [button('Settings'), button('Folders'), sheet]],
  ['a status', 'lively', [button('Settings'), button('Your status'), sheet]],
  ['storage', 'trust', [button('Settings'), button('Storage'), sheet]],
  ['diagnostics', 'lively', [button('Settings'), button('Diagnostics'), sheet]],
  ['notifications', 'lively', [button('Settings'), button('Notifications'), sheet]],
  ['strangers who ask', 'strangers', [button('Requests'), sheet]],
  ['a contact link', 'strangers', [button('New conversation'), button('My contact link'), sheet]],
  ['somebody who was asked', 'strangers', [called('Dave II')]],
  ['shortcuts', 'lively', [button('Settings'), button('Keyboard shortcuts'), sheet]],
]

/** Whether the colours of the system take the place of the page's, as somebody has set it who needs them to; and nothing moves. */
const emulate = (forced: 'active' | 'none'): Promise<unknown> =>
  cdp().send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'forced-colors', value: forced },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ],
  })

/** The rules that look at colours or at where something stands; all others see the same in every theme and from either side. */
const looks = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable']

const appearances = [
  { theme: 'light', forced: 'none', direction: 'ltr' },
  { theme: 'dark', forced: 'none', direction: 'rtl' },
  { theme: 'system', forced: 'active', direction: 'ltr' },
] as const

/** Until nothing moves but what moves for ever. */
const still = (): Promise<boolean> =>
  until(() => document.getAnimations().every(({ effect }) => effect?.getComputedTiming().iterations === Infinity))

afterAll(() => cdp().send('Emulation.setEmulatedMedia', { features: [] }))

test.each(places)('axe finds nothing in %s', async (_name, scene, steps) => {
  await page.viewport(1280, 800)
  await emulate('none')
  world = scenes[scene]()
  shown = show(world, 'light')
  await shown.one('parley-welcome, parley-conversation-list, .rest button')
  for (const step of steps) await step()
  for (const [at, { theme, forced, direction }] of appearances.entries()) {
    document.documentElement.dir = direction
    document.documentElement.dataset['theme'] = theme
    await emulate(forced)
    expect(matchMedia('(forced-colors: active)').matches).toBe(forced === 'active')
    await still()
    const found = await axe.run(shown.root, {
      resultTypes: ['violations'],
      ...(at === 0
        ? { rules: { 'page-has-heading-one': { enabled: false }, region: { enabled: false } } }
        : { runOnly: { type: 'rule', values: looks } }),
    })
    expect(
      found.violations.map(
        ({ id, nodes }) =>
          `${theme} ${direction} ${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join(' | ')}`,
      ),
    ).toEqual([])
  }
})
