/**
 * Keeps dist/ equal to the sources: builds only when an input of the page has changed since.
 *
 * The build goes to a folder beside and is then moved into place, so that a failed or interrupted build leaves the last good page.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { hashOfInputs } from './page-version.mjs'
import { programOf, run, top } from './ready.mjs'
import { Stop } from './stop.mjs'

const dist = join(top, 'dist')
const stamp = join(dist, '.built-from')

/** @param {string} node @param {{ sourcemap?: boolean, always?: boolean }} [options] @throws {Stop} */
export const buildPage = async (node, { sourcemap = false, always = false } = {}) => {
  const builtFrom = `${hashOfInputs(top)}${sourcemap ? ' with maps' : ''}\n`
  if (!always && existsSync(join(dist, 'index.html')) && read(stamp) === builtFrom) return
  const next = join(top, 'node_modules', '.cache', `page-${process.pid}`)
  const old = `${next}-old`
  mkdirSync(join(top, 'node_modules', '.cache'), { recursive: true })
  console.error('Building the page ...')
  const env = { PARLEY_OUT_DIR: next, PARLEY_SOURCEMAP: sourcemap ? '1' : '0' }
  try {
    // The tool's own lines go to standard error: standard output belongs to results.
    const code = await run(node, [programOf('vite'), 'build', '--logLevel', 'warn'], { env, out: 2 })
    if (code !== 0) throw new Stop('The page could not be built; the reason stands above.')
    await compress(join(next, 'assets'))
    writeFileSync(join(next, '.built-from'), builtFrom)
    if (existsSync(dist)) renameSync(dist, old)
    renameSync(next, dist)
  } finally {
    rmSync(next, { recursive: true, force: true })
    rmSync(old, { recursive: true, force: true })
  }
}

/**
 * Puts `NAME.br` beside each file with a hash in its name: smaller than what a server has the time to make, and no work for it.
 * @param {string} folder
 */
const compress = (folder) =>
  Promise.all(
    readdirSync(folder)
      .filter((name) => /\.(js|css)$/.test(name))
      .map(async (name) => writeFileSync(join(folder, `${name}.br`), await promisify(brotliCompress)(readFileSync(join(folder, name))))),
  )

/** @param {string} file */
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)
