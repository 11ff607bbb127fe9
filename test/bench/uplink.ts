// Somebody on the way: from one network to another and back, at once or with nothing in between, while both write. The networks are those of
// test/e2e/net.
import { setTimeout as sleep } from 'node:timers/promises'
import { createLab, publicAddress } from '../e2e/net/lab.ts'
import { way } from '../e2e/net/quality.ts'
import { figureHead, figureOf, figureRow, round, table, type Figure } from './figures.ts'
import { openSite, pathOf, say, talk, type Person } from './people.ts'
import { shownAt } from './timeline.ts'

/** Milliseconds without any network between two, in turn: the next is there at once, after a tunnel, after a lift or a cellar. */
const gapsMs = [0, 3_000, 20_000]
/** What the phone goes through, in turn. */
const networks = ['port-restricted', 'symmetric', 'port-restricted'] as const
/** Milliseconds at a network before the next change. */
const stayMs = 6_000
/** Milliseconds until all is given up. */
const patienceMs = 60_000

export interface UplinkFigures {
  readonly switches: number
  readonly said: number
  readonly arrived: number
  /** From the moment at which the network is there until what both had written without it, and what Bob writes then, is at the other. */
  readonly usable: Figure
  /** The longest of them; 5,000 at most are wanted. */
  readonly slowest: number
  /** How often the two were linked directly again before the next change. */
  readonly directAgain: number
}

export const benchUplink = async (built: string, switches: number): Promise<UplinkFigures> => {
  const lab = await createLab()
  try {
    const home = await lab.home('port-restricted')
    const phone = await lab.traveller(networks)
    await lab.become(way(80, 0.005, { jitterMs: 10 }))
    const site = await openSite(built, publicAddress)
    try {
      const [alice, bob] = await talk(site, undefined, home, phone)
      const times: number[] = []
      let [arrived, directAgain] = [0, 0]
      for (let n = 1; n <= switches; n += 1) {
        const gapMs = gapsMs[n % gapsMs.length] ?? 0
        if (gapMs > 0) await phone.goTo()
        await say(alice, `to somebody on the way [a${n}]`)
        await say(bob, `on the way [b${n}]`)
        await sleep(gapMs)
        await phone.goTo(n % networks.length)
        const since = Date.now()
        await say(bob, `there [t${n}]`)
        const seen = await Promise.all([seenAt(bob, `[a${n}]`), seenAt(alice, `[b${n}]`), seenAt(alice, `[t${n}]`)])
        arrived += seen.filter((at) => at !== undefined).length
        const took = Math.max(...seen.map((at) => at ?? Infinity)) - since
        times.push(took)
        await sleep(Math.max(0, since + stayMs - Date.now()))
        const path = await pathOf(bob).catch(() => 'none')
        if (path === 'direct') directAgain += 1
        console.error(`${n}: ${gapMs / 1_000} s without, all there after ${round(took)} ms, then ${path}`)
      }
      return { switches, said: 3 * switches, arrived, usable: figureOf(times), slowest: round(Math.max(...times)), directAgain }
    } finally {
      await site.end()
    }
  } finally {
    await lab.end()
  }
}

const seenAt = (person: Person, mark: string): Promise<number | undefined> => shownAt(person, mark, patienceMs).catch(() => undefined)

export const showUplink = ({ switches, said, arrived, usable, slowest, directAgain }: UplinkFigures): string =>
  `${table([figureHead, figureRow('usable again', usable)])}\nslowest ${slowest} ms; ${arrived} of ${said} arrived; direct again ${directAgain} of ${switches} times`
