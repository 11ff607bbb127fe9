/**
 * Puts the service worker beside index.html and tells it every file of the build. It must stand at the top of dist/: a service worker
 * serves the folder that it lies in and what is below, and its own name never changes.
 */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @param {{ source: string, publicDir: string }} options `source` is the worker's file; the files of `publicDir` go into the build as they are
 * @returns {import('vite').Plugin}
 */
export const serviceWorker = ({ source, publicDir }) => ({
  name: 'parley-service-worker',
  apply: 'build',
  enforce: 'post',
  // The worker's own builds are plugins' business of their own; this runs for the page's.
  buildStart() {
    this.emitFile({ type: 'chunk', id: source, fileName: 'service-worker.js' })
  },
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const worker = bundle['service-worker.js']
      if (worker?.type !== 'chunk') throw new Error('the service worker was not built')
      const hash = createHash('sha256').update(worker.code)
      const files = []
      for (const [name, file] of Object.entries(bundle).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
        if (file === worker || name.endsWith('.map')) continue
        files.push(name)
        hash.update(`${name}\n`).update(file.type === 'chunk' ? file.code : file.source)
      }
      for (const name of filesOf(publicDir)) {
        files.push(name)
        hash.update(`${name}\n`).update(readFileSync(join(publicDir, name)))
      }
      worker.code = worker.code
        .replaceAll('__PARLEY_FILES__', JSON.stringify(files))
        .replaceAll('__PARLEY_BUILD__', JSON.stringify(hash.digest('hex').slice(0, 16)))
    },
  },
})

/** @param {string} folder */
const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replace(/^\//, ''))
    .toSorted()
