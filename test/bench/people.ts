// People at real browsers of their own, with a profile on the disk each, and a real bootstrap-node that serves them the built page.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../scripts/lib/chromium.mjs'
import { certificateOne } from '../fixtures/certificates.ts'
import { spawnNode, type SpawnedNode } from '../fixtures/spawn-node.ts'
import { watchScreen } from './stopwatch.ts'

/** Milliseconds that anything may take before the benchmark is given up. */
export const deadlineMs = 30_000

export interface Site {
  readonly node: SpawnedNode
  /** Where the page is. */
  readonly url: string
  /** A browser with a new profile and an empty page. */
  person(name: string, where?: Where): Promise<Person>
  end(): Promise<void>
}

export interface Where {
  /** The folder of the profile, if it matters. */
  readonly folder?: string | undefined
  /** The path of a browser, if it is not the system's own. */
  readonly browser?: string
}

export interface Person {
  readonly name: string
  readonly page: Page
  readonly context: BrowserContext
  /** Closes the browser and removes its profile. */
  leave(): Promise<void>
}

/**
 * `built` is the folder of the page. With a `host`, an address of this machine, it is there for others, over https with a certificate that
 * their browsers do not ask about.
 */
export const openSite = async (built: string, host?: string): Promise<Site> => {
  const secrets = await mkdtemp(join(tmpdir(), 'parley-bench-tls-'))
  const [cert, key] = [join(secrets, 'cert.pem'), join(secrets, 'key.pem')]
  await Promise.all([writeFile(cert, certificateOne.cert), writeFile(key, certificateOne.key)])
  const node = await spawnNode({ page: built, ...(host === undefined ? {} : { host, args: ['--tls-cert', cert, '--tls-key', key] }) })
  const people = new Set<Person>()
  return {
    node,
    // A name, not an address, as people have it; the browser resolves it by itself.
    url: host === undefined ? node.url.replace('127.0.0.1', 'localhost') : node.url.replace('http:', 'https:'),
    async person(name, { folder = tmpdir(), browser = findChromium() ?? 'chromium' } = {}) {
      const profile = await mkdtemp(join(folder, 'parley-bench-'))
      const context = await chromium.launchPersistentContext(profile, {
        executablePath: browser,
        headless: true,
        args: [...chromiumArgs, ...(host === undefined ? [] : ['--ignore-certificate-errors'])],
      })
      context.setDefaultTimeout(deadlineMs)
      await context.addInitScript(watchScreen)
      const person: Person = {
        name,
        page: context.pages()[0] ?? (await context.newPage()),
        context,
        leave: async () => {
          people.delete(person)
          await context.close().catch(() => undefined)
          await rm(profile, { recursive: true, force: true, maxRetries: 5 })
        },
      }
      people.add(person)
      return person
    },
    async end() {
      await Promise.all([...people].map((person) => person.leave()))
      await node.end()
      await rm(secrets, { recursive: true, force: true })
    },
  }
}

export const signUp = async ({ page, name }: Person, url: string): Promise<void> => {
  await page.goto(url)
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.getByRole('button', { name: 'Get started' }).click()
}

/** An invite link for one person; the sheet that showed it is closed again. */
export const inviteOne = async ({ page }: Person): Promise<string> => {
  await page.getByRole('button', { name: 'New conversation' }).first().click()
  await page.getByRole('button', { name: 'Invite someone' }).first().click()
  const field = page.getByRole('textbox', { name: 'Invite link' })
  await field.waitFor()
  const link = await field.inputValue()
  await page.keyboard.press('Escape')
  await field.waitFor({ state: 'detached' })
  return link
}

/** An invite link into a new group; the sheet that showed it is closed again. */
export const makeGroup = async ({ page }: Person, title: string): Promise<string> => {
  await page.getByRole('button', { name: 'New conversation' }).first().click()
  await page.getByRole('button', { name: 'New group' }).click()
  await page.getByRole('textbox', { name: 'Group name' }).fill(title)
  await page.getByRole('button', { name: 'Create group' }).click()
  await page.getByRole('heading', { name: title, exact: true }).waitFor()
  await page.getByRole('button', { name: 'Invite people' }).first().click()
  const field = page.getByRole('textbox', { name: 'Invite link' })
  await field.waitFor()
  const link = await field.inputValue()
  await page.keyboard.press('Escape')
  await field.waitFor({ state: 'detached' })
  return link
}

/** Opens the only conversation of the list. */
export const openOnly = async ({ page }: Person): Promise<void> => {
  await page.getByRole('list', { name: 'Conversations' }).getByRole('button').first().click()
  await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
}

/** Opens the link and joins as quickly as a program can. */
export const accept = async ({ page, name }: Person, link: string): Promise<void> => {
  await page.goto(link, { waitUntil: 'commit' })
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.getByRole('button', { name: 'Join' }).click()
}

export const messageField = ({ page }: Person) => page.getByRole('textbox', { name: 'Message', exact: true })

export const say = async (person: Person, text: string): Promise<void> => {
  await messageField(person).fill(text)
  await person.page.keyboard.press('Enter')
}

/**
 * Two people in one conversation, linked directly, who have both heard from each other. `met` is told of each before they go anywhere;
 * `alices` and `bobs` say where they are if that matters.
 */
export const talk = async (
  site: Site,
  met: (person: Person) => void | Promise<void> = () => undefined,
  alices: Where = {},
  bobs: Where = {},
): Promise<readonly [Person, Person]> => {
  const [alice, bob] = await Promise.all([site.person('Alice', alices), site.person('Bob', bobs)])
  for (const person of [alice, bob]) await met(person)
  await signUp(alice, site.url)
  await accept(bob, await inviteOne(alice))
  await openOnly(alice)
  await say(bob, 'first of Bob')
  await shows(alice, 'first of Bob')
  await say(alice, 'first of Alice')
  await shows(bob, 'first of Alice')
  await Promise.all([alice, bob].map((person) => status(person, /Direct/)))
  return [alice, bob]
}

export const shows = async ({ page }: Person, text: string): Promise<void> =>
  page.getByRole('article').filter({ hasText: text }).first().waitFor()

export const status = async ({ page }: Person, words: RegExp): Promise<void> => pill(page).filter({ hasText: words }).first().waitFor()

/** What the pill says of the way to the other one of the open conversation. */
export const pathOf = async ({ page }: Person): Promise<'direct' | 'relayed'> => {
  const words = await pill(page).first().innerText()
  if (/Direct/.test(words)) return 'direct'
  if (/Relayed/.test(words)) return 'relayed'
  throw new Error(`the pill says "${words}"`)
}

const pill = (page: Page) => page.locator('.pill')

/** Asks until there is an answer: the page's policy forbids the evaluation that playwright's own waiting needs. */
export const until = async <T>(ask: () => Promise<T | undefined>, everyMs = 10, withinMs = deadlineMs): Promise<T> => {
  const end = Date.now() + withinMs
  while (Date.now() < end) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await sleep(everyMs)
  }
  throw new Error('waited in vain')
}
