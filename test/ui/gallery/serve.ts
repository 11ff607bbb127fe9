// `npm run gallery [-- --port N]` serves the gallery; `npm run gallery -- --shots DIR [--only PART] [--all]` makes screenshots of the main
// screens (or of all), on a phone and a desktop, light and dark, from the left and from the right.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createServer } from 'vite'
import { shoot } from './shoot.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5180' },
    shots: { type: 'string' },
    only: { type: 'string', default: '' },
    all: { type: 'boolean', default: false },
  },
})
const top = fileURLToPath(new URL('../../..', import.meta.url))
const server = await createServer({
  configFile: `${top}vite.config.ts`,
  root: top,
  publicDir: 'public',
  cacheDir: `${top}node_modules/.vite-gallery`,
  // Nothing moves under a picture that is being made.
  server: values.shots === undefined ? { port: Number(values.port) } : { port: 0, hmr: false, watch: null },
  optimizeDeps: { entries: ['main', 'person'].map((name) => `${top}test/ui/gallery/${name}.ts`) },
  logLevel: 'warn',
})
await server.listen()
const address = server.resolvedUrls?.local[0] ?? ''
if (values.shots === undefined) console.log(`The gallery is at ${address}test/ui/gallery/index.html`)
else
  try {
    const { made, failed } = await shoot(address, values.shots, values.only, values.all)
    console.log(`${made} screenshots in ${values.shots}, ${failed} of them without their last step`)
    process.exitCode = failed === 0 ? 0 : 1
  } finally {
    await server.close()
  }
