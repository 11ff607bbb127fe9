// Screenshots of every screen, phone and desktop, light and dark: `node test/ui/playground/shoot.ts <folder> [name part]`.
import { mkdirSync } from 'node:fs'
import { chromium, type Page } from 'playwright-core'
import { createServer } from 'vite'

const [folder = '/tmp/parley-shots', only = ''] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })

const open = (name: string) => async (page: Page) =>
  page.getByRole('list', { name: 'Conversations' }).getByText(name, { exact: true }).first().click()
const press = (name: string) => async (page: Page) => page.getByRole('button', { name, exact: true }).first().click()
const inSheet = (name: string) => async (page: Page) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
const bottom = async (page: Page): Promise<void> => {
  await page.getByRole('dialog').evaluate((dialog) => dialog.scrollTo(0, dialog.scrollHeight))
}
const menu = async (page: Page): Promise<void> => page.getByText('Now it is a good plan.').last().click({ button: 'right' })
const item = (name: string) => async (page: Page) => page.getByRole('menuitem', { name, exact: true }).click()

const shots: Record<string, { scene: string; hash?: string; lang?: string; steps?: readonly ((page: Page) => Promise<unknown>)[] }> = {
  welcome: { scene: 'first' },
  invited: { scene: 'first', hash: '#/j/AWf3kq0h' },
  empty: { scene: 'quiet' },
  home: { scene: 'lively' },
  group: { scene: 'lively', steps: [open('Saturday hike')] },
  unread: { scene: 'lively', steps: [open('Bob')] },
  waiting: { scene: 'lively', steps: [open('Carol the Librarian')] },
  contact: { scene: 'strangers', steps: [press('New conversation'), press('My contact link')] },
  nocontact: { scene: 'quiet', steps: [press('New conversation'), press('My contact link')] },
  revoking: { scene: 'strangers', steps: [press('New conversation'), press('My contact link'), press('Turn the link off')] },
  requests: { scene: 'strangers', steps: [press('Requests')] },
  requestslow: { scene: 'strangers', steps: [press('Requests'), bottom] },
  requestsrow: { scene: 'strangers' },
  asking: { scene: 'strangers', steps: [open('Dave II')] },
  askcontact: { scene: 'strangers', hash: '#/j/AWf3kq0h' },
  askfirst: { scene: 'askedFirst', hash: '#/j/AWf3kq0h' },
  askmember: {
    scene: 'trust',
    steps: [open('Choir'), press('Conversation details'), press('Carol the Librarian'), inSheet('Message')],
  },
  new: { scene: 'quiet', steps: [press('New conversation')] },
  invite: { scene: 'quiet', steps: [press('Invite someone')] },
  join: { scene: 'quiet', hash: '#/j/AWf3kq0h' },
  paste: { scene: 'quiet', steps: [press('Join with a link')] },
  newgroup: { scene: 'quiet', steps: [press('New conversation'), press('New group')] },
  people: { scene: 'lively', steps: [open('Saturday hike'), press('Conversation details')] },
  settings: { scene: 'lively', steps: [press('Settings')] },
  connection: { scene: 'lively', steps: [async (page) => page.getByRole('status', { name: 'Connection' }).click()] },
  menu: { scene: 'lively', steps: [open('Saturday hike'), menu] },
  react: { scene: 'lively', steps: [open('Saturday hike'), menu, item('React')] },
  reply: { scene: 'lively', steps: [open('Saturday hike'), menu, item('Reply')] },
  emoji: { scene: 'lively', steps: [open('Saturday hike'), press('Emoji')] },
  emojifound: {
    scene: 'lively',
    steps: [open('Saturday hike'), press('Emoji'), async (page) => page.getByRole('searchbox', { name: 'Find an emoji' }).fill('hand')],
  },
  suggestions: {
    scene: 'lively',
    steps: [open('Saturday hike'), async (page) => page.getByRole('textbox', { name: 'Message' }).pressSequentially('On my way :mount')],
  },
  thread: {
    scene: 'lively',
    steps: [open('Saturday hike'), async (page) => page.getByRole('button', { name: /2 replies/ }).click()],
  },
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
    steps: [open('Bob'), async (page) => page.getByRole('textbox', { name: 'Message' }).fill('See you there'), press('Send later')],
  },
  goesout: {
    scene: 'lively',
    steps: [
      open('Bob'),
      async (page) => page.getByRole('textbox', { name: 'Message' }).fill('See you there'),
      press('Send later'),
      async (page) => page.getByRole('dialog').getByRole('button', { name: 'In an hour' }).click(),
    ],
  },
  newpoll: { scene: 'lively', steps: [open('Saturday hike'), press('Attach'), item('New poll')] },
  attach: { scene: 'lively', steps: [open('Saturday hike'), press('Attach')] },
  place: { scene: 'lively', steps: [open('Saturday hike'), press('Attach'), item('Location')] },
  card: { scene: 'lively', steps: [open('Saturday hike'), press('Attach'), item('My contact card')] },
  templates: { scene: 'lively', steps: [open('Saturday hike'), press('Attach'), item('Templates')] },
  poll: {
    scene: 'lively',
    steps: [
      open('Saturday hike'),
      press('Attach'),
      item('New poll'),
      async (page) => page.getByLabel('Question').fill('Which way shall we go?'),
      async (page) => page.getByLabel('Answer 1').fill('Over the ridge'),
      async (page) => page.getByLabel('Answer 2').fill('Along the river, and back by the train from the last village'),
      inSheet('Ask everybody'),
      async (page) => page.getByRole('button', { name: /Over the ridge/ }).click(),
    ],
  },
  pinned: { scene: 'lively', steps: [open('Saturday hike'), menu, item('Pin'), menu, item('Star')] },
  starred: { scene: 'lively', steps: [open('Saturday hike'), menu, item('Star'), press('Settings'), inSheet('Starred messages')] },
  details: { scene: 'lively', steps: [open('Saturday hike'), menu, item('Message details')] },
  hostile: {
    scene: 'hostile',
    steps: [async (page) => page.getByRole('list', { name: 'Conversations' }).getByRole('button').first().click()],
  },
  broken: { scene: 'broken' },
  choir: { scene: 'trust', steps: [open('Choir')] },
  members: { scene: 'trust', steps: [open('Choir'), press('Conversation details')] },
  memberslow: { scene: 'trust', steps: [open('Choir'), press('Conversation details'), bottom] },
  leaving: { scene: 'trust', steps: [open('Choir'), press('Conversation details'), press('Leave')] },
  person: { scene: 'trust', steps: [open('Choir'), press('Conversation details'), press('Carol the Librarian')] },
  personlow: { scene: 'trust', steps: [open('Choir'), press('Conversation details'), press('Carol the Librarian'), bottom] },
  blockedone: { scene: 'trust', steps: [open('Choir'), press('Conversation details'), press('Alice II'), bottom] },
  removing: {
    scene: 'trust',
    steps: [open('Choir'), press('Conversation details'), press('Carol the Librarian'), press('Remove Carol the Librarian')],
  },
  safety: {
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
    steps: [press('Settings'), async (page) => page.getByRole('heading', { name: 'Blocked' }).scrollIntoViewIfNeeded()],
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
    steps: [async (page) => page.getByRole('list', { name: 'Conversations' }).getByText('Choir, Tuesday').click({ button: 'right' })],
  },
  search: { scene: 'lively', steps: [async (page) => page.getByRole('searchbox').fill('the')] },
  switcher: { scene: 'lively', steps: [async (page) => page.keyboard.press('Control+k')] },
  looks: { scene: 'lively', steps: [press('Settings'), press('Looks and language')] },
  privacy: { scene: 'lively', steps: [press('Settings'), press('Privacy')] },
  status: { scene: 'lively', steps: [press('Settings'), press('Your status')] },
  storage: { scene: 'trust', steps: [press('Settings'), press('Storage')] },
  diagnostics: { scene: 'lively', steps: [press('Settings'), press('Diagnostics')] },
  notifications: { scene: 'lively', steps: [press('Settings'), press('Notifications')] },
  blocking: { scene: 'trust', steps: [open('Bob'), press('Conversation details'), inSheet('Bob'), press('Block Bob')] },
}

