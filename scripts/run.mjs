/**
 * `npm run node | sim | mutation | fuzz | bench | e2e | gallery [-- arguments]`: makes the clone ready, then hands over to the program behind the name.
 * Standard output is that program's alone, so `npm run -s sim -- --json` can be piped.
 */
import { buildPage } from './lib/build-page.mjs'
import { ensureChromium } from './lib/chromium.mjs'
import { ensureFirefox } from './lib/firefox.mjs'
import { programOf, ready, run } from './lib/ready.mjs'
import { command, Stop } from './lib/stop.mjs'

// `browsers`: what must be there to look at the page; it is built first unless the program takes the sources.
/** @type {Record<string, { words: (rest: string[]) => string[], browsers?: (() => void)[], sources?: true }>} */
const programs = {
  node: { words: () => ['bootstrap-node/main.ts'] },
  sim: { words: () => ['test/sim/main.ts'] },
  mutation: { words: () => ['test/mutation/main.ts'] },
  fuzz: { words: () => ['test/fuzz/main.ts'] },
  bench: { words: () => ['test/bench/main.ts'], browsers: [ensureChromium] },
  gallery: { words: () => ['test/ui/gallery/serve.ts'], browsers: [ensureChromium], sources: true },
  e2e: {
    words: (rest) => [programOf('vitest'), 'run', '--project', rest.some((word) => word.startsWith('long/')) ? 'long' : 'e2e'],
    browsers: [ensureChromium, ensureFirefox],
  },
}

await command(async () => {
  const [name = '', ...rest] = process.argv.slice(2)
  const program = programs[name]
  if (program === undefined) throw new Stop(`There is no "${name}" here; there are ${Object.keys(programs).join(', ')}.`)
  const node = ready()
  if (program.browsers) {
    for (const ensure of program.browsers) ensure()
    if (!program.sources) await buildPage(node)
  }
  return run(node, [...program.words(rest), ...rest])
})
