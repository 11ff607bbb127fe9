// How long finding takes in a real Chromium with a profile on the disk: messages of a made-up language with the frequencies of a real one
// (Zipf), as rows and in the index, both encrypted; then wishes as people type them.
import { table } from './figures.ts'
import type { SearchFigures } from './search-page.ts'
import { onSourcePage } from './source-page.ts'

const program = 'test/bench/search-page.ts'

export const benchSearch = (messages: number): Promise<SearchFigures> =>
  onSourcePage([program], (page) =>
    page.evaluate(
      async ([from, count]) => {
        const bench: typeof import('./search-page.ts') = await import(from)
        return bench.measure(count)
      },
      [`/${program}`, messages] as const,
    ),
  )

export const showSearch = ({ messages, segments, fillSeconds, kinds, all }: SearchFigures): string =>
  `${messages} messages, ${segments} segments, indexed in ${fillSeconds} s\n${table([
    ['ms', 'p50', 'p95', 'p99', 'found'],
    ...kinds.map(({ kind, times, found }) => [kind, times.p50, times.p95, times.p99, found]),
    ['all', all.p50, all.p95, all.p99, ''],
  ])}`
