// The bootstrap-node killed in the middle of a chat, and started again.
import { exchange } from './exchange.ts'
import { figureHead, figureOf, figureRow, table, type Figure } from './figures.ts'
import { openSite, talk, until, type Site } from './people.ts'

/** Milliseconds between two messages of one person. */
const paceMs = 150
/** Milliseconds that the last message may take. */
const patienceMs = 5_000

export interface NodeKillFigures {
  readonly sentEachWay: number
  /** Of Alice's at Bob, of Bob's at Alice. */
  readonly arrived: readonly [number, number]
  /** Enter to the other screen, while there is no node. */
  readonly keystroke: Figure
  /** Milliseconds from the node's word that it is ready until the first page and until both hold a relay slot again. */
  readonly reservedAgain: { readonly first: number; readonly both: number }
}

export const benchNodeKill = async (built: string, count: number): Promise<NodeKillFigures> => {
  const site = await openSite(built)
  try {
    const [alice, bob] = await talk(site)
    await site.node.kill()
    const { arrived, times } = await exchange(alice, bob, { mark: 'n', count, paceMs, patienceMs })
    await site.node.revive()
    const back = Date.now()
    const [first, both] = [await reservations(site, 1, back), await reservations(site, 2, back)]
    return {
      sentEachWay: count,
      arrived,
      keystroke: figureOf(times),
      reservedAgain: { first, both },
    }
  } finally {
    await site.end()
  }
}

const reservations = (site: Site, wanted: number, from: number): Promise<number> =>
  until(async () => {
    const said = (await (await fetch(new URL('healthz', site.node.url))).json()) as { readonly reservations: number }
    return said.reservations >= wanted ? Date.now() - from : undefined
  }, 10)

export const showNodeKill = ({ sentEachWay, arrived, keystroke, reservedAgain }: NodeKillFigures): string =>
  [
    `Node killed: ${arrived[0]} and ${arrived[1]} of ${sentEachWay} messages each way arrived.`,
    table([figureHead, figureRow('keystroke to the other screen', keystroke)]),
    `Node back: one page holds a relay slot after ${reservedAgain.first} ms, both after ${reservedAgain.both} ms.`,
  ].join('\n')
