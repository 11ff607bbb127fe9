// The screens of which pictures are made, each a scene and the steps that lead there. Steps name things in English; in another language the
// catalogue says what they are called.
import type { Page } from 'playwright-core'
import type { World } from '../playground/world.ts'
import { wordsOf } from './words.ts'

type Step = (page: Page, lang: string) => Promise<unknown>

export interface Shot {
  readonly scene: string
  readonly hash?: string
  /** Only in this language, else in one of each direction. */
  readonly lang?: string
  /** Among those that are made without `--all`. */
  readonly main?: true
  readonly steps?: readonly Step[]
}

const open =
  (name: string): Step =>
  async (page, lang) =>
    page
      .getByRole('list', { name: wordsOf(lang, 'Conversations') })
      .getByText(wordsOf(lang, name))
      .first()
      .click()
const press =
  (name: string): Step =>
  async (page, lang) =>
    page
      .getByRole('button', { name: wordsOf(lang, name), exact: true })
      .first()
      .click()
const inSheet =
  (name: string): Step =>
  async (page, lang) =>
    page
      .getByRole('dialog')
      .getByRole('button', { name: wordsOf(lang, name), exact: true })
      .click()
/** On a phone the list is a step back. */
const home: Step = async (page, lang) => {
  const back = page.getByRole('button', { name: wordsOf(lang, 'Back to conversations') })
  if (await back.isVisible()) await back.click()
}
const firstFreeing: Step = async (page) => page.getByRole('dialog').locator('li button').first().click()
const bottom: Step = async (page) => {
  await page.getByRole('dialog').evaluate((dialog) => dialog.scrollTo(0, dialog.scrollHeight))
}
const menu: Step = async (page) => page.getByText('Now it is a good plan.').last().click({ button: 'right' })
const ownMenu: Step = async (page) => page.getByText('Perfect, thank you both.').click({ button: 'right' })
const pollMenu: Step = async (page) => page.getByText('How shall we go there?').click({ button: 'right' })
/** What another program gives to the page to be said. */
const shareText: Step = async (page) => {
  await page.evaluate(() => {
    Object.assign(document.querySelector('parley-app') ?? {}, { sheet: { kind: 'share', text: 'https://example.org/a-walk' } })
  })
}
/** What the other side's answer brings. */
const bothLook: Step = async (page) => {
  await page.evaluate(() => {
    const { world } = globalThis as unknown as { world: World }
    if (world.comparison) world.comparison = { ...world.comparison, stage: 'looking', emojis: [0, 21, 29, 37, 49, 53, 63] }
    world.changed()
  })
}
const item =
  (name: string): Step =>
  async (page, lang) =>
    page.getByRole('menuitem', { name: wordsOf(lang, name), exact: true }).click()
const fill =
  (role: 'textbox' | 'searchbox', name: string, text: string): Step =>
  async (page, lang) =>
    page.getByRole(role, { name: wordsOf(lang, name), exact: true }).pressSequentially(text)

