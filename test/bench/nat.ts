// Two people in homes behind routers of every kind: whether they can talk, over which path, and how soon. The homes are those of test/e2e/net.
import { checkRouter } from '../e2e/net/check-router.ts'
import { createLab, publicAddress, type Home } from '../e2e/net/lab.ts'
import { allowsDirect, homeKinds, type HomeKind } from '../e2e/net/nat.ts'
import { way } from '../e2e/net/quality.ts'
import { figureOf, table, type Figure } from './figures.ts'
import { meet, milestone } from './meet.ts'
import { openSite, pathOf, type Site } from './people.ts'

/** Milliseconds there and back between two homes; to the node it is half of it. */
const roundTripMs = 100
/** Milliseconds for a direct path where there can be one; and after which the pill is read where there can be none. */
const directMs = 15_000
const lookMs = 3_000

export interface PairFigures {
  readonly homes: readonly [HomeKind, HomeKind]
  readonly tries: number
  /** Tries in which each read the other's first message. */
  readonly talked: number
  /** Of these, how often the pill said so in the end. */
  readonly direct: number
  readonly relayed: number
  /** Whether such routers let two reach each other with STUN alone. */
  readonly allowsDirect: boolean
  /** Invite opened to the first message on the inviter's screen. */
  readonly firstMessage: Figure
  /** Invite opened to the word "Direct". */
  readonly directAfter: Figure
  /** What went wrong in a try. */
  readonly problems: readonly string[]
}

export interface NatFigures {
  readonly roundTripMs: number
  readonly pairs: readonly PairFigures[]
}

export const benchNat = async (built: string, runs: number): Promise<NatFigures> => {
  const lab = await createLab()
  try {
    const homes = new Map<HomeKind, readonly [Home, Home]>()
    for (const kind of homeKinds) homes.set(kind, [await lab.home(kind), await lab.home(kind)])
    for (const [home] of homes.values()) await checkRouter(home)
    await lab.become(way(roundTripMs, 0))
    return { roundTripMs, pairs: await benchPairs(built, homes, runs) }
  } finally {
    await lab.end()
  }
}

const benchPairs = async (built: string, homes: ReadonlyMap<HomeKind, readonly [Home, Home]>, runs: number) => {
  const site = await openSite(built, publicAddress)
  try {
    const pairs: PairFigures[] = []
    for (const [index, a] of homeKinds.entries()) {
      for (const b of homeKinds.slice(index)) {
        const [one, other] = [homes.get(a)?.[0], homes.get(b)?.[1]]
        if (!one || !other) continue
        const pair = await benchPair(site, one, other, runs)
        console.error(showPairs([pair]))
        pairs.push(pair)
      }
    }
    return pairs
  } finally {
    await site.end()
  }
}

interface Try {
  readonly path: 'direct' | 'relayed'
  readonly firstMessage: number
  readonly directAfter?: number
}

const benchPair = async (site: Site, one: Home, other: Home, runs: number): Promise<PairFigures> => {
  const tries: Try[] = []
  const problems: string[] = []
  for (let run = 0; run < runs; run += 1) {
    // Each invites in turn.
    const [inviter, invited] = run % 2 === 0 ? [one, other] : [other, one]
    await oneTry(site, inviter, invited).then(
      (done) => tries.push(done),
      (error: unknown) => problems.push(String(error).split('\n')[0] ?? ''),
    )
  }
  const count = (path: Try['path']): number => tries.filter((each) => each.path === path).length
  return {
    homes: [one.kind, other.kind],
    tries: runs,
    talked: tries.length,
    direct: count('direct'),
    relayed: count('relayed'),
    allowsDirect: allowsDirect(one.kind, other.kind),
    firstMessage: figureOf(tries.map(({ firstMessage }) => firstMessage)),
    directAfter: figureOf(tries.flatMap(({ directAfter }) => directAfter ?? [])),
    problems,
  }
}

const oneTry = async (site: Site, inviter: Home, invited: Home): Promise<Try> => {
  const [alice, bob] = await Promise.all([
    site.person('Alice', { browser: inviter.browser }),
    site.person('Bob', { browser: invited.browser }),
  ])
  try {
    const { start, theirs } = await meet(site, alice, bob)
    const patience = allowsDirect(inviter.kind, invited.kind) ? directMs : lookMs
    const direct = await milestone(bob, 'direct', patience).catch(() => undefined)
    const path = await pathOf(bob)
    return { path, firstMessage: theirs, ...(path === 'direct' && direct !== undefined ? { directAfter: direct - start } : {}) }
  } finally {
    await Promise.all([alice.leave(), bob.leave()])
  }
}

export const showNat = ({ pairs }: NatFigures): string =>
  `Two homes ${roundTripMs} ms apart there and back, each ${roundTripMs / 2} ms from the node.\n${showPairs(pairs)}`

const showPairs = (pairs: readonly PairFigures[]): string =>
  [
    table([
      ['homes', 'talked', 'path', 'first message p50', 'p95', 'direct p50', 'p95'],
      ...pairs.map(({ homes, tries, talked, direct, relayed, firstMessage, directAfter }) => [
        homes.join(' and '),
        `${talked}/${tries}`,
        [...(direct > 0 ? [`direct ${direct}`] : []), ...(relayed > 0 ? [`relayed ${relayed}`] : [])].join(', '),
        firstMessage.p50,
        firstMessage.p95,
        directAfter.count === 0 ? '-' : directAfter.p50,
        directAfter.count === 0 ? '-' : directAfter.p95,
      ]),
    ]),
    ...pairs.flatMap(({ homes, problems }) => problems.map((problem) => `${homes.join(' and ')}: ${problem}`)),
  ].join('\n')
