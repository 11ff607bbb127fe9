/**
 * `npm run build [-- --sourcemap]`: the page as static files in dist/, built anew; with `--node` the node with it, as a package for `npx` in
 * dist-node/.
 */
import { buildPage } from './lib/build-page.mjs'
import { ready } from './lib/ready.mjs'
import { command } from './lib/stop.mjs'

await command(async () => {
  await buildPage(ready(), { always: true, sourcemap: process.argv.includes('--sourcemap') })
  if (process.argv.includes('--node')) {
    const { buildNode } = await import('./lib/build-node.mjs')
    await buildNode()
  }
  return 0
})
