// Lighthouse, as a phone on a slow network, against the built page as the node serves it: the first visit, an invite that was opened, and
// somebody who comes back to their conversations.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import lighthouse from 'lighthouse'
import { launch, type Browser } from 'puppeteer-core'
import { chromiumArgs, findChromium } from '../../scripts/lib/chromium.mjs'
import { round, table } from './figures.ts'
import { inviteOne, openSite, signUp } from './people.ts'

interface Look {
  /** Of 100 each. */
  readonly performance: number
  readonly accessibility: number
  readonly bestPractices: number
  /** Largest contentful paint and total blocking time: milliseconds. */
  readonly lcp: number
  readonly blocked: number
  /** Cumulative layout shift: a share of the screen, without a unit. */
  readonly cls: number
  /** What lost points, by Lighthouse's names. */
  readonly missed: readonly string[]
  /** How fast the machine was just then, by Lighthouse's own measure, which its slow phone is a quarter of; points of one speed compare. */
  readonly machineIndex: number
}

export interface LighthouseFigures {
  /** Of each page the run in the middle, by performance. */
  readonly pages: readonly (Look & { readonly name: string })[]
}

export const benchLighthouse = async (built: string, runs: number): Promise<LighthouseFigures> => {
  const site = await openSite(built)
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const browser = await launch({ executablePath: findChromium() ?? 'chromium', userDataDir: folder, args: [...chromiumArgs] })
  const middle = async (name: string, url: string, isKnown = false) => {
    const seen: Look[] = []
    for (let run = 0; run < runs; run += 1) seen.push(await look(browser, url, isKnown))
    const [one] = seen.toSorted((a, b) => a.performance - b.performance).slice(Math.floor(runs / 2))
    if (one === undefined) throw new Error('at least one run is wanted')
    return { name, ...one }
  }
  try {
    const first = await middle('the first visit', site.url)
    const alice = await site.person('Alice')
    await signUp(alice, site.url)
    const invited = await middle('an invite that was opened', await inviteOne(alice))
    await makeGroup(browser, site.url)
    return { pages: [first, invited, await middle('back at home', site.url, true)] }
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    await site.end()
  }
}

/** `isKnown`: whoever opens the page has been here before; what the browser keeps stays. */
const look = async (browser: Browser, url: string, isKnown: boolean): Promise<Look> => {
  const result = await lighthouse(url, {
    port: Number(new URL(browser.wsEndpoint()).port),
    onlyCategories: ['performance', 'accessibility', 'best-practices'],
    disableStorageReset: isKnown,
    clearStorageTypes: ['cache_storage', 'indexeddb', 'local_storage', 'service_workers', 'shader_cache'],
    logLevel: 'error',
  })
  if (result === undefined || result.lhr.runtimeError !== undefined) throw new Error(result?.lhr.runtimeError?.message ?? 'no result')
  const { audits, categories } = result.lhr
  const score = (name: string): number => Math.round((categories[name]?.score ?? 0) * 100)
  const figure = (name: string): number => round(audits[name]?.numericValue ?? Number.NaN)
  const weighed = Object.values(categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0))
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    lcp: figure('largest-contentful-paint'),
    blocked: figure('total-blocking-time'),
    cls: figure('cumulative-layout-shift'),
    missed: weighed.map(({ id }) => id).filter((id) => (audits[id]?.score ?? 1) < 0.9),
    machineIndex: Math.round(result.lhr.environment.benchmarkIndex),
  }
}

/** A life to come back to: a group of one's own, and something said in it. */
const makeGroup = async (browser: Browser, url: string): Promise<void> => {
  const page = await browser.newPage()
  await page.goto(url)
  await page.locator('aria/Your name[role="textbox"]').fill('Bob')
  await page.locator('aria/Get started[role="button"]').click()
  await page.locator('aria/New conversation[role="button"]').click()
  await page.locator('aria/New group[role="button"]').click()
  await page.locator('aria/Group name[role="textbox"]').fill('Saturday hike')
  await page.locator('aria/Create group[role="button"]').click()
  await page.locator('aria/Message[role="textbox"]').fill('Train at 7:12')
  await page.keyboard.press('Enter')
  await page.locator('>>> article').wait()
  await page.close()
}

export const showLighthouse = ({ pages }: LighthouseFigures): string =>
  table([
    ['of 100', 'performance', 'accessibility', 'best practices', 'LCP ms', 'blocked ms', 'CLS', 'machine', 'missed'],
    ...pages.map((page) => [
      page.name,
      page.performance,
      page.accessibility,
      page.bestPractices,
      page.lcp,
      page.blocked,
      page.cls,
      page.machineIndex,
      page.missed.join(', ') || '-',
    ]),
  ])
