// From the opening of the page to something that a person can use, and from the opening of an invite to the first messages on both screens.
// Every first run and every join has new profiles: nothing is warm in their browsers.
import { figureHead, figureOf, figureRow, table, type Figure } from './figures.ts'
import { meet, milestone } from './meet.ts'
import { inviteOne, openOnly, openSite, say, shows, signUp, until, type Person, type Site } from './people.ts'
import { read } from './stopwatch.ts'

export interface StartFigures {
  /** A page without any program, from the same node: load event. */
  readonly emptyPage: Figure
  /** First visit: to the field for one's name. */
  readonly firstRun: Figure
  /** First visit, a key pressed as soon as there is a field: until the node has given a relay slot. */
  readonly firstReservation: Figure
  /** Reload: to history on the screen and the composer. */
  readonly returning: Figure
  /** Reload: until the pill says that one can be found. */
  readonly returningReservation: Figure
  /** Invite opened to the name field. */
  readonly inviteToName: Figure
  /** Invite opened to the line that one joined, on the inviter's screen. */
  readonly inviteToJoined: Figure
  /** Invite opened to the first message of the one who joins, on the inviter's screen. */
  readonly inviteToTheirScreen: Figure
  /** Invite opened to the first message of each on the other's screen. */
  readonly inviteToBothScreens: Figure
  /** Invite opened to a direct link. */
  readonly inviteToDirect: Figure
}

export const benchStart = async (built: string, joins: number): Promise<StartFigures> => {
  const site = await openSite(built)
  try {
    const loads = await inTurn(Math.ceil(joins / 2), () => firstRun(site))
    const reloads = await returning(site, joins)
    const joined = await inTurn(joins, () => join(site))
    return {
      emptyPage: figureOf(loads.map((load) => load.empty)),
      firstRun: figureOf(loads.map((load) => load.name)),
      firstReservation: figureOf(loads.map((load) => load.reserved)),
      returning: figureOf(reloads.map((reload) => reload.history)),
      returningReservation: figureOf(reloads.map((reload) => reload.reserved)),
      inviteToName: figureOf(joined.map((each) => each.name)),
      inviteToJoined: figureOf(joined.map((each) => each.joined)),
      inviteToTheirScreen: figureOf(joined.map((each) => each.theirs)),
      inviteToBothScreens: figureOf(joined.map((each) => each.both)),
      inviteToDirect: figureOf(joined.map((each) => each.direct)),
    }
  } finally {
    await site.end()
  }
}

const inTurn = async <T>(count: number, measure: () => Promise<T>): Promise<readonly T[]> => {
  const results: T[] = []
  for (let index = 0; index < count; index += 1) results.push(await measure())
  return results
}

const firstRun = async (site: Site) => {
  const person = await site.person('Alice')
  const empty = await loadOf(person, new URL('healthz', site.url).href)
  const before = await reservations(site)
  await person.page.goto(site.url)
  const start = (await read(person.page)).start
  const name = (await milestone(person, 'name')) - start
  // The page looks for nodes once somebody shows that they are here.
  await person.page.keyboard.press('Shift')
  const reserved = await until(async () => ((await reservations(site)) > before ? Date.now() - start : undefined), 5)
  await person.leave()
  await until(async () => ((await reservations(site)) === before ? true : undefined))
  return { empty, name, reserved }
}

const returning = async (site: Site, count: number) => {
  const alice = await site.person('Alice')
  await signUp(alice, site.url)
  await inviteOne(alice)
  await openOnly(alice)
  for (let index = 0; index < 30; index += 1) await say(alice, `what was said before [${index}]`)
  await shows(alice, '[29]')
  const reloads = await inTurn(count, async () => {
    await alice.page.reload()
    const { start } = await read(alice.page)
    const [composer, article] = [await milestone(alice, 'composer'), await milestone(alice, 'article')]
    return { history: Math.max(composer, article) - start, reserved: (await milestone(alice, 'reserved')) - start }
  })
  await alice.leave()
  return reloads
}

const join = async (site: Site) => {
  // Whoever opens a link has a browser open: what a browser does in its own first moments is not counted.
  const [alice, bob] = await Promise.all([site.person('Alice'), site.person('Bob')])
  const { start, ...figures } = await meet(site, alice, bob)
  const direct = (await milestone(bob, 'direct')) - start
  await Promise.all([alice.leave(), bob.leave()])
  return { ...figures, direct }
}

const reservations = async (site: Site): Promise<number> => {
  const said = (await (await fetch(new URL('healthz', site.node.url))).json()) as { readonly reservations: number }
  return said.reservations
}

const loadOf = async ({ page }: Person, url: string): Promise<number> => {
  await page.goto(url)
  return page.evaluate(() => performance.getEntriesByType('navigation')[0]?.duration ?? 0)
}

const names: Readonly<Record<keyof StartFigures, string>> = {
  emptyPage: 'an empty page of the same node',
  firstRun: 'first visit to "Your name"',
  firstReservation: 'first visit to a relay slot',
  returning: 'reload to history and composer',
  returningReservation: 'reload to a relay slot on the pill',
  inviteToName: 'invite opened to "Your name"',
  inviteToJoined: 'invite opened to "Bob joined" at Alice',
  inviteToTheirScreen: 'invite opened to first message at Alice',
  inviteToBothScreens: 'invite opened to messages on both screens',
  inviteToDirect: 'invite opened to a direct link',
}

export const showStart = (figures: StartFigures): string =>
  table([figureHead, ...Object.entries(figures).map(([name, figure]) => figureRow(names[name as keyof StartFigures], figure as Figure))])
