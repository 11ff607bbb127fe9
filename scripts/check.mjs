/** `npm run check`: types, lint, format and dead code, in seconds. Says all that is wrong, not only the first. */
import { checks } from './lib/checks.mjs'
import { isInterrupted, ready, run } from './lib/ready.mjs'
import { command } from './lib/stop.mjs'

await command(async () => {
  const node = ready()
  let failed = 0
  for (const [name, words] of Object.entries(checks())) {
    const from = performance.now()
    const code = await run(node, words)
    if (isInterrupted()) return 130
    if (code !== 0) failed += 1
    console.log(`${code === 0 ? 'ok    ' : 'failed'}  ${name}  ${((performance.now() - from) / 1000).toFixed(1)} s`)
  }
  return failed === 0 ? 0 : 1
})
