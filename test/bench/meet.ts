// Two people meet: one invites, the other opens the link and joins, and each says a first word to the other as quickly as a program can.
import { accept, inviteOne, messageField, openOnly, say, shows, signUp, status, until, type Person, type Site } from './people.ts'
import { read, type Milestone } from './stopwatch.ts'

export interface Meeting {
  /** When the link was opened: milliseconds since 1970. The other times are milliseconds since then. */
  readonly start: number
  /** To the name field. */
  readonly name: number
  /** To the line that one joined, on the inviter's screen. */
  readonly joined: number
  /** To the first message of the one who joins, on the inviter's screen. */
  readonly theirs: number
  /** To the first message of each on the other's screen. */
  readonly both: number
}

/** Both have opened nothing yet. */
export const meet = async (site: Site, alice: Person, bob: Person): Promise<Meeting> => {
  await signUp(alice, site.url)
  const link = await inviteOne(alice)
  await openOnly(alice)
  await status(alice, /Ready/)
  // Alice has her answer ready and sends it as soon as Bob's first message is there.
  await messageField(alice).fill('first of Alice [a]')
  const told = Promise.withResolvers<void>()
  await alice.page.exposeFunction('stopwatchTold', (name: Milestone) => name === 'article' && told.resolve())
  await alice.page.evaluate(() => undefined)

  await accept(bob, link)
  await say(bob, 'first of Bob [b]')
  await told.promise
  await alice.page.keyboard.press('Enter')
  await shows(bob, 'first of Alice')
  const [here, there] = [await read(alice.page), await read(bob.page)]
  const since = (moment: number | undefined): number => (moment ?? Number.NaN) - there.start
  return {
    start: there.start,
    name: since(there.firsts.name),
    joined: since(await milestone(alice, 'joined')),
    theirs: since(here.articles['[b]']),
    both: Math.max(since(here.articles['[b]']), since((await read(bob.page)).articles['[a]'])),
  }
}

/** When it was there: milliseconds since 1970. */
export const milestone = ({ page }: Person, name: Milestone, withinMs?: number): Promise<number> =>
  until(async () => (await read(page)).firsts[name], 20, withinMs)
