// The bootstrap-node killed in the middle of a chat, and started again.
import { setTimeout as sleep } from 'node:timers/promises'
import { figureHead, figureOf, figureRow, table, type Figure } from './figures.ts'
import { messageField, openSite, talk, until, type Person, type Site } from './people.ts'
import { read } from './stopwatch.ts'

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
    const before = { alice: (await read(alice.page)).enters.length, bob: (await read(bob.page)).enters.length }
    await site.node.kill()
    for (let index = 0; index < count; index += 1) {
      const due = Date.now() + paceMs
      await Promise.all([type(alice, `without a node [a${index}]`), type(bob, `without a node [b${index}]`)])
      await sleep(Math.max(0, due - Date.now()))
    }
    const [atAlice, atBob] = [await arrived(alice, 'b', count), await arrived(bob, 'a', count)]
    const [enteredAlice, enteredBob] = [
      (await read(alice.page)).enters.slice(before.alice),
      (await read(bob.page)).enters.slice(before.bob),
    ]
    const times = (entered: readonly number[], shown: readonly (number | undefined)[]): number[] =>
      shown.flatMap((at, index) => (at === undefined ? [] : [at - (entered[index] ?? Number.NaN)]))
    await site.node.revive()
    const back = Date.now()
    const [first, both] = [await reservations(site, 1, back), await reservations(site, 2, back)]
    return {
      sentEachWay: count,
      arrived: [atBob.filter((at) => at !== undefined).length, atAlice.filter((at) => at !== undefined).length],
      keystroke: figureOf([...times(enteredAlice, atBob), ...times(enteredBob, atAlice)]),
      reservedAgain: { first, both },
    }
  } finally {
    await site.end()
  }
}

const type = async (person: Person, text: string): Promise<void> => {
  await messageField(person).fill(text)
  await person.page.keyboard.press('Enter')
}

const arrived = async ({ page }: Person, by: string, count: number): Promise<readonly (number | undefined)[]> => {
  const end = Date.now() + patienceMs
  while (true) {
    const { articles } = await read(page)
    const found = Array.from({ length: count }, (_, index) => articles[`[${by}${index}]`])
    if (Date.now() > end || found.every((at) => at !== undefined)) return found
    await sleep(50)
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
