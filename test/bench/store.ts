// How long the store takes in a real Chromium with a profile on the disk, beside bare IndexedDB in the same run. A private window would
// keep its database in memory and show nothing of the disk.
import { table } from './figures.ts'
import { onSourcePage } from './source-page.ts'
import type { Pair, StoreFigures } from './store-page.ts'

const program = 'test/bench/store-page.ts'

export const benchStore = (runs: number): Promise<StoreFigures> =>
  onSourcePage([program], (page) =>
    page.evaluate(
      async ([from, count]) => {
        const bench: typeof import('./store-page.ts') = await import(from)
        return bench.measure(count)
      },
      [`/${program}`, runs] as const,
    ),
  )

const names: Readonly<Record<Exclude<keyof StoreFigures, 'runs'>, string>> = {
  commitStrict: 'strict commit of five records',
  commitRelaxed: 'relaxed commit of five records',
  watchRecord: 'commit to the new value of a watched record',
  watchTimeline: 'commit to the new value of a watched list of 200',
  listWarm: 'list of 200, read before',
  listCold: 'list of 200, right after opening',
  commitBusy: 'strict commit while five lists are read',
}

export const showStore = (figures: StoreFigures): string =>
  table([
    ['ms', 'store p50', 'p95', 'bare p50', 'p95', 'ratio'],
    ...keysOf(names)
      .map((name): [Pair, string] => [figures[name], names[name]])
      .map(([{ store, bare, ratio }, name]) => [name, store.p50, store.p95, bare.p50, bare.p95, ratio]),
  ])

const keysOf = <Name extends string>(record: Readonly<Record<Name, unknown>>): readonly Name[] => Object.keys(record) as Name[]
