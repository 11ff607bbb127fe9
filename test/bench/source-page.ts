// An empty page of a real Chromium, with a profile on the disk, that can load the sources as they are.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { chromiumArgs, findChromium } from '../../scripts/lib/chromium.mjs'

/**
 * Serves the sources with an empty page in front; `entries` are the programs that it loads, from the top of the tree: their packages are
 * made ready before. On a free port unless one is given.
 */
export const serveSources = async (entries: readonly string[], port = 0): Promise<ViteDevServer> => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const served = { ...settings.server, port, strictPort: port !== 0 }
  const server = await createServer({ ...settings, server: served, root, optimizeDeps: { entries: entries.map((entry) => root + entry) } })
  return server.listen()
}

/** A page in a browser of its own. */
export const onSourcePage = async <T>(entries: readonly string[], use: (page: Page) => Promise<T>): Promise<T> => {
  const profile = mkdtempSync(join(tmpdir(), 'parley-bench-'))
  const executablePath = findChromium()
  const server = await serveSources(entries)
  try {
    const options = { headless: true, args: chromiumArgs, ...(executablePath === undefined ? {} : { executablePath }) }
    const context = await chromium.launchPersistentContext(profile, options)
    try {
      const page = await context.newPage()
      await page.goto(server.resolvedUrls?.local[0] ?? '')
      return await use(page)
    } finally {
      await context.close()
    }
  } finally {
    await server.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

const settings = {
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { host: 'localhost', hmr: false, watch: null },
  plugins: [
    {
      name: 'empty-page',
      configureServer: (server: ViteDevServer) => {
        server.middlewares.use('/', (request, response, next) => {
          if (request.url !== '/') return next()
          response.setHeader('content-type', 'text/html')
          response.end('<!doctype html><title>sources</title>')
        })
      },
    },
  ],
} satisfies import('vite').InlineConfig
