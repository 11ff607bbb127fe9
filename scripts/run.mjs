/**
 * `npm run node | sim | mutation | fuzz | bench | e2e [-- arguments]`: makes the clone ready, then hands over to the program behind the name.
 * Standard output is that program's alone, so `npm run -s sim -- --json` can be piped.
 */
import { buildPage } from './lib/build-page.mjs'
import { ensureChromium } from './lib/chromium.mjs'
import { programOf, ready, run } from './lib/ready.mjs'
import { command, Stop } from './lib/stop.mjs'

// `browser`: needs Chromium and a built page.
/** @type {Record<string, { words: () => string[], browser: boolean }>} */
const programs = {
  node: { words: () => ['bootstrap-node/main.ts'], browser: false },
  sim: { words: () => ['test/sim/main.ts'], browser: false },
  mutation: { words: () => ['test/mutation/main.ts'], browser: false },
  fuzz: { words: () => ['test/fuzz/main.ts'], browser: false },
  bench: { words: () => ['test/bench/main.ts'], browser: true },
  e2e: { words: () => [programOf('vitest'), 'run', '--project', 'e2e'], browser: true },
}

await command(async () => {
  const [name = '', ...rest] = process.argv.slice(2)
  const program = programs[name]
  if (program === undefined) throw new Stop(`There is no "${name}" here; there are ${Object.keys(programs).join(', ')}.`)
  const node = ready()
  if (program.browser) {
    ensureChromium()
    await buildPage(node)
  }
  return run(node, [...program.words(), ...rest])
})
