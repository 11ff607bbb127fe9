// Many missed messages on a link, and people who talk on it: Alice writes thousands to Bob while he is away; when he is back both talk in
// another conversation, while those flow and afterwards. From Enter to the other screen, so whatever stands in the way of what is said is in
// it: the line, the disk, the engine of either side.
import { setTimeout as sleep } from 'node:timers/promises'
import { memoryFolder, tapPage, writeMany } from './catch-up.ts'
import { figureHead, figureOf, figureRow, round, table, type Figure } from './figures.ts'
import { makeGroup, messageField, openSite, say, shows, talk, until, type Person, type Site } from './people.ts'
import { clockError, read } from './stopwatch.ts'

/** Milliseconds between two messages of each of the two, who take turns. */
const paceMs = 500
/** Messages of the quiet time. */
const quietCount = 60
/** Milliseconds for all that was missed. */
const deadlineMs = 240_000
/** Commands that are under way at once while Alice writes. */
const atOnce = 64

export interface BulkFigures {
  readonly missed: number
  /** From his first link until the last of them stands in his list; milliseconds, as all here. */
  readonly flowedMs: number
  /** Enter to the other screen while they flow: in the direction in which they do, and against it. */
  readonly along: Figure
  readonly against: Figure
  /** The same afterwards, both ways. */
  readonly quiet: Figure
  /** By how much the worse of the two is later than the quiet, at p95; 100 at most are wanted. */
  readonly laterP95: number
}

export const benchBulk = async (built: string, missed: number): Promise<BulkFigures> => {
  const site = await openSite(built)
  try {
    const [alice, bob] = await talk(site, ({ context }) => context.addInitScript(tapPage).then(() => undefined), { folder: memoryFolder })
    const conversation = await alice.page.evaluate(() => window.tapped.conversation ?? '')
    await meetInGroup(alice, bob)
    await bob.page.goto('about:blank')
    await alice.page.goto(site.url)
    await alice.page.getByRole('list', { name: 'Conversations' }).getByRole('button').first().waitFor()
    await alice.page.evaluate(writeMany, { conversation, messages: missed, atOnce })
    await openGroup(alice)

    await openAgain(site, bob)
    const linked = await until(async () => bob.page.evaluate(() => window.tapped.linked), 10)
    const isThere = async (): Promise<true | undefined> =>
      (await bob.page
        .getByRole('list', { name: 'Conversations' })
        .getByText(`[${missed - 1}]`)
        .count()) > 0
        ? true
        : undefined
    let flows = true
    const flowed = until(isThere, 50, deadlineMs).then(async () => {
      flows = false
      return Date.now() + (await clockError(bob.page))
    })
    const busy = await converse(alice, bob, 'b', () => flows)
    const flowedMs = (await flowed) - linked
    const quiet = await converse(alice, bob, 'q', (count) => count < quietCount)
    const [along, against, rest] = [figureOf(busy.alices), figureOf(busy.bobs), figureOf([...quiet.alices, ...quiet.bobs])]
    const laterP95 = round(Math.max(along.p95, against.p95) - rest.p95)
    return { missed, flowedMs: round(flowedMs), along, against, quiet: rest, laterP95 }
  } finally {
    await site.end()
  }
}

const title = 'Choir'

const meetInGroup = async (alice: Person, bob: Person): Promise<void> => {
  await bob.page.goto(await makeGroup(alice, title))
  await bob.page.getByRole('button', { name: 'Join' }).click()
  await messageField(bob).waitFor()
  await say(bob, 'here I am')
  await shows(alice, 'here I am')
}

const openGroup = async ({ page }: Person): Promise<void> => {
  await page.getByRole('list', { name: 'Conversations' }).getByRole('button', { name: title }).click()
  await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
}

const openAgain = async (site: Site, bob: Person): Promise<void> => {
  await bob.page.goto(site.url, { waitUntil: 'commit' })
  await openGroup(bob)
}

/** They take turns for as long as it `goesOn`; milliseconds from the Enter of each to the screen of the other. */
const converse = async (alice: Person, bob: Person, name: string, goesOn: (count: number) => boolean) => {
  const both = [alice, bob] as const
  const enters = await Promise.all(both.map(async ({ page }) => (await read(page)).enters.length))
  let count = 0
  for (; goesOn(count); count += 1) {
    const due = sleep(paceMs)
    await say(both[count % 2]!, `a message of an ordinary length, as people write them [${name}${count}]`)
    await due
  }
  const last = (index: number): string => `[${name}${index}]`
  await until(async () => ((await read(both[count % 2]!.page)).articles[last(count - 1)] === undefined ? undefined : true), 50)
  const [here, there] = await Promise.all(both.map(({ page }) => read(page)))
  const [hereError, thereError] = await Promise.all(both.map(({ page }) => clockError(page)))
  const timesOf = (who: number): number[] => {
    const [from, to, fromError, toError] = who === 0 ? [here!, there!, hereError!, thereError!] : [there!, here!, thereError!, hereError!]
    return from.enters
      .slice(enters[who])
      .map((at, index) => (to.articles[last(2 * index + who)] ?? Number.NaN) - toError - (at - fromError))
      .filter(Number.isFinite)
  }
  return { alices: timesOf(0), bobs: timesOf(1) }
}

export const showBulk = ({ missed, flowedMs, along, against, quiet, laterP95 }: BulkFigures): string =>
  [
    table([
      figureHead,
      figureRow('Enter to the other screen, the way they flow', along),
      figureRow('against it', against),
      figureRow('both ways afterwards', quiet),
    ]),
    `${missed} messages flowed in ${flowedMs} ms; what was said meanwhile came ${laterP95} ms later at p95.`,
  ].join('\n')
