/** `npm start [-- --port N --data DIR --host H]`: from a fresh clone to a page that people can open. `npm run node` leaves the page out. */
import { buildPage } from './lib/build-page.mjs'
import { ready, run } from './lib/ready.mjs'
import { command } from './lib/stop.mjs'

await command(async () => {
  const node = ready()
  await buildPage(node)
  return run(node, ['bootstrap-node/main.ts', '--page', 'dist', ...process.argv.slice(2)])
})
