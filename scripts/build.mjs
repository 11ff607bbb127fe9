/** `npm run build [-- --sourcemap]`: the page as static files in dist/, built anew. */
import { buildPage } from './lib/build-page.mjs'
import { ready } from './lib/ready.mjs'
import { command } from './lib/stop.mjs'

await command(async () => {
  await buildPage(ready(), { always: true, sourcemap: process.argv.includes('--sourcemap') })
  return 0
})
