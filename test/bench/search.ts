// How long finding takes in a real Chromium with a profile on the disk: messages of a made-up language with the frequencies of a real one
// (Zipf), as rows and in the index, both encrypted; then wishes as people type them; then the real page over all of it, opened, and each
// conversation opened in it.
import { setTimeout as sleep } from 'node:timers/promises'
import { figureOf, table, type Figure } from './figures.ts'
import { openSite, signUp, type Person, type Site } from './people.ts'
import type { FindingFigures } from './search-page.ts'
import { onSourcesOf } from './sources-of.ts'
import { read } from './stopwatch.ts'
import { entry, makeGroup, shownAt, watchFrames } from './timeline.ts'

const program = 'test/bench/search-page.ts'
const conversations = 40
/** Times that the page is loaded, and all of them are opened. */
const loads = 3

export interface SearchFigures extends FindingFigures {
  /** From the click on a conversation that nothing was read of since the page was loaded, to its newest message on the screen. */
  readonly opening: Figure
  /** From the load of the page to the newest message of the conversation that was open last. */
  readonly loading: Figure
}

export const benchSearch = async (built: string, messages: number): Promise<SearchFigures> => {
  const site = await openSite(built)
  try {
    const alice = await site.person('Alice')
    await alice.context.addInitScript(watchFrames)
    await signUp(alice, site.url)
    for (let n = 0; n < conversations; n += 1) await makeGroup(alice, titleOf(n))
    const finding = await onSourcesOf(site, alice, program, (page) =>
      page.evaluate(
        async ([from, count]) => {
          const bench: typeof import('./search-page.ts') = await import(from)
          return bench.measure(count)
        },
        [`/${program}`, messages] as const,
      ),
    )
    return { ...finding, ...(await openAll(site, alice)) }
  } finally {
    await site.end()
  }
}

/** Of equal length, so that none is the beginning of another. */
const titleOf = (n: number): string => `Group ${String(n).padStart(2, '0')}`

const openAll = async ({ url }: Site, alice: Person): Promise<Pick<SearchFigures, 'opening' | 'loading'>> => {
  const [opening, loading]: [number[], number[]] = [[], []]
  const last = conversations - 1
  for (let load = 0; load <= loads; load += 1) {
    await alice.page.goto(url)
    await entry(alice, titleOf(last)).waitFor()
    // The first time it is another one that was open.
    if (load > 0) loading.push((await shownAt(alice, `[${titleOf(last)}]`)) - (await read(alice.page)).start)
    // What a page does in its first moments is no part of what follows.
    await sleep(1_000)
    for (let n = 0; n < last; n += 1) {
      await entry(alice, titleOf(n)).click()
      const shown = await shownAt(alice, `[${titleOf(n)}]`)
      if (load > 0) opening.push(shown - (await alice.page.evaluate(() => window.frameWatch.clicked)))
    }
    await entry(alice, titleOf(last)).click()
    await shownAt(alice, `[${titleOf(last)}]`)
  }
  return { opening: figureOf(opening), loading: figureOf(loading) }
}

export const showSearch = ({ messages, segments, fillSeconds, kinds, all, allRaw, opening, loading }: SearchFigures): string =>
  `${messages} messages, ${segments} segments, indexed in ${fillSeconds} s\n${table([
    ['ms', 'p50', 'p95', 'p99', 'raw p50', 'p95', 'found'],
    ...kinds.map(({ kind, times, raw, found }) => [kind, times.p50, times.p95, times.p99, raw.p50, raw.p95, found]),
    ['all', all.p50, all.p95, all.p99, allRaw.p50, allRaw.p95, ''],
    ['a conversation opened on the page', opening.p50, opening.p95, opening.p99, '', '', ''],
    ['page loaded to the newest message', loading.p50, loading.p95, loading.p99, '', '', ''],
  ])}`