const server = await createServer({
  configFile: `${import.meta.dirname}/../../../vite.config.ts`,
  root: `${import.meta.dirname}/../../..`,
  publicDir: 'public',
  server: { port: 0 },
  logLevel: 'warn',
})
await server.listen()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] })
try {
  for (const theme of ['light', 'dark'] as const)
    for (const [form, viewport] of [
      ['phone', { width: 360, height: 740 }],
      ['desktop', { width: 1280, height: 800 }],
    ] as const) {
      const context = await browser.newContext({
        viewport,
        colorScheme: theme,
        reducedMotion: 'reduce',
        hasTouch: form === 'phone',
        isMobile: form === 'phone',
      })
      for (const [name, shot] of Object.entries(shots)) {
        const file = `${name}-${form}-${theme}`
        if (!file.includes(only)) continue
        const page = await context.newPage()
        page.on('pageerror', (error) => console.error(file, error.message))
        page.on('console', (message) => message.type() === 'error' && console.error(file, message.text()))
        await page.goto(
          `${server.resolvedUrls?.local[0] ?? ''}test/ui/playground/index.html?scene=${shot.scene}&lang=${shot.lang ?? 'en'}${shot.hash ?? ''}`,
        )
        page.setDefaultTimeout(4_000)
        try {
          for (const step of shot.steps ?? []) await step(page)
        } catch (error) {
          console.error(file, String(error).split('\n')[0])
        }
        await page.waitForTimeout(250)
        await page.screenshot({ path: `${folder}/${file}.png` })
        await page.close()
      }
      await context.close()
    }
} finally {
  await browser.close()
  await server.close()
}
