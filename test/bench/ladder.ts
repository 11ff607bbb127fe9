// Nine bad networks, each worse than the one before: two people in ordinary homes write to each other on each rung. The homes and the cables
// are those of test/e2e/net.
import { createLab, publicAddress } from '../e2e/net/lab.ts'
import { way, type Quality } from '../e2e/net/quality.ts'
import { exchange } from './exchange.ts'
import { figureOf, round, table, type Figure } from './figures.ts'
import { openSite, pathOf, talk } from './people.ts'

/** Milliseconds between two messages of one person. */
const paceMs = 500
/** Milliseconds that the last message of a rung may take before the rung is over, and that it has after the last rung. */
const patienceMs = 60_000

interface Rung {
  readonly name: string
  readonly quality: Quality
}

/** Round trips and loss between the two; half of each is met on the way to the node. */
const rungs: readonly Rung[] = [
  { name: 'good Wi-Fi', quality: way(16, 0.001, { jitterMs: 2 }) },
  { name: 'a far corner of the house', quality: way(40, 0.005, { jitterMs: 10 }) },
  { name: '4G', quality: way(80, 0.01, { jitterMs: 20, rateMbit: 10 }) },
  { name: '4G in a crowd', quality: way(120, 0.02, { jitterMs: 40, reordered: 0.01, rateMbit: 3 }) },
  { name: 'a train', quality: way(200, 0.03, { jitterMs: 60, reordered: 0.02, rateMbit: 1 }) },
  { name: '2G', quality: way(450, 0.08, { jitterMs: 100, rateMbit: 0.25 }) },
  { name: 'a satellite', quality: way(650, 0.01, { jitterMs: 30, rateMbit: 2 }) },
  { name: 'a satellite in rain', quality: way(700, 0.12, { jitterMs: 80, reordered: 0.02, rateMbit: 0.5 }) },
  { name: 'hardly anything', quality: way(800, 0.25, { jitterMs: 200, reordered: 0.02, rateMbit: 0.25 }) },
]

export interface RungFigures {
  readonly name: string
  readonly roundTripMs: number
  /** Percent one way. */
  readonly lossPercent: number
  readonly sent: number
  /** While the rung lasted, and in the end. */
  readonly arrived: number
  readonly arrivedLater: number
  /** Enter to the other screen, of those that arrived while it lasted. */
  readonly keystroke: Figure
  /** What the pill said at the end of the rung. */
  readonly path: string
}

export interface LadderFigures {
  readonly rungs: readonly RungFigures[]
}

/** `count` messages each way on each rung. */
export const benchLadder = async (built: string, count: number): Promise<LadderFigures> => {
  const lab = await createLab()
  try {
    const homes = [await lab.home('port-restricted'), await lab.home('port-restricted')] as const
    const best = rungs[0]?.quality
    if (best) await lab.become(best)
    const site = await openSite(built, publicAddress)
    try {
      const [alice, bob] = await talk(site, undefined, homes[0], homes[1])
      const figures: RungFigures[] = []
      for (const [index, { name, quality }] of rungs.entries()) {
        await lab.become(quality)
        const said = await exchange(alice, bob, { mark: `r${index}`, count, paceMs, patienceMs })
        const path = await pathOf(bob).catch((error: unknown) => String(error))
        const isLast = index === rungs.length - 1
        if (isLast && best) await lab.become(best)
        const later = isLast ? await said.lookAgain(patienceMs) : said
        figures.push({
          name,
          roundTripMs: quality.delayMs * 2,
          lossPercent: round(quality.loss * 100),
          sent: 2 * count,
          arrived: said.arrived[0] + said.arrived[1],
          arrivedLater: later.arrived[0] + later.arrived[1],
          keystroke: figureOf(said.times),
          path,
        })
        console.error(showLadder({ rungs: figures.slice(-1) }))
      }
      return { rungs: figures }
    } finally {
      await site.end()
    }
  } finally {
    await lab.end()
  }
}

export const showLadder = ({ rungs }: LadderFigures): string =>
  table([
    ['rung', 'round trip', 'loss', 'arrived', 'in the end', 'p50', 'p95', 'path'],
    ...rungs.map(({ name, roundTripMs, lossPercent, sent, arrived, arrivedLater, keystroke, path }) => [
      name,
      `${roundTripMs} ms`,
      `${lossPercent} %`,
      `${arrived}/${sent}`,
      `${arrivedLater}/${sent}`,
      keystroke.p50,
      keystroke.p95,
      path,
    ]),
  ])
