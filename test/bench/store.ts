// How long the store takes in a real Chromium with a profile on the disk, beside bare IndexedDB in the same run. A private window would
// keep its database in memory and show nothing of the disk.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'
import { chromiumArgs, findChromium } from '../../scripts/lib/chromium.mjs'
import { table } from './figures.ts'
import type { Pair, StoreFigures } from './store-page.ts'

export const benchStore = async (runs: number): Promise<StoreFigures> => {
  const profile = mkdtempSync(join(tmpdir(), 'parley-bench-'))
  const executablePath = findChromium()
  const server = await createServer({ ...settings, root: fileURLToPath(new URL('../..', import.meta.url)) })
  try {
    await server.listen()
    const options = { headless: true, args: chromiumArgs, ...(executablePath === undefined ? {} : { executablePath }) }
    const context = await chromium.launchPersistentContext(profile, options)
    try {
      const page = await context.newPage()
      await page.goto(server.resolvedUrls?.local[0] ?? '')
      const program = '/test/bench/store-page.ts'
      return await page.evaluate(
        async ([from, count]) => {
          const bench: typeof import('./store-page.ts') = await import(from)
          return bench.measure(count)
        },
        [program, runs] as const,
      )
    } finally {
      await context.close()
    }
  } finally {
    await server.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

/** Serves the sources as they are, on a free port, with an empty page in front. */
const settings = {
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { port: 0, host: 'localhost', hmr: false, watch: null },
  optimizeDeps: { include: ['idb'] },
  plugins: [
    {
      name: 'empty-page',
      configureServer: (server: import('vite').ViteDevServer) => {
        server.middlewares.use('/', (request, response, next) => {
          if (request.url !== '/') return next()
          response.setHeader('content-type', 'text/html')
          response.end('<!doctype html><title>store</title>')
        })
      },
    },
  ],
} satisfies import('vite').InlineConfig

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
