// Two people write to each other at the same time, at a steady pace: what arrived, and how soon it was on the other's screen.
import { setTimeout as sleep } from 'node:timers/promises'
import { say, type Person } from './people.ts'
import { read } from './stopwatch.ts'

export interface Exchange {
  /** Of the first one's messages at the second, of the second's at the first. */
  readonly arrived: readonly [number, number]
  /** Milliseconds from Enter to the other's screen, of those that arrived. */
  readonly times: readonly number[]
}

export interface Said {
  /** What stands in each message, in brackets with its writer and number; not said before. */
  readonly mark: string
  /** Messages each way. */
  readonly count: number
  /** Milliseconds between two of one person. */
  readonly paceMs: number
  /** Milliseconds that the last one may take. */
  readonly patienceMs: number
}

/** Both write; settles with a look that may be repeated for what comes later. */
export const exchange = async (
  alice: Person,
  bob: Person,
  { mark, count, paceMs, patienceMs }: Said,
): Promise<Exchange & { lookAgain(patienceMs: number): Promise<Exchange> }> => {
  const before = await Promise.all([alice, bob].map(async ({ page }) => (await read(page)).enters.length))
  for (let index = 0; index < count; index += 1) {
    const due = Date.now() + paceMs
    await Promise.all([say(alice, `as people write [${mark}a${index}]`), say(bob, `as people write [${mark}b${index}]`)])
    await sleep(Math.max(0, due - Date.now()))
  }
  const entered = await Promise.all([alice, bob].map(async ({ page }, who) => (await read(page)).enters.slice(before[who])))
  const look = async (patienceMs: number): Promise<Exchange> => {
    const deadline = Date.now() + patienceMs
    const shown = [await shownAt(bob, `${mark}a`, count, deadline), await shownAt(alice, `${mark}b`, count, deadline)] as const
    return {
      arrived: [shown[0].filter(isThere).length, shown[1].filter(isThere).length],
      times: shown.flatMap((moments, who) =>
        moments.flatMap((at, index) => (at === undefined ? [] : [at - (entered[who]?.[index] ?? NaN)])),
      ),
    }
  }
  return { ...(await look(patienceMs)), lookAgain: look }
}

const isThere = (at: number | undefined): boolean => at !== undefined

/** When each was first on the screen, as soon as all are or the time is over. */
const shownAt = async ({ page }: Person, by: string, count: number, deadline: number): Promise<readonly (number | undefined)[]> => {
  while (true) {
    const { articles } = await read(page)
    const found = Array.from({ length: count }, (_, index) => articles[`[${by}${index}]`])
    if (Date.now() > deadline || found.every(isThere)) return found
    await sleep(50)
  }
}