export const shots: Readonly<Record<string, Shot>> = {
  welcome: { main: true, scene: 'first' },
  invited: { main: true, scene: 'first', hash: '#/j/AWf3kq0h' },
  empty: { main: true, scene: 'quiet' },
  home: { main: true, scene: 'lively' },
  group: { main: true, scene: 'lively', steps: [open('Saturday hike')] },
  thread: {
    main: true,
    scene: 'lively',
    steps: [open('Saturday hike'), async (page) => page.locator('parley-thread-line button').first().click()],
  },
  unread: { main: true, scene: 'lively', steps: [open('Bob')] },
  waiting: { main: true, scene: 'lively', steps: [open('Carol the Librarian')] },
  contact: { main: true, scene: 'strangers', steps: [press('New conversation'), press('My contact link')] },
  nocontact: { scene: 'quiet', steps: [press('New conversation'), press('My contact link')] },
  revoking: { scene: 'strangers', steps: [press('New conversation'), press('My contact link'), press('Turn the link off')] },
  requests: { main: true, scene: 'strangers', steps: [press('Requests')] },
  requestslow: { scene: 'strangers', steps: [press('Requests'), bottom] },
  requestsrow: { scene: 'strangers' },
  asking: { scene: 'strangers', steps: [open('Dave II')] },
  askcontact: { scene: 'strangers', hash: '#/j/AWf3kq0h' },
  askfirst: { scene: 'askedFirst', hash: '#/j/AWf3kq0h' },
  askmember: {
    scene: 'trust',
    steps: [open('Choir'), press('Conversation details'), press('Carol the Librarian'), inSheet('Message')],
  },
  new: { main: true, scene: 'quiet', steps: [press('New conversation')] },
  groupinvite: {
    scene: 'trust',
    steps: [
      open('Choir'),
      press('Conversation details'),
      press('Invite people'),
      async (page) => page.locator('parley-invite-list summary').last().click(),
    ],
  },
  folders: { scene: 'lively', steps: [press('Settings'), press('Folders'), inSheet('Outdoors')] },
  approving: { scene: 'approving', steps: [open('Allotment')] },
  applicants: { scene: 'approving', steps: [open('Allotment'), press('Show')] },
  announcing: { scene: 'approving', steps: [open('Allotment'), press('Conversation details'), bottom] },
  approvalrules: { scene: 'approving', steps: [open('Allotment'), press('Conversation details'), press('Change rules')] },
  withdrawing: { scene: 'approving', steps: [open('Night swimmers'), press('Withdraw request')] },
  awaiting: { scene: 'approving', steps: [open('Night swimmers')] },
  slow: { scene: 'trust', steps: [open('Choir'), press('Conversation details'), press('Slow mode')] },
  invite: { main: true, scene: 'quiet', steps: [press('Invite someone')] },
  join: { main: true, scene: 'quiet', hash: '#/j/AWf3kq0h' },
  paste: { scene: 'quiet', steps: [press('Join with a link')] },
  newgroup: { main: true, scene: 'quiet', steps: [press('New conversation'), press('New group')] },
  people: { main: true, scene: 'lively', steps: [open('Saturday hike'), press('Conversation details')] },
  settings: { main: true, scene: 'lively', steps: [press('Settings')] },
  connection: {
    main: true,
    scene: 'lively',
    steps: [async (page, lang) => page.getByRole('status', { name: wordsOf(lang, 'Connection') }).click()],
  },
  menu: { main: true, scene: 'lively', steps: [open('Saturday hike'), menu] },
  react: { main: true, scene: 'lively', steps: [open('Saturday hike'), menu, item('React')] },
  reply: { scene: 'lively', steps: [open('Saturday hike'), menu, item('Reply')] },
  emoji: { scene: 'lively', steps: [open('Saturday hike'), press('Emoji')] },
  emojifound: {
    main: true,
    scene: 'lively',
    steps: [
      open('Saturday hike'),
      press('Emoji'),
      (page, lang) => fill('searchbox', 'Find an emoji', lang === 'ar' ? 'يد' : 'hand')(page, lang),
    ],
  },
  suggestions: {
    scene: 'lively',
    steps: [open('Saturday hike'), fill('textbox', 'Message', 'On my way :mount')],
  },
  slash: { scene: 'lively', steps: [open('Saturday hike'), fill('textbox', 'Message', '/')] },
  selecting: {
    scene: 'lively',
    steps: [
      open('Saturday hike'),
      menu,
      item('Select'),
      async (page) => page.getByRole('article', { name: /Perfect, thank you both/ }).click(),
    ],
  },
  later: {
    scene: 'lively',
    steps: [open('Bob'), fill('textbox', 'Message', 'See you there'), press('Send later')],
  },
  goesout: {
    scene: 'lively',
    steps: [
      open('Bob'),
      fill('textbox', 'Message', 'See you there'),
      press('Send later'),
      async (page) => page.getByRole('dialog').locator('.choice').first().click(),
    ],
  },
  newpoll: { scene: 'lively', steps: [open('Saturday hike'), press('Attach'), item('New poll')] },
  attach: { main: true, scene: 'lively', steps: [open('Saturday hike'), press('Attach')] },
  place: { scene: 'lively', steps: [open('Saturday hike'), press('Attach'), item('Location')] },
  card: { scene: 'lively', steps: [open('Saturday hike'), press('Attach'), item('My contact card')] },
  templates: { scene: 'lively', steps: [open('Saturday hike'), press('Attach'), item('Templates')] },
  poll: {
    main: true,
    scene: 'lively',
    steps: [
      open('Saturday hike'),
      press('Attach'),
      item('New poll'),
      fill('textbox', 'Question', 'Which way shall we go?'),
      async (page) => page.getByRole('dialog').getByRole('textbox').nth(1).fill('Over the ridge'),
      async (page) =>
        page.getByRole('dialog').getByRole('textbox').nth(2).fill('Along the river, and back by the train from the last village'),
      inSheet('Ask everybody'),
      async (page) => page.getByRole('button', { name: /Over the ridge/ }).click(),
    ],
  },
  beside: { main: true, scene: 'beside', steps: [open('Weekend at the lake')] },
  closing: { scene: 'beside', steps: [open('Weekend at the lake'), pollMenu, item('Close poll')] },
  besideabove: {
    scene: 'beside',
    steps: [open('Weekend at the lake'), async (page) => page.getByRole('article', { name: /Which day/ }).scrollIntoViewIfNeeded()],
  },
  disappearing: {
    scene: 'beside',
    steps: [open('Weekend at the lake'), press('Conversation details'), press('Change the time')],
  },
  deleting: { scene: 'lively', steps: [open('Saturday hike'), ownMenu, item('Delete')] },
  forwarding: { scene: 'lively', steps: [open('Saturday hike'), menu, item('Forward')] },
  sharing: { scene: 'lively', steps: [shareText] },
  day: { scene: 'lively', steps: [open('Saturday hike'), press('Conversation details'), press('Go to a day')] },
  pinned: { scene: 'lively', steps: [open('Saturday hike'), menu, item('Pin'), menu, item('Star')] },
  starred: {
    scene: 'lively',
    steps: [open('Saturday hike'), menu, item('Star'), home, press('Settings'), inSheet('Starred messages')],
  },
  details: { main: true, scene: 'lively', steps: [open('Saturday hike'), menu, item('Message details')] },
  hostile: {
    scene: 'hostile',
    steps: [
      async (page, lang) =>
        page
          .getByRole('list', { name: wordsOf(lang, 'Conversations') })
          .getByRole('button')
          .first()
          .click(),
    ],
  },
  broken: { scene: 'broken' },
  choir: { main: true, scene: 'trust', steps: [open('Choir')] },
  members: { main: true, scene: 'trust', steps: [open('Choir'), press('Conversation details')] },
  memberslow: { scene: 'trust', steps: [open('Choir'), press('Conversation details'), bottom] },
  leaving: { scene: 'trust', steps: [open('Choir'), press('Conversation details'), press('Leave')] },
  person: { main: true, scene: 'trust', steps: [open('Choir'), press('Conversation details'), press('Carol the Librarian')] },
  personlow: { scene: 'trust', steps: [open('Choir'), press('Conversation details'), press('Carol the Librarian'), bottom] },
  blockedone: { scene: 'trust', steps: [open('Choir'), press('Conversation details'), press('Alice II'), bottom] },
  removing: {
    scene: 'trust',
    steps: [open('Choir'), press('Conversation details'), press('Carol the Librarian'), press('Remove Carol the Librarian')],
  },
  emojis: {
    scene: 'trust',
    steps: [
      open('Choir'),
      press('Conversation details'),
      press('Carol the Librarian'),
      inSheet('Compare safety numbers'),
      inSheet('Compare emojis'),
      bothLook,
    ],
  },
  safety: {
    main: true,
    scene: 'trust',
    steps: [open('Choir'), press('Conversation details'), press('Carol the Librarian'), inSheet('Compare safety numbers')],
  },
  verified: {
    scene: 'trust',
    steps: [open('Bob'), press('Conversation details'), inSheet('Bob'), inSheet('Compare safety numbers'), bottom],
  },
  rules: { scene: 'trust', steps: [open('Choir'), press('Conversation details'), press('Change rules')] },
  rename: { scene: 'trust', steps: [open('Choir'), press('Conversation details'), press('Rename the group')] },
  reader: { scene: 'trust', steps: [open('Announcements')] },
  readerrules: { scene: 'trust', steps: [open('Announcements'), press('Conversation details')] },
  removed: { scene: 'trust', steps: [open('Old book club')] },
  blockedlist: {
    scene: 'trust',
    steps: [
      press('Settings'),
      async (page, lang) => page.getByRole('heading', { name: wordsOf(lang, 'Blocked') }).scrollIntoViewIfNeeded(),
    ],
  },
  arabic: {
    scene: 'lively',
    lang: 'ar',
    steps: [async (page) => page.getByText('Saturday hike', { exact: true }).first().click()],
  },
  arabichome: { scene: 'lively', lang: 'ar' },
  arabicsettings: {
    scene: 'lively',
    lang: 'ar',
    steps: [press('الإعدادات'), press('المظهر واللغة')],
  },
  pseudo: {
    scene: 'trust',
    lang: 'en-xa',
    steps: [async (page) => page.getByText('Choir', { exact: true }).first().click()],
  },
  german: { scene: 'lively', lang: 'de', steps: [press('Einstellungen')] },
  rowmenu: {
    scene: 'lively',
    steps: [
      async (page, lang) =>
        page
          .getByRole('list', { name: wordsOf(lang, 'Conversations') })
          .getByText('Choir, Tuesday')
          .click({ button: 'right' }),
    ],
  },
  search: { main: true, scene: 'lively', steps: [async (page) => page.getByRole('searchbox').fill('the')] },
  switcher: { main: true, scene: 'lively', steps: [async (page) => page.keyboard.press('Control+k')] },
  looks: { main: true, scene: 'lively', steps: [press('Settings'), press('Looks and language')] },
  meetingpoints: {
    scene: 'lively',
    steps: [
      async (page, lang) => page.getByRole('status', { name: wordsOf(lang, 'Connection') }).click(),
      inSheet('Manage meeting points'),
    ],
  },
  byhand: {
    scene: 'lively',
    steps: [async (page, lang) => page.getByRole('status', { name: wordsOf(lang, 'Connection') }).click(), inSheet('Connect side by side')],
  },
  shortcuts: { scene: 'lively', steps: [async (page) => page.keyboard.press('Control+/')] },
  privacy: { scene: 'lively', steps: [press('Settings'), press('Privacy')] },
  status: { scene: 'lively', steps: [press('Settings'), press('Your status')] },
  storage: { main: true, scene: 'trust', steps: [press('Settings'), press('Storage')] },
  freeing: { scene: 'trust', steps: [press('Settings'), press('Storage'), firstFreeing] },
  diagnostics: { main: true, scene: 'lively', steps: [press('Settings'), press('Diagnostics')] },
  notifications: { main: true, scene: 'lively', steps: [press('Settings'), press('Notifications')] },
  blocking: { scene: 'trust', steps: [open('Bob'), press('Conversation details'), inSheet('Bob'), press('Block Bob')] },
}
