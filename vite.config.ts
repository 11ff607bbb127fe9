/**
 * How the page is built and how the tests are run: one file, so that both resolve every import alike.
 *
 * `vite build` turns src/app/index.html into dist/, a folder of static files with hashed names that any web server can give away.
 * `vitest` sees three projects: `node` (pure code and fakes), `browser` (real IndexedDB, OPFS, WebRTC and screens in a real Chromium)
 * and `e2e` (whole profiles against a real bootstrap-node).
 *
 * Both are reached through scripts/: those find the right Node, install what is missing and keep dist/ fresh.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumArgs, findChromium } from './scripts/lib/chromium.mjs'
import { emoji } from './scripts/lib/emoji-plugin.mjs'
import { pageVersion } from './scripts/lib/page-version.mjs'
import { shell } from './scripts/lib/shell-plugin.mjs'
import { serviceWorker } from './scripts/lib/service-worker-plugin.mjs'

const top = fileURLToPath(new URL('.', import.meta.url))
const at = (path: string) => top + path

/** Under vitest the root is the top of the tree, since tests live beside `src`; for the page it is the folder of its one HTML file. */
const underTest = process.env['VITEST'] !== undefined

/** Packages that only the network adapter needs. They change rarely, so their file stays cached over many releases. */
const networkPackages =
  /node_modules\/(?!@libp2p\/gossipsub\/)(@chainsafe|@libp2p|@multiformats|libp2p|multiformats|it-[^/]+|uint8[^/]*|protons-runtime|datastore-core|interface-[^/]+|@noble|asn1js|pvtsutils|pvutils|@peculiar|progress-events|p-[^/]+|weald|mortice|main-event|race-[^/]+|any-signal|abort-error|@dnsquery|is-[^/]+|netmask|hashlru|reflect-metadata|tsyringe|retimeable-signal|unlimited-timeout|eventemitter3|delay|react-native-webrtc|webcrypto-core|get-port)\//

/** Groups alone need it: a file of its own, brought with the first one. */
const gossipPackages = /node_modules\/(@libp2p\/gossipsub|denque)\//

/** Packages that draw. */
const screenPackages = /node_modules\/(lit|lit-html|lit-element|@lit|@lit-labs)\//

/** Small files that the first screen and many later parts share: as one they are smaller and come sooner than as a dozen. */
const sharedFiles =
  /src\/(core\/(result|limits|members\/(role|rights))|ports\/commands|ui\/(live-query|theme|choices|settle|people\/rights|styles\/shared|elements\/(names|avatar)|locales\/(dates|numbers)|conversation\/plain|conversation-list\/shown-in|telling\/worth-telling))\.ts$/

/** Only where it exists: one real bootstrap-node, started before the browser tests and told to them through `inject`. */
const contractSetup = existsSync(at('test/contract/setup.ts')) ? [at('test/contract/setup.ts')] : []

const chromium = findChromium()

export default defineConfig({
  root: underTest ? top : at('src/app'),
  // Relative addresses let the same dist/ live at the root of a host or in any folder of it.
  base: './',
  publicDir: at('public'),
  cacheDir: at('node_modules/.vite'),
  clearScreen: false,
  resolve: {
    alias: {
      '@noble/curves/secp256k1.js': at('src/adapters/network-libp2p/no-secp256k1.ts'),
      '@libp2p/logger': at('src/adapters/network-libp2p/no-logs.ts'),
    },
  },
  plugins: [emoji(), shell(), serviceWorker({ source: at('src/workers/service-worker.ts'), publicDir: at('public') })],
  define: { __PARLEY_VERSION__: JSON.stringify(pageVersion(top)) },
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        // Notes of one program to another, which nobody reads in the end.
        comments: { annotation: false, jsdoc: false },
      },
    },
  },
  build: {
    outDir: process.env['PARLEY_OUT_DIR'] ?? at('dist'),
    emptyOutDir: true,
    target: 'es2023',
    // Off by default: maps triple the size of dist/. `npm run build -- --sourcemap` turns them on.
    sourcemap: process.env['PARLEY_SOURCEMAP'] === '1',
    // The polyfill is an inline script, and Content-Security-Policy forbids those. Every browser we name preloads modules by itself.
    modulePreload: { polyfill: false },
    // A data: address for a script or a style would be refused by the same policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        // Most of what the network is made of runs as it begins: the browser reads it elsewhere and beforehand, not function by function on the
        // page's thread.
        postBanner: ({ name }) => (name.startsWith('network') ? '//# allFunctionsCalledOnLoad' : ''),
        codeSplitting: {
          groups: [
            { name: 'network', test: networkPackages, priority: 2 },
            { name: 'gossip', test: gossipPackages, priority: 1 },
            { name: 'screen', test: screenPackages, priority: 1 },
            { name: 'shared', test: sharedFiles },
          ],
        },
      },
    },
  },
  server: { fs: { allow: [top] } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.browser.test.ts', 'test/**/*.e2e.test.ts'],
          // One on two cores is the default, and some of these tests mostly wait.
          maxWorkers: 2,
          // What is imported once serves all files of a worker; none of them leaves anything behind in it.
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        extends: true,
        // All packages are made ready before the first test, also those that only a worker imports: one that is met later reloads the page
        // under a running test.
        optimizeDeps: { entries: ['src/workers/*.worker.ts', 'test/**/*.worker.ts', 'test/**/*.browser.test.ts'].map(at) },
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.ts'],
          // As above.
          maxWorkers: 2,
          globalSetup: contractSetup,
          testTimeout: 30_000,
          hookTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { ...(chromium === undefined ? {} : { executablePath: chromium }), args: chromiumArgs },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.e2e.test.ts'],
          // Each story is a world of its own.
          maxWorkers: 2,
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // Of many minutes each, by name alone: `npm run e2e -- long/NAME`. No part of `npm test`.
          name: 'long',
          environment: 'node',
          include: ['test/e2e/long/*.long.ts'],
          fileParallelism: false,
          maxWorkers: 1,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
