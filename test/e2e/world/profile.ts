// One browser profile of one person: a Chromium with a user-data folder of its own, which can be closed, killed and opened again.
import { readFile, readdir, rm, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../../scripts/lib/chromium.mjs'
import { pause, until } from './until.ts'
import { witness, type Witness } from './witness.ts'

/** Milliseconds for a tab to close; one that crashed never does. */
const closingMs = 3_000

export interface Profile {
  /** Where the browser keeps what it knows. */
  readonly folder: string
  /** The tab in front. Throws while the browser is closed. */
  page(): Page
  newPage(): Promise<Page>
  /** Opens the browser, with one empty tab. */
  open(): Promise<void>
  /** As a person closes a browser: pages are told. */
  close(): Promise<void>
  /** SIGKILL to the browser: nobody is told. */
  kill(): Promise<void>
  /** Kills it if needed and removes its folder. */
  end(): Promise<void>
  /** One for each time that the browser was opened. */
  readonly witnesses: readonly Witness[]
  isOpen(): boolean
}

/** `hosts` are all that the page may ask; `switches` gives further ones of the browser, by its folder. */
export const createProfile = async (
  name: string,
  hosts: ReadonlySet<string>,
  switches: (folder: string) => readonly string[] = () => [],
): Promise<Profile> => {
  const folder = await mkdtemp(join(tmpdir(), `parley-profile-${name}-`))
  const executablePath = findChromium()
  const witnesses: Witness[] = []
  let context: BrowserContext | undefined

  const running = (): BrowserContext => {
    if (context === undefined) throw new Error(`the browser of ${name} is closed`)
    return context
  }
  const profile: Profile = {
    folder,
    witnesses,
    isOpen: () => context !== undefined,
    page: () => {
      const page = running().pages()[0]
      if (page === undefined) throw new Error(`the browser of ${name} has no tab`)
      return page
    },
    newPage: () => running().newPage(),
    open: async () => {
      context = await chromium.launchPersistentContext(folder, {
        ...(executablePath === undefined ? {} : { executablePath }),
        args: [...chromiumArgs, ...switches(folder)],
        locale: 'en-GB',
        permissions: ['clipboard-read', 'clipboard-write'],
      })
      // Every wait of a step has this deadline.
      context.setDefaultTimeout(15_000)
      // Who leaves while messages wait is asked; they go all the same.
      context.on('dialog', (dialog) => dialog.type() === 'beforeunload' && void dialog.accept().catch(() => undefined))
      witnesses.push(await witness(context, name, hosts))
      // The tab that was there at the start was made before anybody watched.
      const first = context.pages()
      await context.newPage()
      for (const page of first) await page.close()
    },
    close: async () => {
      const open = context
      context = undefined
      if (open === undefined) return
      // Tab by tab, as a window goes: closing the browser at once would give no page its last words.
      const gone = new Promise<void>((resolve) => open.once('close', () => resolve()))
      for (const page of open.pages()) {
        const closed = new Promise<void>((resolve) => page.once('close', () => resolve()))
        page.close({ runBeforeUnload: true }).catch(() => undefined)
        await Promise.race([closed, gone, pause(closingMs)])
      }
      await open.close()
    },
    kill: async () => {
      const open = running()
      context = undefined
      const gone = new Promise<void>((resolve) => open.once('close', () => resolve()))
      for (const pid of await processesOf(folder)) signal(pid)
      await gone
      await until(`the browser of ${name} is gone`, async () => (await processesOf(folder)).length === 0)
    },
    end: async () => {
      if (context !== undefined) await profile.kill()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  await profile.open()
  return profile
}

/** The browser's processes, known by its own user-data folder, which no other process has. */
const processesOf = async (folder: string): Promise<readonly number[]> => {
  const found: number[] = []
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const words = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '')
    if (words.includes(`--user-data-dir=${folder}`)) found.push(Number(entry))
  }
  return found
}

const signal = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was quicker.
  }
}
